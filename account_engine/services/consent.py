"""Consents to recording a hardship that is sensitive personal data (个人信息保护法 15, 28, 29).

A consent is an event with evidence. A hardship whose policy says `separate_consent` is refused
without one in force, and an offer that it was named for keeps only that there is some hardship.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from account_engine.domain.events import Event, EventKind, EventPayload
from account_engine.domain.negotiation.policy import HardshipRule, Policy
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import ConsentGiven, ConsentWithdrawn, HardshipKind
from account_engine.errors import EngineError
from account_engine.ports import StoreWriter


class ConsentNeeded(EngineError):
    """The hardship may be recorded only with a consent in force of this borrower to just that."""

    code = "consent_needed"


class ConsentIncomplete(EngineError):
    """A consent needs the wording that was shown and where the yes can be found."""

    code = "consent_incomplete"


class UnknownConsent(EngineError):
    """No consent of this borrower that is in force has this id."""

    code = "unknown_consent"


def consents_in_force(history: Iterable[Event]) -> dict[str, ConsentGiven]:
    """Consents that were given and not withdrawn, by id."""
    found: dict[str, ConsentGiven] = {}
    for event in history:
        if isinstance(event.payload, ConsentGiven):
            found[event.payload.consent_id] = event.payload
        elif isinstance(event.payload, ConsentWithdrawn):
            found.pop(event.payload.consent_id, None)
    return found


def give_consent(
    writer: StoreWriter,
    borrower_id: str,
    hardship: HardshipKind,
    statement: str,
    evidence: str,
    now: datetime,
) -> Event:
    """Store a consent; while one for this hardship is in force, that one is returned.

    Raises UnknownBorrower, ConsentIncomplete.
    """
    for field, value in (("statement", statement), ("evidence", evidence)):
        if not value.strip():
            raise ConsentIncomplete("a consent needs a statement and evidence", field)
    history = writer.stream(borrower_id).events
    for consent_id, consent in consents_in_force(history).items():
        if consent.hardship is hardship:
            return next(event for event in history if event.event_id == consent_id)
    before = sum(isinstance(event.payload, ConsentGiven) for event in history)
    digest = hashlib.sha256(f"{borrower_id}\x1f{hardship.value}\x1f{before}".encode()).hexdigest()
    consent_id = f"consent-{digest[:24]}"
    payload = ConsentGiven(consent_id, hardship, statement.strip(), evidence.strip())
    return _append(writer, borrower_id, consent_id, EventKind.CONSENT_GIVEN, payload, now)


def withdraw_consent(
    writer: StoreWriter, borrower_id: str, consent_id: str, now: datetime
) -> Event:
    """Take a consent back. What was recorded before stays. Raises UnknownConsent."""
    if consent_id not in consents_in_force(writer.stream(borrower_id).events):
        raise UnknownConsent("the borrower has no such consent", "consent_id")
    kind = EventKind.CONSENT_WITHDRAWN
    event_id = f"{consent_id}/withdrawn"
    return _append(writer, borrower_id, event_id, kind, ConsentWithdrawn(consent_id), now)


def require_consent(rule: HardshipRule, history: Iterable[Event], consent_id: str | None) -> None:
    """Refuse a hardship that needs a consent and has none. Raises ConsentNeeded."""
    if not rule.separate_consent:
        return
    consent = consents_in_force(history).get(consent_id or "")
    if consent is None or consent.hardship is not rule.kind:
        raise ConsentNeeded("this hardship needs a consent of its own", "consent")


def recordable(wishes: Wishes, policy: Policy, history: Iterable[Event]) -> Wishes:
    """The wishes as they may be kept with an offer.

    A hardship that needs a consent and has none becomes `other`: it opens the same tools.
    """
    if wishes.hardship is None or not policy.hardship[wishes.hardship].separate_consent:
        return wishes
    if any(one.hardship is wishes.hardship for one in consents_in_force(history).values()):
        return wishes
    return replace(wishes, hardship=HardshipKind.OTHER)


def _append(
    writer: StoreWriter,
    borrower_id: str,
    event_id: str,
    kind: EventKind,
    payload: EventPayload,
    now: datetime,
) -> Event:
    event = Event(event_id, borrower_id, None, kind, now.date(), now, payload)
    writer.append(borrower_id, [event])
    return event

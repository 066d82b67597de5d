"""What a borrower tells the lender, as events: a promise, a hardship, a dispute.

Their ids are made from what is said and the day, so that a message that is sent twice is stored
once.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from account_engine.domain.events import Event, EventKind, EventPayload
from account_engine.domain.money import Money
from account_engine.domain.payloads import (
    DisputeOpened,
    DisputeReason,
    HardshipDeclared,
    HardshipKind,
    PromiseMade,
    ProofState,
)


def promise_made(
    borrower_id: str,
    amount: Money,
    on: date,
    account_id: str | None,
    now: datetime,
    replaces: str | None = None,
) -> Event:
    """The borrower says they will pay `amount` on a day, in place of what `replaces` said."""
    said = (borrower_id, account_id, amount.yuan_text, on, now.date())
    promise_id = _id("promise", *said, *((replaces,) if replaces else ()))
    payload = PromiseMade(promise_id, amount, on, replaces)
    return _event(borrower_id, account_id, EventKind.PROMISE_MADE, payload, now, promise_id)


def hardship_declared(
    borrower_id: str,
    hardship: HardshipKind,
    until: date | None,
    consent_id: str | None,
    now: datetime,
) -> Event:
    """The borrower says why they cannot pay; proof is asked for."""
    hardship_id = _id("hardship", borrower_id, hardship.value, now.date())
    payload = HardshipDeclared(hardship_id, hardship, ProofState.ASKED, until, consent_id)
    return _event(borrower_id, None, EventKind.HARDSHIP_DECLARED, payload, now, hardship_id)


def dispute_opened(
    borrower_id: str,
    account_id: str,
    reason: DisputeReason,
    amount: Money | None,
    towards: str | None,
    now: datetime,
) -> Event:
    """The borrower objects to an account, or to one bill or loan of it."""
    dispute_id = _id("dispute", account_id, reason.value, towards, now.date())
    payload = DisputeOpened(dispute_id, reason, amount, towards)
    return _event(borrower_id, account_id, EventKind.DISPUTE_OPENED, payload, now, dispute_id)


def _event(
    borrower_id: str,
    account_id: str | None,
    kind: EventKind,
    payload: EventPayload,
    now: datetime,
    event_id: str,
) -> Event:
    return Event(event_id, borrower_id, account_id, kind, now.date(), now, payload)


def _id(what: str, *parts: object) -> str:
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()
    return f"{what}-{digest[:24]}"

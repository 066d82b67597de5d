"""The separate consent for sensitive facts (Personal Information Protection Law, articles 28, 29).

Illness, bereavement and the like are asked about before they are used or recorded. Without a yes
the request goes on under "other", so that help does not depend on the answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from account_engine.domain.payloads import HardshipKind
from actions.conversation import memory
from actions.conversation.desk import Desk
from actions.conversation.turn import Turn
from actions.negotiation.heard import Heard
from actions.negotiation.lexicon import hearing_lexicon
from actions.negotiation.wishes import merged

QUESTION = "consent.ask"
NOT_NEEDED = "not_needed"
GIVEN = "given"
REFUSED = "refused"
UNANSWERED = "unanswered"
_HARDSHIP = "hardship"


def sensitive_kind(desk: Desk, wishes: Mapping[str, Any]) -> HardshipKind | None:
    """The hardship named, where policy counts it as sensitive."""
    named = wishes.get(_HARDSHIP)
    if not named:
        return None
    kind = HardshipKind(named)
    return kind if desk.engine.proof_rule(kind).separate_consent else None


def settled(turn: Turn, desk: Desk, wishes: Mapping[str, Any]) -> tuple[dict[str, Any], str | None]:
    """The wishes as they may be used, and the consent slot: None where it has to be asked."""
    kept, kind = dict(wishes), sensitive_kind(desk, wishes)
    before = str(turn.slots.get(memory.CONSENT) or NOT_NEEDED)
    if kind is None:
        return kept, before
    answer, _, about = before.partition(":")
    if about != kind.value:
        return kept, None
    if answer != GIVEN:
        kept[_HARDSHIP] = HardshipKind.OTHER.value
    return kept, before


def answered_consent(turn: Turn, desk: Desk, heard: Heard) -> dict[str, Any]:
    """The slots that follow from an answer to the consent question; no slots: not understood."""
    wishes = dict(turn.wishes)
    kind = sensitive_kind(desk, wishes)
    if kind is None or turn.borrower_id is None:
        return {memory.CONSENT: NOT_NEEDED}
    if heard.declines or refuses_the_record(turn):
        return _without(wishes, kind, REFUSED) | {memory.NOTE: {"key": "note.consent_refused"}}
    if heard.agrees and _plainly(turn):
        due = record(turn, desk, turn.borrower_id, kind)
        note = {"key": "note.consented", _HARDSHIP: kind.value, "proof_due": due}
        return {memory.CONSENT: f"{GIVEN}:{kind.value}", memory.NOTE: note}
    if heard.wishes:  # who goes on about money has not said yes
        return _without(merged(turn, heard), kind, UNANSWERED)
    return {}


def refuses_the_record(turn: Turn) -> bool:
    """ "不用登记", "别记": no to the question of consent, whatever else the words are taken for."""
    asked = turn.requested_slot == memory.CONSENT
    return asked and bool(hearing_lexicon().consent_no.search(turn.text))


def _plainly(turn: Turn) -> bool:
    """A separate consent is a yes and nothing else: "那就按最轻的来" is about something else."""
    button = turn.text.startswith("/")
    return button or bool(hearing_lexicon().consent_yes.search(turn.text))


def _without(wishes: dict[str, Any], kind: HardshipKind, answer: str) -> dict[str, Any]:
    used = {**wishes, _HARDSHIP: HardshipKind.OTHER.value}
    return {memory.CONSENT: f"{answer}:{kind.value}", memory.WISHES: used}


def record(turn: Turn, desk: Desk, borrower_id: str, kind: HardshipKind) -> str:
    """Keeps the consent and the hardship; returns by when proof is wanted (ISO)."""
    evidence = f"{turn.sender_id}#{turn.turns}"  # which message of which conversation said yes
    consent = desk.engine.give_consent(borrower_id, kind, wording_version(desk), evidence)
    receipt = desk.engine.declare_hardship(borrower_id, kind, consent=consent.event_id)
    return receipt.proof_due.isoformat()


def wording_version(desk: Desk) -> str:
    """Which words the consent was asked for with: changed words are another version."""
    text = "\n".join(desk.renderer.wording.replies[QUESTION].text)
    return f"{QUESTION}@{hashlib.sha256(text.encode()).hexdigest()[:12]}"

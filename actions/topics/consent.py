"""Taking a separate consent back: what follows is told first, then a yes is asked for."""

from __future__ import annotations

from account_engine.domain.payloads import HardshipKind
from account_engine.services.consent import UnknownConsent, consents_in_force
from actions.conversation import memory
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Form, Reply
from actions.conversation.signing_in import signed_in
from actions.conversation.turn import Turn
from actions.negotiation.consent import REFUSED

_ABOUT = "withdraw_consent"


@answers(_ABOUT)
@signed_in
def withdraw_consent(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """Which consents stand, and what taking them back does and does not do."""
    standing = _standing(desk, borrower_id)
    if not standing:
        return Reply("consent.none", slots=_as_refused(turn))
    return Reply(
        "consent.withdraw",
        {"kinds": list(standing.values())},
        slots={memory.PENDING: {"about": _ABOUT}},
        form=Form.LEAVE,
    )


@answers(f"yes:{_ABOUT}")
@signed_in
def withdrawn(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """Takes back every consent in force; twice is the same as once."""
    standing = _standing(desk, borrower_id)
    for consent_id in standing:
        try:
            desk.engine.negotiation.withdraw_consent(
                borrower_id, consent_id, desk.engine.clock.now()
            )
        except UnknownConsent:  # taken back in the same moment, by another page of theirs
            continue
    key = "consent.withdrawn" if standing else "consent.none"
    return Reply(key, {"kinds": list(standing.values())}, slots=_as_refused(turn))


@answers(f"no:{_ABOUT}")
def kept(turn: Turn, desk: Desk) -> Reply:
    """The consent stays."""
    return Reply("consent.kept")


def _standing(desk: Desk, borrower_id: str) -> dict[str, HardshipKind]:
    """The kinds consented to, by the consent's id."""
    history = desk.engine.history(borrower_id).events
    return {one: given.hardship for one, given in consents_in_force(history).items()}


def _as_refused(turn: Turn) -> dict[str, object]:
    """What this talk still knows of the fact is forgotten: the request goes on as "other"."""
    about = str(turn.slots.get(memory.CONSENT) or "").partition(":")[2]
    if not about:
        return {}
    wishes = dict(turn.wishes)
    if wishes.get("hardship") == about:
        wishes["hardship"] = HardshipKind.OTHER.value
    return {memory.CONSENT: f"{REFUSED}:{about}", memory.WISHES: wishes or None}

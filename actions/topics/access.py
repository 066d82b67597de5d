"""Frozen, reduced, closed: why, and under which conditions use may return."""

from __future__ import annotations

from account_engine.domain.state import FacilityStatus
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import TopicAction, personal
from actions.conversation.turn import Turn
from actions.topics import brief

# General answers to "why can I not use it", which an account that is normal makes beside the point.
_WHY_NOT = frozenset(
    {
        "restricted.general",
        "restricted.overdue",
        "restricted.paid_off",
        "restricted.not_overdue",
        "restricted.look",
    }
)


class ActionAccess(TopicAction):
    """ask_account_restricted, ask_restore_access."""

    topic = "access"


def _access(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    state = desk.engine.state(borrower_id)
    chosen = accounts.asked(turn, state)
    if all(account.facility.status is FacilityStatus.NORMAL for account in chosen):
        return None
    return Reply("access.personal", {"name": turn.display_name, "accounts": chosen})


_restricted = personal("restricted.general", _access, sides=False, brief=brief.access)
_restore = personal("restore.general", _access, sides=False, brief=brief.access)


@answers("ask_account_restricted", "ask_restore_access")
def access(turn: Turn, desk: Desk) -> Reply:
    """One function for both, so that a message that asks why and when is answered once."""
    if turn.intent == "ask_restore_access":
        return _restore(turn, desk)
    reply = _restricted(turn, desk)
    usable = reply.coda == "brief.access" and reply.key in _WHY_NOT
    return _it_is_usable(turn, reply) if usable else reply


def _it_is_usable(turn: Turn, reply: Reply) -> Reply:
    """Asked why it cannot be used, of accounts that are normal here."""
    return Reply("access.normal", {**reply.values, "name": turn.display_name})

"""Taking back a request that waits for a person."""

from __future__ import annotations

from account_engine.services.offers import NothingToWithdraw
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn

_ASKED_FOR = "withdraw.nothing"


def withdrawn(turn: Turn, desk: Desk) -> Reply | None:
    """Withdraws where it was said, or where a plain "算了" can mean nothing else; else None."""
    said = desk.focus.reply_for(turn.intent, turn.text) == _ASKED_FOR
    if turn.active_form or not (said or turn.intent == "stop"):
        return None
    if turn.borrower_id is not None and _withdraw_all(turn.borrower_id, desk):
        return Reply("withdraw.done")
    return Reply(_ASKED_FOR) if said else None


def _withdraw_all(borrower_id: str, desk: Desk) -> bool:
    waiting = [one for one in desk.engine.approvals() if one.borrower_id == borrower_id]
    try:
        for item in waiting:
            desk.engine.negotiation.withdraw(borrower_id, item.subject, desk.engine.clock.now())
    except NothingToWithdraw:
        return False  # a person decided in the same moment
    return bool(waiting)

"""A due date that a borrower says is near: whether the record agrees, and what to do about it."""

from __future__ import annotations

from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import about_what_there_is
from actions.conversation.turn import Turn
from actions.topics.brief import owed


@answers("ask_due_soon")
def due_soon(turn: Turn, desk: Desk) -> Reply:
    """ "还款日是明天": confirmed or put right from the record; for visitors what can be done."""
    if turn.borrower_id is None:
        return Reply("due_date.soon.stranger")
    chosen = accounts.asked(turn, desk.engine.state(turn.borrower_id))
    on = turn.coming_date() or turn.today
    values = {
        "on": on,
        "accounts": chosen,
        "matching": tuple(one for one in chosen if one.next_due == on),
        "owed": owed(desk, turn.borrower_id),
    }
    return about_what_there_is(turn, desk, Reply("due_date.soon", values))

"""When it is overdue, since when, what it leads to, and reminders."""

from __future__ import annotations

from datetime import timedelta

from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import BorrowerState
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.cards import sign_in_card
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import (
    TopicAction,
    about_what_there_is,
    general,
    personal,
    special_side,
)
from actions.conversation.turn import Turn
from actions.topics import brief
from actions.topics.brief import owed


class ActionOverdue(TopicAction):
    """ask_overdue_consequences, ask_grace_period, query_overdue_status, query_due_date, …"""

    topic = "overdue"


def _consequences(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    state = desk.engine.state(borrower_id)
    late = accounts.overdue(accounts.asked(turn, state))
    if not late:
        return None
    tomorrow = state.as_of + timedelta(days=1)
    return Reply(
        "consequences.personal",
        {
            "name": turn.display_name,
            "overdue": late,
            "owed": owed(desk, borrower_id),
            "tomorrow": desk.engine.compare(borrower_id, QuoteKind.DUE_NOW, tomorrow),
            "recall": next(iter(accounts.recalled(state.accounts)), None),
        },
        details="quote:overdue",
    )


answers("ask_overdue_consequences")(
    personal("overdue.general", _consequences, brief=brief.due),
)
answers("ask_grace_period")(general("grace.general", brief.due))
answers("ask_reminder")(general("reminder.general", brief.due))


@answers("query_overdue_status")
def overdue_status(turn: Turn, desk: Desk) -> Reply:
    """Whether, since when and how much, account by account."""
    rule = special_side(turn, desk)
    if rule is not None:
        return Reply(rule)
    if turn.borrower_id is None:
        return Reply("status.stranger", card=sign_in_card(desk.renderer.labels["card"]))
    state = desk.engine.state(turn.borrower_id)
    return about_what_there_is(turn, desk, _status(turn, desk, turn.borrower_id, state))


def _status(turn: Turn, desk: Desk, borrower_id: str, state: BorrowerState) -> Reply:
    chosen = accounts.asked(turn, state)
    late = accounts.overdue(chosen)
    if not late:
        return Reply("status.fine", {"name": turn.display_name, "accounts": chosen})
    return Reply(
        "status.overdue",
        {
            "name": turn.display_name,
            "overdue": late,
            "fine": tuple(one for one in chosen if one not in late),
            "owed": owed(desk, borrower_id),
        },
        details="quote:overdue",
    )


@answers("query_due_date")
def due_date(turn: Turn, desk: Desk) -> Reply:
    """The next due date, or that one has passed."""
    rule = special_side(turn, desk)
    if turn.borrower_id is None:
        card = sign_in_card(desk.renderer.labels["card"])
        return Reply(rule or "due_date.stranger", card=card)
    state = desk.engine.state(turn.borrower_id)
    values = {"accounts": accounts.asked(turn, state), "owed": owed(desk, turn.borrower_id)}
    own = Reply("due_date.personal", values)
    return about_what_there_is(turn, desk, own.changed(lead=rule))

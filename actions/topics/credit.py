"""The credit register: what is reported, when, and how long it stays."""

from __future__ import annotations

from account_engine.domain.quote import QuoteKind
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import TopicAction, personal
from actions.conversation.turn import Turn


class ActionCredit(TopicAction):
    """ask_credit_impact, ask_credit_repair."""

    topic = "credit"


def _credit(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    state = desk.engine.state(borrower_id)
    chosen = accounts.asked(turn, state)
    return Reply("credit.personal", {"name": turn.display_name, "accounts": chosen})


def _repair(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """The way back to good standing, with the dates of this borrower."""
    state = desk.engine.state(borrower_id)
    due = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW)
    values = {"name": turn.display_name, "accounts": accounts.asked(turn, state), "due": due}
    return Reply("repair.personal", values, details="quote:due_now")


answers("ask_credit_impact")(personal("credit.general", _credit))
answers("ask_credit_repair")(personal("repair.general", _repair))

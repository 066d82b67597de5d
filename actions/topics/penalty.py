"""Penalty interest, minimum payment, ordinary interest and instalment fees."""

from __future__ import annotations

from datetime import timedelta

from account_engine.domain.money import Money
from account_engine.domain.quote import Component, QuoteKind
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import TopicAction, general, personal, side
from actions.conversation.turn import Turn
from actions.topics.supposition import supposed

_LINES_SHOWN = 5
# Sides of a question about penalty that may come with figures to work out.
_FIGURES_MAY_FOLLOW = frozenset({None, "penalty.late_fee", "penalty.general"})


class ActionPenalty(TopicAction):
    """ask_penalty, ask_minimum_payment, ask_interest_rate, ask_instalment_fee."""

    topic = "penalty"


def _penalty(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """Penalty so far with base × rate × days, and what tomorrow adds."""
    state = desk.engine.state(borrower_id)
    late = accounts.overdue(accounts.asked(turn, state))
    if not late:
        return Reply("penalty.none_yet", {"name": turn.display_name})
    ids = tuple(account.account_id for account in late)
    quote = desk.engine.quote(borrower_id, QuoteKind.OVERDUE, account_ids=ids)
    lines = [item for item in quote.items if item.component in (Component.PENALTY, Component.CAP)]
    tomorrow = state.as_of + timedelta(days=1)
    sums = quote.by_component()
    return Reply(
        "penalty.personal",
        {
            "name": turn.display_name,
            "penalty": sums.get(Component.PENALTY, Money.zero),
            "cap": sums.get(Component.CAP),
            "items": lines[:_LINES_SHOWN],
            "rest": lines[_LINES_SHOWN:],
            "names": accounts.names(state),
            "tomorrow": desk.engine.compare(borrower_id, QuoteKind.DUE_NOW, tomorrow, ids),
        },
        details="quote:overdue",
        clauses=tuple(dict.fromkeys(item.clause for item in lines)),
    )


def _minimum(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """The least that is to be paid now; the rule where nothing is."""
    quote = desk.engine.quote(borrower_id, QuoteKind.MINIMUM)
    if quote.total.fen <= 0:
        return None
    values = {
        "name": turn.display_name,
        "quote": quote,
        "due": desk.engine.quote(borrower_id, QuoteKind.DUE_NOW),
        "names": accounts.names(desk.engine.state(borrower_id)),
    }
    return Reply("minimum.personal", values, details="quote:minimum")


_own_penalty = personal("penalty.general", _penalty)


@answers("ask_penalty")
def penalty(turn: Turn, desk: Desk) -> Reply:
    """On figures of the borrower's own, else on the account, else the rule."""
    if desk.focus.reply_for(turn.intent, turn.text) in _FIGURES_MAY_FOLLOW:
        found = supposed(turn, desk)
        if found is not None:
            return found
        if turn.entity("amount") and turn.entity("duration"):
            return Reply("penalty.general")
    return _own_penalty(turn, desk)


@answers("ask_interest_rate")
def interest(turn: Turn, desk: Desk) -> Reply:
    """The price of borrowing; asked about being late, it is the penalty."""
    key = side(turn, desk, "interest.general")
    return penalty(turn, desk) if key == "penalty.general" else Reply(key)


answers("ask_minimum_payment")(personal("minimum.general", _minimum))
answers("ask_instalment_fee")(general("instalment_fee.general"))

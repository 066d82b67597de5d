"""Penalty interest: how much of it there is, and what another day adds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from account_engine.domain.money import Money
from account_engine.domain.quote import Component, QuoteItem, QuoteKind
from account_engine.domain.state import AccountState, BorrowerState
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.case_sums import without_what_comes_in
from actions.conversation.desk import Desk
from actions.conversation.periods import days_of
from actions.conversation.reply import Reply
from actions.conversation.topic import (
    NOT_HELD,
    TopicAction,
    asked_as,
    personal,
    special_side,
)
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.topics.own_case import case_penalty
from actions.topics.own_days import own_days
from actions.topics.rate_allowed import with_a_word_on_the_rate
from actions.topics.supposition import next_principal, own_rate, supposed
from actions.topics.tomorrow import tomorrow

_LINES_SHOWN = 5
_TOMORROW = "penalty.tomorrow.stranger"
# Sides of a question about penalty that may come with figures to work out.
_NO_SIDE = frozenset({None, "penalty.general"})
_FIGURES_MAY_FOLLOW = _NO_SIDE | {"penalty.late_fee", "penalty.whether", "penalty.start"}


class ActionPenalty(TopicAction):
    """ask_penalty, ask_minimum_payment, ask_interest_rate, ask_instalment_fee."""

    topic = "penalty"


def _penalty(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """Penalty so far with base × rate × days, and what tomorrow adds."""
    state = desk.engine.state(borrower_id)
    chosen = accounts.asked(turn, state)
    late = accounts.overdue(chosen)
    if not late:
        return none_yet(turn, desk, state)
    ids = tuple(account.account_id for account in late)
    quote = desk.engine.quote(borrower_id, QuoteKind.OVERDUE, account_ids=ids)
    lines = [item for item in quote.items if item.component in (Component.PENALTY, Component.CAP)]
    sums = quote.by_component()
    return Reply(
        "penalty.personal",
        {
            "name": turn.display_name,
            "penalty": sums.get(Component.PENALTY, Money.zero),
            "cap": sums.get(Component.CAP),
            "items": lines[:_LINES_SHOWN],
            "rest": lines[_LINES_SHOWN:],
            "since_due": all(one.start == one.due for one in lines),
            "names": accounts.names(state),
            "tomorrow": tomorrow(desk, borrower_id, late),
        },
        details="quote:overdue",
        clauses=tuple(dict.fromkeys(item.clause for item in lines)),
    )


def none_yet(turn: Turn, desk: Desk, state: BorrowerState) -> Reply:
    """Nothing is late; what one day would cost, were the next bill not paid in time."""
    chosen = accounts.asked(turn, state)
    values = {
        "name": turn.display_name,
        "accounts": chosen,
        "names": accounts.names(state),
        "if_late": dict(_next_bills_one_day_late(desk, chosen)),
    }
    return Reply("penalty.none_yet", values)


def _next_bills_one_day_late(
    desk: Desk, chosen: Iterable[AccountState]
) -> Iterator[tuple[str, QuoteItem]]:
    """The penalty of one day on the principal of each next bill or instalment."""
    for account in chosen:
        principal = next_principal(account)
        if principal is None or principal.fen <= 0:
            continue
        quote = desk.engine.hypothetical_penalty(
            account.product_id, principal, 1, own_rate(account)
        )
        lines = (one for one in quote.items if one.component is Component.PENALTY)
        yield from ((account.account_id, line) for line in lines)


_own_penalty = personal("penalty.general", _penalty)


@answers("ask_penalty")
def penalty(turn: Turn, desk: Desk) -> Reply:
    """On figures of the borrower's own, else on the account, else the rule."""
    turn = without_what_comes_in(turn)
    complete = bool(turn.entity("amount") and turn.entity("duration"))
    if not turn.known and not complete and special_side(turn, desk) in _NO_SIDE:
        of_the_case = case_penalty(turn, desk)
        if of_the_case is not None:
            return of_the_case
    if special_side(turn, desk) in (_FIGURES_MAY_FOLLOW if complete else _NO_SIDE):
        found = supposed(turn, desk)
        if found is not None:
            return with_a_word_on_the_rate(if_not_held(found, turn, desk), turn, desk)
        if complete:
            return Reply("penalty.general")
    of_the_own = _on_the_own(turn, desk, turn.borrower_id) if turn.borrower_id else None
    return of_the_own or _own_penalty(turn, desk)


def _one_day_late(turn: Turn, desk: Desk, borrower_id: str) -> bool:
    """Whether the cost of one day is asked for, of what is late: the next day has it to the fen."""
    state = desk.engine.state(borrower_id)
    named_none = turn.entity("amount") is None and not accounts.missing(turn, state)
    asked_late = accounts.overdue(accounts.asked(turn, state))
    if figure_words().asks_the_sum.search(turn.text):
        return False
    return named_none and bool(asked_late) and days_of(turn.entity("duration")) == 1


def _on_the_own(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """What another day, or the days that were named, cost on the borrower's own debt."""
    side = special_side(turn, desk)
    if side == _TOMORROW or (side in _NO_SIDE and _one_day_late(turn, desk, borrower_id)):
        return another_day(turn, desk, borrower_id)
    return own_days(turn, desk, borrower_id) if side in _NO_SIDE else None


@answers("ask_own_tomorrow")
def own_tomorrow(turn: Turn, desk: Desk) -> Reply:
    """ "两笔一天共涨多少": what another day adds on the borrower's own debt."""
    if turn.borrower_id is None:
        return Reply(_TOMORROW)
    if accounts.missing(turn, desk.engine.state(turn.borrower_id)):
        return penalty(replace(turn, intent="ask_penalty"), desk)
    return another_day(turn, desk, turn.borrower_id)


@answers("ask_own_penalty")
def own_penalty(turn: Turn, desk: Desk) -> Reply:
    """ "还要多付几块", "列个式子": for a borrower the account's own."""
    meant = replace(turn, intent="ask_penalty")
    if turn.borrower_id is None or accounts.missing(turn, desk.engine.state(turn.borrower_id)):
        return penalty(meant, desk)
    own = _penalty(meant, desk, turn.borrower_id)
    if own is None:
        return penalty(meant, desk)
    by_another_name = own.lead is None and figure_words().late_fee.search(turn.text)
    return own.changed(lead="note.late_fee") if by_another_name else own


# Its rate, its base and its first day are one question, as is the penalty of each debt.
answers("ask_own_penalty_terms")(own_penalty)


def if_not_held(reply: Reply, turn: Turn, desk: Desk) -> Reply:
    """The sum, after a word that the product named is none of the borrower's."""
    if turn.borrower_id is None or turn.entity("product") is None:
        return reply
    missing = accounts.missing(turn, desk.engine.state(turn.borrower_id))
    if not missing:
        return reply
    return reply.changed(values={**reply.values, "missing": missing}, lead=NOT_HELD)


def another_day(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """What waiting until tomorrow costs, by account."""
    state = desk.engine.state(borrower_id)
    late = accounts.overdue(accounts.asked(turn, state))
    if not late:
        return none_yet(turn, desk, state)
    values = {"tomorrow": tomorrow(desk, borrower_id, late), "names": accounts.names(state)}
    return Reply("penalty.tomorrow", values, details="quote:overdue")


answers("ask_penalty_rule")(asked_as("ask_penalty"))

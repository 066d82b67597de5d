"""A visitor's loan that is not late, paid back early: the interest of a day, now and after it."""

from __future__ import annotations

from account_engine.domain.money import Money
from account_engine.domain.terms import ProductKind
from account_engine.services.hypothetical_loan import hypothetical_interest
from account_engine.services.supposition import InvalidSupposition
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.own_case import Debt, OwnCase
from actions.conversation.reply import Reply
from actions.conversation.signing_in import ask_to_sign_in
from actions.conversation.topic import asked_as
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.topics.case_reckoned import rate_of, terms_of


@answers("ask_case_early")
def case_early(turn: Turn, desk: Desk) -> Reply:
    """ "还剩四万，年利率14.6" … "提前还一半呢": what is left, and what a day then costs."""
    told = OwnCase.of(turn)
    debt = told.debts[-1] if told is not None and told.stated else None
    found = _reckoned(debt, turn, desk) if debt is not None else None
    return found or asked_as("ask_early_settlement")(turn, desk)


def _reckoned(debt: Debt, turn: Turn, desk: Desk) -> Reply | None:
    """None where it is late, a bill, or told by its instalments only."""
    terms, fen = terms_of(debt, desk), debt.fen
    if terms is None or not fen or debt.days or debt.each or debt.left:
        return None
    if terms.kind is ProductKind.REVOLVING:
        return None
    paid = _part(turn, fen)
    whole, rate = Money(fen), rate_of(debt, terms)
    left = whole - Money(paid or fen)
    try:
        a_day = hypothetical_interest(terms, whole, 1, turn.today, rate)
        then = hypothetical_interest(terms, left, 1, turn.today, rate) if left.fen else None
    except InvalidSupposition:
        return None
    values = {
        "product": terms.display_name,
        "owed": fen,
        "paid": paid,
        "left": left,
        "a_day": a_day,
        "then": then,
        "rate": rate or terms.interest.annual_rate,
        "told_rate": rate is not None,
    }
    return ask_to_sign_in("own_case.early", desk, **values)


def _part(turn: Turn, owed: int) -> int | None:
    """The sum that is named, or half; None where all of it is meant."""
    case, named = OwnCase.of(turn), turn.amount_fen()
    if case is not None and case.told_now(turn):
        named = None
    if named is None and figure_words().half.search(turn.said_now):
        named = owed // 2
    return named if named and named < owed else None

"""The price of borrowing while nothing is late: interest, and the fee of instalments."""

from __future__ import annotations

from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.periods import days_of
from actions.conversation.reply import Reply
from actions.conversation.topic import asked_as, ruled, special_side
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.topics import brief
from actions.topics.bill_supposition import supposed_bill
from actions.topics.case_in_parts import of_the_case
from actions.topics.loan_supposition import supposed_loan
from actions.topics.penalty import if_not_held, penalty
from actions.topics.rate_allowed import above_the_cap
from actions.topics.rate_by_the_year import named_by_the_year

# Sides of a question about the price that the borrower's own contract answers.
_OWN_PRICE = frozenset({None, "interest.year"})
# Sides of a question about the price that figures answer better than the rule does.
_PRICED = frozenset(
    {None, "interest.formula", "interest.days", "interest.no_fee", "interest.free", "interest.year"}
)
_DAYS = "interest.days"
_BILL_RATE = "interest.huabei_rate"  # a bill in instalments bears a fee, whatever rate is named
_own_rate = ruled("interest.general")
_fee = ruled("instalment_fee.general")


@answers("ask_interest_rate")
def interest(turn: Turn, desk: Desk) -> Reply:
    """The price of borrowing; asked about being late, it is the penalty."""
    if special_side(turn, desk) == "penalty.general":
        return penalty(turn, desk)
    if (by_the_year := named_by_the_year(turn)) is not None:
        return by_the_year
    if (too_high := above_the_cap(turn, desk)) is not None:
        return too_high
    if special_side(turn, desk) in _OWN_PRICE and (own := _price_of_own(turn, desk)) is not None:
        return own
    if special_side(turn, desk) in _PRICED and (loan := supposed_loan(turn, desk)) is not None:
        return if_not_held(loan, turn, desk)
    rule = _own_rate(turn, desk)
    if rule.key == _BILL_RATE and (parts := supposed_bill(turn, desk)) is not None:
        return if_not_held(parts.changed(lead="instalment_fee.no_rate"), turn, desk)
    return _so_many_days(turn, rule)


def _so_many_days(turn: Turn, reply: Reply) -> Reply:
    """How many days the interest is counted for, where days of use are named, before the rule."""
    days = days_of(turn.entity("duration"))
    if reply.key != _DAYS or reply.lead or not days:
        return reply
    own = None if reply.coda == brief.PENALTY else reply.coda  # it is no price of borrowing
    values = {**reply.values, "days": days}
    return reply.changed(values=values, lead="interest.so_many_days", coda=own)


answers("ask_fee_of_terms")(asked_as("ask_instalment_fee"))
answers("ask_price")(asked_as("ask_interest_rate"))


def _price_of_own(turn: Turn, desk: Desk) -> Reply | None:
    """The contract's own rate, which says more than the range of all; None without a loan."""
    if turn.borrower_id is None or turn.entity("amount") is not None:
        return None
    if figure_words().converts_a_rate.search(turn.text):
        return None  # "日利率万2500相当于年化多少" is no question for the own one
    if accounts.missing(turn, desk.engine.state(turn.borrower_id)):
        return None
    found = brief.rate(turn, desk, turn.borrower_id)
    priced = found is not None and found.key == brief.OWN_RATE
    return Reply("interest.own", found.values) if found and priced else None


@answers("ask_instalment_fee")
def instalment_fee(turn: Turn, desk: Desk) -> Reply:
    """The fee of 花呗's instalments, on the figures named; asked what a loan costs, that."""
    side = special_side(turn, desk)
    asks_of_loan = side == "interest.formula" or figure_words().borrowed.search(turn.text)
    if asks_of_loan and (loan := supposed_loan(turn, desk)) is not None:
        return loan
    if side is None and not turn.amount_fen() and (told := of_the_case(turn, desk)) is not None:
        return told
    reckoned = supposed_bill(turn, desk) if side is None else None
    return if_not_held(reckoned, turn, desk) if reckoned else _fee(turn, desk)

"""The instalments of a loan that somebody only thinks of, from a product's demo terms."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.terms import ProductTerms
from account_engine.services.hypothetical_loan import hypothetical_interest, hypothetical_loan
from account_engine.services.supposition import InvalidSupposition
from actions.conversation.desk import Desk
from actions.conversation.named_rate import NamedRate, named_rate
from actions.conversation.periods import days_of
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.topics.supposition import contract_rate, newest_terms

_DEFAULT_PRODUCT = "jiebei"
_DAYS_A_YEAR = 365
_SHORT_DAYS = 45  # what is longer is paid back in instalments
_MONTHS = re.compile(r"P(\d+)M$")


def supposed_loan(turn: Turn, desk: Desk) -> Reply | None:
    """First instalment and all interest, or the interest of so many days, on the figures named.

    At the price of the borrower's own contract where there is one.

    None where the amount is missing, or neither instalments nor days make a sum.
    """
    principal = turn.amount_fen()
    terms = newest_terms(turn.entity("product") or _DEFAULT_PRODUCT, desk)
    if not principal or terms is None:
        return None
    words = figure_words()
    asks_a_day = bool(words.one_day.search(turn.text) and words.interest.search(turn.text))
    own = contract_rate(turn, desk, terms)
    by_rows = None if asks_a_day else _by_instalments(turn, terms, principal, own)
    return by_rows or _for_days(turn, terms, principal, own, asks_a_day)


def named_by_the_year(turn: Turn) -> Reply | None:
    """ "日利率0.045%一年是多少": the rate that was named, by the year; None where none was.

    A rate of which the time is not said is one by the day where it is that small.
    """
    named, words = named_rate(turn), figure_words()
    if named is None:
        return None
    if not words.asks_a_year.search(turn.text):
        return _by_the_day(named, turn)
    if named.times == 1 or named.share <= 0:
        return None
    values = {"per": words.unit_of[named.times], "rate": named.share, "times": named.times}
    return Reply("interest.named_year", {**values, "yearly": named.yearly})


def _for_days(
    turn: Turn, terms: ProductTerms, principal: int, own: Decimal | None, a_day: bool
) -> Reply | None:
    days = 1 if a_day else days_of(turn.entity("duration"))
    if not days or days > _SHORT_DAYS:
        return None
    try:
        interest = hypothetical_interest(terms, Money(principal), days, turn.today, own)
    except InvalidSupposition:
        return None
    values = {"days": days, "interest": interest}
    return Reply("interest.supposed_days", _of_the_loan(terms, principal, own) | values)


def _of_the_loan(terms: ProductTerms, principal: int, own: Decimal | None) -> dict[str, Any]:
    """What is said of the loan itself; the rate is the contract's own where there is one."""
    return {
        "product": terms.display_name,
        "rate": own or terms.interest.annual_rate,
        "own_rate": own is not None,
        "principal": Money(principal),
    }


def _by_instalments(
    turn: Turn, terms: ProductTerms, principal: int, own: Decimal | None
) -> Reply | None:
    instalments = instalments_named(turn)
    if not instalments:
        return None
    try:
        rows = hypothetical_loan(terms, Money(principal), instalments, turn.today, own)
    except InvalidSupposition:
        return None
    values = {
        "method": terms.methods[0],
        "instalments": instalments,
        "first": rows[0],
        "interest": sum((row.interest for row in rows), Money.zero),
    }
    return Reply("interest.supposed", _of_the_loan(terms, principal, own) | values)


def instalments_named(turn: Turn) -> int | None:
    """How many instalments the message names, in months or by their number; None for none."""
    said = turn.entity("terms")
    if said and said.isdigit():
        return int(said)
    months = _MONTHS.match(turn.entity("duration") or "")
    return int(months[1]) if months else None


def _by_the_day(named: NamedRate, turn: Turn) -> Reply | None:
    """ "0.05%是日息吗": so small a rate is one by the day; None for other questions."""
    words = figure_words()
    if not words.asks_which_time.search(turn.text) or not named.small:
        return None
    values = {
        "rate": named.share,
        "times": _DAYS_A_YEAR,
        "yearly": named.share * _DAYS_A_YEAR,
    }
    return Reply("interest.by_the_day", values)

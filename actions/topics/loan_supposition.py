"""The instalments of a loan that somebody only thinks of, from a product's demo terms."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.payloads import RepaymentMethod
from account_engine.domain.terms import ProductKind, ProductTerms
from account_engine.services.hypothetical_loan import hypothetical_interest, hypothetical_loan
from account_engine.services.supposition import InvalidSupposition
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.last_question import LastQuestion
from actions.conversation.named_rate import named_rate
from actions.conversation.periods import days_of
from actions.conversation.rates import within_the_cap
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.knowledge.conduct import dialogue
from actions.knowledge.figure_words import figure_words
from actions.topics.supposition import contract_rate, newest_terms

_DEFAULT_PRODUCT = "jiebei"
_DAYS_A_YEAR = 365
_TWO = 2
_MONTHS_A_YEAR = 12
_MONTHS = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?$")


@dataclass(frozen=True, slots=True)
class _Price:
    """The yearly price to reckon with, None for the terms' own; `named`: the message says it."""

    yearly: Decimal | None
    named: bool = False


def supposed_loan(turn: Turn, desk: Desk) -> Reply | None:
    """First instalment and all interest, or the interest of so many days, on the figures named.

    At the price that is named, else at that of the borrower's own contract, else the terms'.

    None where the amount is missing, or neither instalments nor days make a sum.
    """
    principal = turn.amount_fen()
    terms = newest_terms(turn.entity("product") or _DEFAULT_PRODUCT, desk)
    if not principal or terms is None:
        return None
    words = figure_words()
    asks_a_day = bool(words.one_day.search(turn.text) and words.interest.search(turn.text))
    each = words.each_month.search(turn.text) and instalments_named(turn)  # 日息万四，每月还多少
    asks_a_day = asks_a_day and not (each or words.asks_a_year.search(turn.text))
    price = _price(turn, desk, terms)
    by_rows = None if asks_a_day else _by_instalments(turn, terms, principal, price)
    return by_rows or _for_days(turn, terms, principal, price, asks_a_day)


def _price(turn: Turn, desk: Desk, terms: ProductTerms) -> _Price:
    named = named_rate(turn)
    if named is not None and named.said and not named.of_penalty and named.yearly > 0:
        return _Price(within_the_cap(named.yearly, terms), named=True)
    return _Price(contract_rate(turn, desk, terms))


def _for_days(
    turn: Turn, terms: ProductTerms, principal: int, price: _Price, a_day: bool
) -> Reply | None:
    days = 1 if a_day else days_of(turn.entity("duration"))
    if not days or days > dialogue().short_loan_days:
        return None
    try:
        interest = hypothetical_interest(terms, Money(principal), days, turn.today, price.yearly)
    except InvalidSupposition:
        return None
    told, cap = _told_charge(turn, principal), terms.cap.annual
    beyond = told and cap is not None and told * _DAYS_A_YEAR > principal * days * cap
    values = {"days": days, "interest": interest, "told_charge": told if beyond else None}
    return Reply("interest.supposed_days", _of_the_loan(terms, principal, price) | values)


def _told_charge(turn: Turn, principal: int) -> int | None:
    """ "借一千一天要一千五的利息": what somebody was told to pay for the use of the principal."""
    found = figure_words().told_charge.search(turn.text)
    if found is None:
        return None
    sums = (one for one in turn.entities if one.kind == "amount" and one.end > found.start())
    others = [int(one.value) for one in sums if int(one.value) != principal]
    return others[0] if len(others) == 1 else None


def early_payoff_supposed(turn: Turn, desk: Desk) -> Reply | None:
    """ "借一千二，一个月后提前还，利息多少": a loan only thought of, paid back early.

    Until the day that is named; one day of it where none is. None without an amount, for bills, and
    for a borrower who does not say that the loan is only thought of.
    """
    principal = turn.amount_fen()
    product = turn.entity("product") or _DEFAULT_PRODUCT
    terms = newest_terms(product, desk)
    own = turn.known and not figure_words().would_borrow.search(turn.text)
    if own or not principal or terms is None or terms.kind is ProductKind.REVOLVING:
        return None
    on = turn.coming_date()
    days = (on - turn.today).days if on is not None else 1
    price = _price(turn, desk, terms)
    try:
        interest = hypothetical_interest(terms, Money(principal), days, turn.today, price.yearly)
    except InvalidSupposition:
        return None
    values = {"days": days, "interest": interest, "a_day": on is None}
    return Reply("early.supposed", _of_the_loan(terms, principal, price) | values)


def _of_the_loan(terms: ProductTerms, principal: int, price: _Price) -> dict[str, Any]:
    """What is said of the loan itself, and at whose rate it was reckoned."""
    return {
        "product": terms.display_name,
        "rate": price.yearly or terms.interest.annual_rate,
        "own_rate": price.yearly is not None and not price.named,
        "named_rate": price.named,
        "principal": Money(principal),
    }


def _by_instalments(turn: Turn, terms: ProductTerms, principal: int, price: _Price) -> Reply | None:
    found = _loan_over(turn, terms, principal, price, instalments_named(turn))
    if found is None:
        return None
    values = {"method": terms.methods[0], **found}
    return Reply("interest.supposed", _of_the_loan(terms, principal, price) | values)


@answers("ask_loan_by_parts")
def by_parts(turn: Turn, desk: Desk) -> Reply:
    """ "一万二分12期日息万四每月还多少": what falls due each month, at the rate that was named."""
    terms = newest_terms(turn.entity("product") or _DEFAULT_PRODUCT, desk)
    principal = turn.amount_fen()
    if terms is None or not principal:
        return the_answer("ask_price")(turn, desk)
    found = _by_instalments(turn, terms, principal, _price(turn, desk, terms))
    return found or the_answer("ask_price")(turn, desk)


@answers("ask_interest_first")
def interest_first(turn: Turn, desk: Desk) -> Reply:
    """ "先息后本每月还多少": the interest of a month, and the sum at the end.

    Of the loan that is named, now or in the question before; what it means where none was.
    """
    last = LastQuestion.of(turn)
    if turn.amount_fen() is None and last is not None:
        turn = replace(turn, text=last.text, entities=last.entities)
    terms = newest_terms(turn.entity("product") or _DEFAULT_PRODUCT, desk)
    principal, number = turn.amount_fen(), instalments_named(turn)
    if terms is None or not principal:
        return Reply("term.interest_first")
    price, first = _price(turn, desk, terms), RepaymentMethod.INTEREST_FIRST
    found = _loan_over(turn, terms, principal, price, number, first)
    equal = _loan_over(turn, terms, principal, price, number)
    if found is None or equal is None:
        return Reply("term.interest_first")
    values = {**found, "more": found["interest"] - equal["interest"]}
    return Reply("interest.interest_first", _of_the_loan(terms, principal, price) | values)


def _loan_over(
    turn: Turn,
    terms: ProductTerms,
    principal: int,
    price: _Price,
    instalments: int | None,
    method: RepaymentMethod | None = None,
) -> dict[str, Any] | None:
    """The first and last row and all interest; None where so many instalments are not offered."""
    if not instalments:
        return None
    sum_, rate = Money(principal), price.yearly
    try:
        rows = hypothetical_loan(terms, sum_, instalments, turn.today, rate, method)
    except InvalidSupposition:
        return None
    interest = sum((row.interest for row in rows), Money.zero)
    return {"instalments": instalments, "first": rows[0], "last": rows[-1], "interest": interest}


@answers("ask_two_terms")
def two_terms(turn: Turn, desk: Desk) -> Reply:
    """ "分12期和24期利息差多少": the interest of both, and what the longer one costs more.

    On the sum that is named, now or in the question before; else on an example.
    """
    terms = newest_terms(turn.entity("product") or _DEFAULT_PRODUCT, desk)
    numbers = sorted(two_numbers(turn))
    otherwise = the_answer("ask_price")
    if terms is None or len(numbers) != _TWO:
        return otherwise(turn, desk)
    named = turn.amount_fen() or _sum_before(turn)
    principal = named or dialogue().example_loan_fen
    price = _price(turn, desk, terms)
    found = [_loan_over(turn, terms, principal, price, one) for one in numbers]
    if None in found:
        return otherwise(turn, desk)
    values = {"short": found[0], "long": found[1], "without_amount": named is None}
    return Reply("interest.two_terms", _of_the_loan(terms, principal, price) | values)


def two_numbers(turn: Turn) -> set[int]:
    """The numbers of instalments that are compared, with their unit or without."""
    if found := figure_words().two_terms.search(turn.text):
        return {int(found[1]), int(found[2])}
    said = [one for one in turn.entities if one.kind in ("terms", "duration")]
    each = (instalments_named(replace(turn, entities=(one,))) for one in said)
    return {number for number in each if number}


def _sum_before(turn: Turn) -> int | None:
    """The loan that the question before was about."""
    last = LastQuestion.of(turn)
    return replace(turn, entities=last.entities).amount_fen() if last else None


def instalments_named(turn: Turn) -> int | None:
    """How many instalments the message names, in months or by their number; None for none."""
    said = turn.entity("terms")
    if said and said.isdigit():
        return int(said)
    time = _MONTHS.match(turn.entity("duration") or "")
    years, months = (int(one or 0) for one in time.groups()) if time else (0, 0)
    return years * _MONTHS_A_YEAR + months or None

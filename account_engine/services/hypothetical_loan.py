"""The instalments of a loan that somebody only thinks of; nobody's account is touched.

A contract of the product's newest terms with one loan drawn today is folded like any other, so that
the spread of principal and interest and the rounding are those of every account.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from account_engine.domain.events import EventKind
from account_engine.domain.money import Money
from account_engine.domain.payloads import LoanDisbursed, RepaymentMethod
from account_engine.domain.state import ScheduleRow
from account_engine.domain.terms import ProductKind, ProductTerms
from account_engine.services.supposition import (
    NAME,
    InvalidSupposition,
    check_amount,
    check_days,
    suppose,
    supposed_event,
)

_TO_FIRST_DUE = timedelta(days=30)


def hypothetical_loan(
    terms: ProductTerms,
    principal: Money,
    instalments: int,
    today: date,
    annual_rate: Decimal | None = None,
    method: RepaymentMethod | None = None,
) -> tuple[ScheduleRow, ...]:
    """The rows of a loan of `principal` drawn today, the first due after thirty days.

    Args:
        terms: the product's terms.
        principal: up to ten million yuan.
        instalments: a number that the terms allow.
        today: business date of the draw.
        annual_rate: the contract's yearly price; default: the terms'.
        method: one that the terms name; default: the first of them.

    Raises:
        InvalidSupposition: a product that lends no instalments or none in that way, or figures
            out of range.
    """
    _check(terms, principal)
    method = method or terms.methods[0]
    if method not in terms.methods:
        raise InvalidSupposition("a way of repaying that is not offered", "method")
    if instalments not in terms.terms_offered:
        raise InvalidSupposition("a number of instalments that is not offered", "instalments")
    loan = LoanDisbursed(NAME, principal, instalments, method, today + _TO_FIRST_DUE)
    return _rows(terms, loan, today, annual_rate)


def hypothetical_interest(
    terms: ProductTerms,
    principal: Money,
    days: int,
    today: date,
    annual_rate: Decimal | None = None,
) -> Money:
    """The interest of `principal`, drawn today and kept whole for so many days.

    Args:
        terms: the product's terms.
        principal: up to ten million yuan.
        days: 1 to 3650.
        today: business date of the draw.
        annual_rate: the contract's yearly price; default: the terms'.

    Raises:
        InvalidSupposition: a product that lends no instalments, or figures out of range.
    """
    _check(terms, principal)
    check_days(days)
    due = today + timedelta(days=days)
    loan = LoanDisbursed(NAME, principal, 1, RepaymentMethod.INTEREST_FIRST, due)
    return Money.total(row.interest for row in _rows(terms, loan, today, annual_rate))


def _check(terms: ProductTerms, principal: Money) -> None:
    if terms.kind is ProductKind.REVOLVING or not terms.methods:
        raise InvalidSupposition("a product without instalments of its own", "product")
    check_amount(principal)


def _rows(
    terms: ProductTerms, loan: LoanDisbursed, today: date, annual_rate: Decimal | None
) -> tuple[ScheduleRow, ...]:
    drawn = supposed_event(terms, EventKind.LOAN_DISBURSED, today, loan)
    return suppose(terms, [drawn], today, today, annual_rate).accounts[0].schedule

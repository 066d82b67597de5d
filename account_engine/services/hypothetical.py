"""Penalty interest on figures that somebody only asks about; nobody's account is touched.

A contract of the product's newest terms with one debt that fell due so many days ago is folded and
quoted like any other. No formula is repeated here, so that the caps, the day count and the rounding
are those of every account.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from account_engine.domain.events import Event, EventKind
from account_engine.domain.money import Money
from account_engine.domain.payloads import (
    BillIssued,
    LoanDisbursed,
    Payment,
    RepaymentMethod,
    ScheduledRow,
)
from account_engine.domain.quote import Quote, QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.terms import ProductKind, ProductTerms
from account_engine.services.supposition import (
    NAME,
    check_amount,
    check_days,
    suppose,
    supposed_event,
)

_BEFORE_DUE = timedelta(days=31)


def hypothetical_penalty(
    terms: ProductTerms,
    principal: Money,
    days: int,
    as_of: date,
    annual_rate: Decimal | None = None,
) -> Quote:
    """Quote what is overdue if `principal` had fallen due `days` days before `as_of`.

    Args:
        terms: the product's terms.
        principal: the amount overdue, up to ten million yuan.
        days: days past due, 1 to 3650.
        as_of: business date.
        annual_rate: the contract's yearly price of a loan; default: the terms'.

    Raises:
        InvalidSupposition: an amount or a number of days out of range.
    """
    return hypothetical_rest(terms, principal, days, as_of, Money.zero, annual_rate=annual_rate)


def hypothetical_rest(
    terms: ProductTerms,
    principal: Money,
    days: int,
    as_of: date,
    paid: Money,
    *,
    kind: QuoteKind = QuoteKind.OVERDUE,
    seen_on: date | None = None,
    annual_rate: Decimal | None = None,
) -> Quote:
    """Quote what is left of that debt once `paid` came in on `as_of`.

    Args:
        terms: the product's terms; their order of application holds.
        principal: the amount overdue, up to ten million yuan.
        days: days past due on `as_of`, 1 to 3650.
        as_of: business date, and day of the payment.
        paid: zero for no payment.
        kind: default: what is overdue; PAYOFF_ALL has a bill that is carried on, too.
        seen_on: the day of the quote; default: `as_of`.
        annual_rate: the contract's yearly price of a loan; default: the terms'.

    Raises:
        InvalidSupposition: an amount or a number of days out of range, a day gone by.
    """
    seen_on = seen_on or as_of
    check_amount(principal)
    check_amount(paid, least=Money.zero)
    check_days(days)
    check_days((seen_on - as_of).days, least=0, name="seen_on")
    due = as_of - timedelta(days=days)
    drawn = due - _BEFORE_DUE
    events = [_debt(terms, principal, drawn, due)]
    if paid.fen:
        events.append(supposed_event(terms, EventKind.PAYMENT, as_of, Payment(paid), ":paid"))
    return quote(suppose(terms, events, drawn, seen_on, annual_rate), kind)


def _debt(terms: ProductTerms, principal: Money, drawn: date, due: date) -> Event:
    """One bill or one loan row: the amount that was named, without interest or fees of its own."""
    if terms.kind is ProductKind.REVOLVING:
        bill = BillIssued(NAME, drawn, due, principal)
        return supposed_event(terms, EventKind.BILL_ISSUED, drawn, bill)
    row = ScheduledRow(1, due, principal)
    loan = LoanDisbursed(NAME, principal, 1, RepaymentMethod.INTEREST_FIRST, due, rows=(row,))
    return supposed_event(terms, EventKind.LOAN_DISBURSED, drawn, loan)

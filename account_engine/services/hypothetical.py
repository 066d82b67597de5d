"""Penalty interest on figures that somebody only asks about; nobody's account is touched.

A contract of the product's newest terms with one debt that fell due so many days ago is folded and
quoted like any other. No formula is repeated here, so that the caps, the day count and the rounding
are those of every account.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from account_engine.domain.events import Event, EventKind, EventPayload
from account_engine.domain.fold import fold
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
from account_engine.domain.terms import Contract, ProductKind, ProductTerms
from account_engine.errors import EngineError

_NAME = "hypothetical"
_MOST = Money.yuan("10000000.00")
_LONGEST_DAYS = 3650
_BEFORE_DUE = timedelta(days=31)


class InvalidSupposition(EngineError):
    """Figures that no question can be worked out with."""

    code = "invalid_supposition"


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
    if not Money.zero < principal <= _MOST or not Money.zero <= paid <= _MOST:
        raise InvalidSupposition("an amount out of range", "principal")
    if not 1 <= days <= _LONGEST_DAYS:
        raise InvalidSupposition("a number of days out of range", "days")
    if not 0 <= (seen_on - as_of).days <= _LONGEST_DAYS:
        raise InvalidSupposition("a day out of range", "seen_on")
    due = as_of - timedelta(days=days)
    drawn = due - _BEFORE_DUE
    contract = Contract(
        account_id=terms.product_id,
        borrower_id=_NAME,
        terms=terms,
        lender_name=terms.default_lender,
        signed_on=drawn,
        annual_rate=annual_rate,
    )
    events = [_debt(terms, principal, drawn, due)]
    if paid.fen:
        events.append(_payment(terms, paid, as_of))
    return quote(fold([contract], events, seen_on), kind)


def _payment(terms: ProductTerms, paid: Money, on: date) -> Event:
    booked = datetime.combine(on, time(), timezone.utc)
    name = f"{_NAME}:paid"
    return Event(name, _NAME, terms.product_id, EventKind.PAYMENT, on, booked, Payment(paid))


def _debt(terms: ProductTerms, principal: Money, drawn: date, due: date) -> Event:
    """One bill or one loan row: the amount that was named, without interest or fees of its own."""
    payload: EventPayload
    if terms.kind is ProductKind.REVOLVING:
        kind, payload = EventKind.BILL_ISSUED, BillIssued(_NAME, drawn, due, principal)
    else:
        row = ScheduledRow(1, due, principal)
        payload = LoanDisbursed(
            _NAME, principal, 1, RepaymentMethod.INTEREST_FIRST, due, rows=(row,)
        )
        kind = EventKind.LOAN_DISBURSED
    booked = datetime.combine(drawn, time(), timezone.utc)
    return Event(_NAME, _NAME, terms.product_id, kind, drawn, booked, payload)

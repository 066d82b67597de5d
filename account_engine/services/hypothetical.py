"""Penalty interest on figures that somebody only asks about; nobody's account is touched.

A contract of the product's newest terms with one debt that fell due so many days ago is folded and
quoted like any other. No formula is repeated here, so that the caps, the day count and the rounding
are those of every account.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from account_engine.domain.calendar import add_months
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
    InvalidSupposition,
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
    instalments: int = 1,
) -> Quote:
    """Quote what is left of that debt once `paid` came in on `as_of`.

    Args:
        terms: the product's terms; their order of application holds.
        principal: the amount overdue, up to ten million yuan.
        days: days past due on `as_of`, 1 to 3650; of several instalments those of the oldest.
        as_of: business date, and day of the payment.
        paid: zero for no payment.
        kind: default: what is overdue; PAYOFF_ALL has a bill that is carried on, too.
        seen_on: the day of the quote; default: `as_of`.
        annual_rate: the contract's yearly price of a loan; default: the terms'.
        instalments: in how many equal parts, due a month apart, `principal` was missed.

    Raises:
        InvalidSupposition: an amount or a number of days out of range, a day gone by, or
            instalments of which the last is not past due.
    """
    seen_on = seen_on or as_of
    check_amount(principal)
    check_amount(paid, least=Money.zero)
    check_days(days)
    check_days((seen_on - as_of).days, least=0, name="seen_on")
    first = as_of - timedelta(days=days)
    dues = tuple(add_months(first, later, first.day) for later in range(instalments))
    if not dues or dues[-1] >= as_of:
        raise InvalidSupposition("instalments that are not past due", "instalments")
    drawn = first - _BEFORE_DUE
    events = _debts(terms, _equal_parts(principal, instalments), drawn, dues)
    if paid.fen:
        events.append(supposed_event(terms, EventKind.PAYMENT, as_of, Payment(paid), ":paid"))
    return quote(suppose(terms, events, drawn, seen_on, annual_rate), kind)


def _equal_parts(principal: Money, number: int) -> tuple[Money, ...]:
    """Parts to the fen; what does not come out even is in the last one."""
    each = principal.fen // number
    return (*(Money(each) for _ in range(number - 1)), Money(principal.fen - each * (number - 1)))


def _debts(
    terms: ProductTerms, parts: Sequence[Money], drawn: date, dues: Sequence[date]
) -> list[Event]:
    """Bills or loan rows: the amounts that were named, without interest or fees of their own."""
    if terms.kind is ProductKind.REVOLVING:
        return [_bill(terms, part, due) for part, due in zip(parts, dues, strict=True)]
    rows = tuple(
        ScheduledRow(number, due, part)
        for number, (part, due) in enumerate(zip(parts, dues, strict=True), start=1)
    )
    total, method = Money.total(parts), RepaymentMethod.INTEREST_FIRST
    loan = LoanDisbursed(NAME, total, len(rows), method, dues[0], rows=rows)
    return [supposed_event(terms, EventKind.LOAN_DISBURSED, drawn, loan)]


def _bill(terms: ProductTerms, part: Money, due: date) -> Event:
    name, issued = f":{due.isoformat()}", due - _BEFORE_DUE
    bill = BillIssued(NAME + name, issued, due, part)
    return supposed_event(terms, EventKind.BILL_ISSUED, issued, bill, name)

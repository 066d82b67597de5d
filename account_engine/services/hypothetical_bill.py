"""The instalments and the minimum of a bill that is only thought of; no account is touched.

A contract of the product's newest terms with one booking made today is folded like any other, so
that the flat fee, its spread and the rounding are those of every account.
"""

from __future__ import annotations

from datetime import date, timedelta

from account_engine.domain.events import EventKind
from account_engine.domain.money import Money
from account_engine.domain.payloads import BillInstalmentBooked, BillIssued
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import ScheduleRow
from account_engine.domain.terms import ProductTerms
from account_engine.services.supposition import (
    NAME,
    InvalidSupposition,
    check_amount,
    suppose,
    supposed_event,
)

_TO_FIRST_DUE = timedelta(days=30)


def hypothetical_bill_instalments(
    terms: ProductTerms, principal: Money, instalments: int, today: date
) -> tuple[ScheduleRow, ...]:
    """The rows of `principal` spread over months for the flat fee of the terms (账单分期).

    Args:
        terms: the product's terms, with the fee of each number of instalments.
        principal: up to ten million yuan.
        instalments: a number that the terms allow for bills.
        today: business date of the booking; the first row is due after thirty days.

    Raises:
        InvalidSupposition: a product or a number without a flat fee, or an amount out of range.
    """
    if instalments not in terms.bill_instalments:
        raise InvalidSupposition("a number of instalments that is not offered", "instalments")
    check_amount(principal)
    booking = BillInstalmentBooked(NAME, principal, instalments, today + _TO_FIRST_DUE)
    event = supposed_event(terms, EventKind.BILL_INSTALMENT_BOOKED, today, booking)
    return suppose(terms, [event], today, today).accounts[0].schedule


def hypothetical_minimum(terms: ProductTerms, principal: Money, today: date) -> Money:
    """The minimum of a bill of `principal` that falls due today, all of it revolving.

    Args:
        terms: the product's terms.
        principal: up to ten million yuan.
        today: business date and due date of the bill.

    Raises:
        InvalidSupposition: a product without a minimum, or an amount out of range.
    """
    if terms.minimum is None:
        raise InvalidSupposition("a product without a minimum payment", "product")
    check_amount(principal)
    issued = today - _TO_FIRST_DUE
    event = supposed_event(
        terms, EventKind.BILL_ISSUED, issued, BillIssued(NAME, issued, today, principal)
    )
    return quote(suppose(terms, [event], issued, today), QuoteKind.MINIMUM).total

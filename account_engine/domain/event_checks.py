"""What an event must fulfil beyond its shape, before it is taken in from outside.

A lender's export may have a sign turned round, a due date before the bill, a number of instalments
in the wrong column. Such an event is refused with its field; a stored one is never looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from account_engine.domain import payloads as p
from account_engine.domain.errors import InvalidEvent
from account_engine.domain.events import Event
from account_engine.domain.money import Money

MOST_INSTALMENTS = 600
_NOT_NEGATIVE = "must not be negative"
_MORE_THAN_NOTHING = "must be more than 0.00"

# Fields that ask for more than nothing. A bill of 0.00 is real: lenders send them.
_SOMETHING: Mapping[type, tuple[str, ...]] = {
    p.LoanDisbursed: ("principal",),
    p.BillInstalmentBooked: ("principal",),
    p.ChargePosted: ("amount",),
    p.Payment: ("amount",),
    p.Refund: ("amount",),
    p.Waiver: ("amount",),
    p.PromiseMade: ("amount",),
}


def check_event(event: Event) -> None:
    """Refuse an event that no lender can have meant. Raises InvalidEvent with the field."""
    payload = event.payload
    _check_figures(payload, "payload")
    for name in _SOMETHING.get(type(payload), ()):
        if getattr(payload, name) == Money(0):
            raise InvalidEvent(f"payload.{name}", _MORE_THAN_NOTHING)
    check = _CHECKS.get(type(payload))
    if check is not None:
        check(payload, event.value_date)


def _check_figures(value: Any, path: str) -> None:
    """No amount and no rate of a payload is below zero."""
    if isinstance(value, Money):
        if value.fen < 0:
            raise InvalidEvent(path, _NOT_NEGATIVE)
    elif isinstance(value, Decimal):
        if value < 0:
            raise InvalidEvent(path, _NOT_NEGATIVE)
    elif is_dataclass(value):
        for one in fields(value):
            _check_figures(getattr(value, one.name), f"{path}.{one.name}")
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            _check_figures(part, f"{path}[{index}]")


def _bill(bill: p.BillIssued, _on: date) -> None:
    if bill.due < bill.statement_on:
        raise InvalidEvent("payload.due", "is before the bill")
    if bill.posted_on is not None and bill.posted_on > bill.statement_on:
        raise InvalidEvent("payload.posted_on", "is after the bill")


def _loan(loan: p.LoanDisbursed, on: date) -> None:
    _instalments(loan.terms)
    if loan.first_due < on:
        raise InvalidEvent("payload.first_due", "is before the day it was drawn")
    _rising([(row.number, row.due) for row in loan.rows], on)
    if loan.rows and len(loan.rows) != loan.terms:
        raise InvalidEvent("payload.terms", "is not the number of rows")


def _booking(booking: p.BillInstalmentBooked, on: date) -> None:
    _instalments(booking.terms)
    if booking.first_due < on:
        raise InvalidEvent("payload.first_due", "is before the day it was booked")


def _instalments(count: int) -> None:
    if not 1 <= count <= MOST_INSTALMENTS:
        raise InvalidEvent("payload.terms", f"lies between 1 and {MOST_INSTALMENTS}")


def _plan(plan: p.PlanAgreed, on: date) -> None:
    if not plan.legs or not all(leg.rows for leg in plan.legs):
        raise InvalidEvent("payload.legs", "a plan has an account and rows")
    if plan.cure_days < 0:
        raise InvalidEvent("payload.cure_days", _NOT_NEGATIVE)
    if plan.missed_rows < 1:
        raise InvalidEvent("payload.missed_rows", "is 1 or more")
    for index, leg in enumerate(plan.legs):
        at = f"payload.legs[{index}].rows"
        _rising([(row.number, row.due) for row in leg.rows], on, at)
        for number, row in enumerate(leg.rows):
            for name, owed, whole in (
                ("interest_owed", row.interest_owed, row.interest),
                ("fee_owed", row.fee_owed, row.fee),
            ):
                if owed is not None and owed.fen > whole.fen:
                    raise InvalidEvent(f"{at}[{number}].{name}", "is more than the row asks for")


def _rising(rows: Sequence[tuple[int, date]], on: date, at: str = "payload.rows") -> None:
    """Numbers and due dates rise from row to row, and none is before the event."""
    for index, (number, due) in enumerate(rows):
        if due < on:
            raise InvalidEvent(f"{at}[{index}].due", "is before the event")
        if index and number <= rows[index - 1][0]:
            raise InvalidEvent(f"{at}[{index}].number", "does not come after the row before")
        if index and due < rows[index - 1][1]:
            raise InvalidEvent(f"{at}[{index}].due", "is before the row before")


def _pause(pause: p.InterestPaused, on: date) -> None:
    if pause.until <= on:
        raise InvalidEvent("payload.until", "is not after the day it begins")


def _extension(extension: p.ExtensionAgreed, on: date) -> None:
    if extension.new_due < on:
        raise InvalidEvent("payload.new_due", "is before the agreement")


def _waiver(waiver: p.Waiver, _on: date) -> None:
    if waiver.condition is p.WaiverCondition.ON_PAYMENT and not waiver.required:
        raise InvalidEvent("payload.required", "a waiver on payment names the payment")


_CHECKS: dict[type, Callable[[Any, date], None]] = {
    p.BillIssued: _bill,
    p.LoanDisbursed: _loan,
    p.BillInstalmentBooked: _booking,
    p.PlanAgreed: _plan,
    p.InterestPaused: _pause,
    p.ExtensionAgreed: _extension,
    p.Waiver: _waiver,
}

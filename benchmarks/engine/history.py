"""A borrower with two products and as many months and events as wanted, made without chance."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from account_engine.catalogue.products import Products
from account_engine.domain.amortisation import split
from account_engine.domain.calendar import add_months
from account_engine.domain.events import PAYLOADS, Event
from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.payloads import (
    BillInstalmentBooked,
    BillIssued,
    LoanDisbursed,
    Payment,
    Refund,
    RepaymentMethod,
    ScoreReported,
)
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.terms import Contract

ROOT = Path(__file__).parents[2]
START = date(2023, 11, 1)
_KIND_OF = {payload: kind for kind, payload in PAYLOADS.items()}


@cache
def contracts() -> list[Contract]:
    """One 花呗-like and one 借呗-like contract."""
    products = Products.load(ROOT / "data" / "products")
    return [
        Contract("bills", "b", products.latest("huabei_like"), "lender", START),
        Contract("loan", "b", products.latest("jiebei_like"), "lender", START),
    ]


class History:
    """Collects events with ids in order."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def add(self, account: str | None, on: date, payload: Any) -> None:
        """Append one event."""
        number = len(self.events)
        booked = datetime(on.year, on.month, on.day, 12, tzinfo=timezone.utc)
        kind = _KIND_OF[type(payload)]
        self.events.append(Event(f"e{number:07d}", "b", account, kind, on, booked, payload))


def borrower(months: int = 36, events: int = 500) -> tuple[list[Contract], list[Event], date]:
    """Monthly bills and one long loan; every fourth month is paid late, in parts.

    A month has a bill, a returned purchase, three payments of what is due on the bills and two on
    the loan; every sixth bill is spread over six months; the rest, up to the number wanted, are
    scores.

    Args:
        months: length of the history.
        events: how many events in all.

    Returns:
        Contracts, events, and the day to look at them.
    """
    history = History()
    history.add(
        "loan",
        START,
        LoanDisbursed(
            "loan-1",
            Money.yuan("60000"),
            months,
            RepaymentMethod.EQUAL_INSTALMENT,
            add_months(START, 1, 20),
            Decimal("0.146"),
        ),
    )
    for month in range(months):
        _month(history, month)
    _fill(history, months, events)
    return contracts(), history.events[:events], add_months(START, months, 25)


def _month(history: History, month: int) -> None:
    statement = add_months(START, month + 1)
    late = timedelta(days=4 if month % 4 == 3 else 0)
    due = statement + timedelta(days=9)
    bill = BillIssued(f"bill-{month}", statement, due, Money(150000 + 1234 * month))
    history.add("bills", statement, bill)
    history.add("bills", statement, Refund(Money(5000), bill_id=bill.bill_id))
    if month % 6 == 5:
        booking = BillInstalmentBooked(
            f"spread-{month}", Money(60000), 6, add_months(due, 1), bill.bill_id
        )
        history.add("bills", statement, booking)
    _pay_what_is_due(history, "bills", due + late, 3)
    _pay_what_is_due(history, "loan", add_months(statement, 0, 20) + late, 2)


def _pay_what_is_due(history: History, account: str, on: date, parts: int) -> None:
    due = quote(fold(contracts(), history.events, on), QuoteKind.DUE_NOW, [account]).total
    for part in split(due.fen, parts):
        if part:
            history.add(account, on, Payment(Money(part)))


def _fill(history: History, months: int, events: int) -> None:
    """Scores of the borrower, one after another over the months, up to the number wanted."""
    last = 30 * months
    number = 0
    while len(history.events) < events:
        day = START + timedelta(days=5 * number % last)
        history.add(None, day, ScoreReported(600 + number % 100))
        number += 1

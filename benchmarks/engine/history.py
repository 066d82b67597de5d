"""A borrower with two products and as many months and events as wanted, made without chance."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

from account_engine.catalogue.products import Products
from account_engine.domain.calendar import add_months
from account_engine.domain.events import PAYLOADS, Event
from account_engine.domain.money import Money
from account_engine.domain.payloads import (
    BillIssued,
    LoanDisbursed,
    Payment,
    RepaymentMethod,
    ScoreReported,
)
from account_engine.domain.terms import Contract

ROOT = Path(__file__).parents[2]
START = date(2023, 11, 1)
_KIND_OF = {payload: kind for kind, payload in PAYLOADS.items()}


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
    """Bills and a long loan, paid in parts: some early, some on the day, some late.

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
    fixed = 1 + 2 * months
    payments = max(2, (events - fixed) // months)
    for month in range(months):
        _month(history, month, payments)
    while len(history.events) < events:
        day = START + timedelta(days=len(history.events) % (30 * months))
        history.add(None, day, ScoreReported(600 + len(history.events) % 100))
    return contracts(), history.events[:events], add_months(START, months, 25)


def _month(history: History, month: int, payments: int) -> None:
    statement = add_months(START, month + 1)
    amount = 150000 + 1234 * month
    due = statement + timedelta(days=9)
    history.add(
        "bills", statement, BillIssued(f"bill-{month}", statement, due, Money(amount))
    )
    history.add(None, statement, ScoreReported(640 + month))
    late = 5 if month % 2 else 0
    share, rest = divmod(amount + 300 * (late > 0), payments // 2)
    for number in range(payments // 2):
        day = due + timedelta(days=late - number % 3)
        last = number == payments // 2 - 1
        history.add("bills", day, Payment(Money(share + (rest if last else 0))))
    loan_due = add_months(statement, 0, 20)
    instalment, count = 207500, payments - payments // 2
    share, rest = divmod(instalment, count)
    for number in range(count):
        day = loan_due + timedelta(days=(4 if month % 2 else 0) - number % 3)
        history.add("loan", day, Payment(Money(share + (rest if number == 0 else 0))))

"""A loan whose first row is ten days late, and somebody to negotiate with about it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from account_engine.catalogue.products import Products
from account_engine.domain.events import (
    Event,
    EventKind,
    EventPayload,
    LoanDisbursed,
    Payment,
    RepaymentMethod,
    ScheduledRow,
)
from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.negotiation.option import Proposal
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import HardshipKind
from account_engine.domain.state import BorrowerState
from account_engine.services.negotiation import Negotiation
from tests.unit.negotiation.debts import yuan
from tests.unit.negotiation.memory_store import MemoryStore

BEIJING = timezone(timedelta(hours=8))
PRODUCTS = Products.load(Path(__file__).resolve().parents[3] / "data" / "products")
NOON = datetime(2026, 11, 21, 12, tzinfo=BEIJING)
HARDSHIP = HardshipKind.UNEMPLOYMENT


def event(name: str, kind: EventKind, on: date, payload: EventPayload) -> Event:
    booked = datetime(on.year, on.month, on.day, 9, tzinfo=BEIJING)
    return Event(name, "somebody", "jiebei-1", kind, on, booked, payload)


def lent(first_due: date) -> list[Event]:
    """3,000.00 in three rows of 1,000.00, interest 36.00, 24.00 and 12.00, the lender's own."""
    dues = [first_due, date(2026, 12, 11), date(2027, 1, 11)]
    rows = tuple(
        ScheduledRow(number, due, yuan(1000), yuan(interest))
        for number, (due, interest) in enumerate(zip(dues, (36, 24, 12), strict=True), start=1)
    )
    loan = LoanDisbursed(
        "loan-1", yuan(3000), 3, RepaymentMethod.EQUAL_PRINCIPAL, first_due, None, rows
    )
    return [event("loan-1", EventKind.LOAN_DISBURSED, first_due - timedelta(days=31), loan)]


def paid(name: str, amount: Money, on: date) -> Event:
    return event(name, EventKind.PAYMENT, on, Payment(amount))


def later(days: int = 0, hours: int = 0) -> datetime:
    return NOON + timedelta(days=days, hours=hours)


def state(store: MemoryStore, as_of: date = date(2026, 11, 21)) -> BorrowerState:
    with store.read() as reader:
        stream = reader.stream("somebody")
    return fold(stream.contracts, stream.events, as_of)


def extended(desk: Negotiation, now: datetime = NOON) -> Proposal:
    return desk.propose("somebody", Wishes(extension_days=10), now)


def instalments(desk: Negotiation, now: datetime = NOON) -> Proposal:
    wishes = Wishes(terms=3, first_date=date(2026, 12, 1), hardship=HARDSHIP)
    return desk.propose("somebody", wishes, now)


def events_of(store: MemoryStore) -> list[EventKind]:
    return [one.kind for one in store.tables.events["somebody"]]

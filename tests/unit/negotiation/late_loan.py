"""A loan whose first row is ten days late on 2026-11-21, and what is wished and paid for it."""

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
from account_engine.domain.negotiation.option import Option, Proposal
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import HardshipKind
from account_engine.domain.state import BorrowerState
from account_engine.domain.terms import Contract
from account_engine.ports import BorrowerProfile
from account_engine.services.negotiation import Negotiation
from tests.unit.negotiation.debts import yuan
from tests.unit.negotiation.memory_store import MemoryStore

BEIJING = timezone(timedelta(hours=8))
NOON = datetime(2026, 11, 21, 12, tzinfo=BEIJING)
TODAY = NOON.date()
PRODUCTS = Products.load(Path(__file__).resolve().parents[3] / "data" / "products")
BORROWER = "somebody"
LOAN = "jiebei-1"
HARDSHIP = HardshipKind.UNEMPLOYMENT
DUE = date(2026, 11, 11)
"""When the first row falls due, unless a test says otherwise."""


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BEIJING)


def later(days: int = 0, hours: int = 0) -> datetime:
    return NOON + timedelta(days=days, hours=hours)


def event(name: str, kind: EventKind, on: date, payload: EventPayload) -> Event:
    return Event(name, BORROWER, LOAN, kind, on, at(on, 9), payload)


def paid(name: str, amount: str, on: date, towards: str | None = None) -> Event:
    return event(name, EventKind.PAYMENT, on, Payment(yuan(amount), towards=towards))


def lent(first_due: date = DUE) -> list[Event]:
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


def late_loan(vulnerable: tuple[str, ...] = ()) -> MemoryStore:
    """A store with the loan, nothing paid.

    Penalty: 1.5 × 0.04% = 0.06% a day on overdue principal.
    """
    contract = Contract(
        account_id=LOAN,
        borrower_id=BORROWER,
        terms=PRODUCTS.latest("jiebei_like"),
        lender_name="示例消费金融公司",
        signed_on=date(2026, 1, 5),
    )
    store = MemoryStore()
    profile = BorrowerProfile(BORROWER, "某先生", "138****0000", vulnerable=vulnerable)
    store.add(profile, [contract], lent())
    return store


def store_event(store: MemoryStore, *events: Event) -> None:
    with store.write() as writer:
        writer.append(BORROWER, events)


def state_of(store: MemoryStore, as_of: date = TODAY) -> BorrowerState:
    with store.read() as reader:
        stream = reader.stream(BORROWER)
    return fold(stream.contracts, stream.events, as_of)


def state_without(store: MemoryStore, dropped: set[str], as_of: date) -> BorrowerState:
    """The state of the same history without some events."""
    with store.read() as reader:
        stream = reader.stream(BORROWER)
    kept = [one for one in stream.events if one.event_id not in dropped]
    return fold(stream.contracts, kept, as_of)


def kinds(store: MemoryStore) -> list[EventKind]:
    return [one.kind for one in store.tables.events[BORROWER]]


def extended(desk: Negotiation, now: datetime = NOON) -> Proposal:
    return desk.propose(BORROWER, Wishes(extension_days=10), now)


def instalments(desk: Negotiation, now: datetime = NOON) -> Proposal:
    """Three rows from 2026-12-01 on; half of the penalty of 6.00 is waived on completion."""
    wishes = Wishes(terms=3, first_date=date(2026, 12, 1), hardship=HARDSHIP)
    return desk.propose(BORROWER, wishes, now)


def three_rows(desk: Negotiation, now: datetime = NOON) -> Option:
    return instalments(desk, now).options[0]

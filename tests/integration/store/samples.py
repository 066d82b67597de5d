"""A borrower with one account, and payments to put into it."""

from __future__ import annotations

from datetime import date, datetime, timezone

from account_engine.domain.events import Event, EventKind
from account_engine.domain.money import Money
from account_engine.domain.payloads import Payment
from account_engine.domain.terms import Contract, ProductKind, ProductTerms
from account_engine.ports import NewBorrower
from account_engine.store.codec import ContractCodec
from account_engine.store.sql_store import SqlStore

TERMS = ProductTerms("huabei_like", 1, "demo", "花呗", ProductKind.REVOLVING, "示例消费金融")
CODEC = ContractCodec(lambda _product, _version: TERMS)
BOOKED = datetime(2026, 10, 13, 2, 30, 15, 123456, tzinfo=timezone.utc)


def contract(account_id: str = "a1", borrower_id: str = "b1") -> Contract:
    return Contract(account_id, borrower_id, TERMS, "示例消费金融", date(2025, 1, 1))


def payment(
    event_id: str, yuan: str = "10.00", borrower_id: str = "b1", account_id: str | None = "a1"
) -> Event:
    payload = Payment(Money.yuan(yuan), channel="app")
    kind = EventKind.PAYMENT
    return Event(event_id, borrower_id, account_id, kind, date(2026, 10, 13), BOOKED, payload)


def with_borrower(store: SqlStore, borrower_id: str = "b1", account_id: str = "a1") -> SqlStore:
    with store.write() as writer:
        writer.add_borrower(NewBorrower(borrower_id, "甲", "13800000001"))
        writer.add_contract(contract(account_id, borrower_id))
    return store

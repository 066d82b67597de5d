"""A new bill for every account that gets bills, as a lender sends them at a month's change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random

from sqlalchemy import select

from account_engine.domain.events import BillIssued, Event, EventKind
from account_engine.domain.money import Money
from account_engine.services.clock import BUSINESS_ZONE
from account_engine.store import tables
from account_engine.store.bulk import append_bulk
from account_engine.store.database import Isolation
from account_engine.store.sql_store import SqlStore

_AT_ONCE = 2_000
_BILLED = "-h"
"""How the generator's accounts with bills end."""


def send_bills(store: SqlStore, on: date) -> int:
    """Store one bill an account; return how many."""
    columns = tables.contracts.c
    with store.read() as reader:
        query = select(columns.borrower_id, columns.account_id).order_by(columns.account_id)
        accounts = [
            (row[0], row[1]) for row in reader.connection.execute(query) if row[1].endswith(_BILLED)
        ]
    bills = _bills(accounts, on)
    while some := list(islice(bills, _AT_ONCE)):
        with store.write(Isolation.ROWS) as writer:
            append_bulk(writer.connection, some)
    return len(accounts)


def _bills(accounts: list[tuple[str, str]], on: date) -> Iterator[Event]:
    amounts = Random(1)
    booked = datetime.combine(on, time(1), BUSINESS_ZONE)
    for borrower_id, account_id in accounts:
        bill_id = f"{account_id}-b{on:%y%m}"
        amount = Money(amounts.randrange(1_200, 900_000))
        bill = BillIssued(bill_id, on, on + timedelta(days=9), amount)
        yield Event(bill_id, borrower_id, account_id, EventKind.BILL_ISSUED, on, booked, bill)

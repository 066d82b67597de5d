"""Filling a database with an invented portfolio of any size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from account_engine.catalogue.products import Products
from account_engine.portfolio.people import Person, people
from account_engine.store import tables
from account_engine.store.chain import GENESIS
from account_engine.store.codec import ContractCodec, chain_rows, content_hash, event_to_row
from account_engine.store.database import Isolation
from account_engine.store.lookups import heads_for_update
from account_engine.store.payload_codec import canonical
from account_engine.store.sql_store import SqlStore

BILL_PRODUCT = "huabei_like"
LOAN_PRODUCT = "jiebei_like"
_AT_ONCE = 1_000


def generate(
    store: SqlStore,
    products: Products,
    count: int,
    seed: int,
    today: date,
    progress: Callable[[int], None] = lambda _borrowers: None,
) -> int:
    """Store borrowers 1 to `count` of the portfolio of a seed; return how many events were added.

    Borrowers that are there already are left alone, so that a generation that was interrupted can
    be finished, and a portfolio can be made larger.
    """
    bills, loans = products.latest(BILL_PRODUCT), products.latest(LOAN_PRODUCT)
    everybody: Iterator[Person] = people(count, seed, today, bills, loans)
    added = 0
    while some := list(islice(everybody, _AT_ONCE)):
        with store.write(Isolation.ROWS) as writer:
            added += _store(writer.connection, some, store.contracts)
        progress(len(some))
    return added


def _store(connection: Connection, some: Sequence[Person], codec: ContractCodec) -> int:
    known = heads_for_update(connection, [one.profile.borrower_id for one in some])
    fresh = [one for one in some if one.profile.borrower_id not in known]
    if not fresh:
        return 0
    borrowers: list[dict[str, Any]] = []
    contracts: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for one in fresh:
        rows = [event_to_row(event) for event in one.events]
        borrowers.append(_borrower_row(one, len(rows), chain_rows(rows, 0, GENESIS)))
        contracts.extend(_contract_rows(one, codec))
        events.extend(rows)
    connection.execute(insert(tables.borrowers), borrowers)
    connection.execute(insert(tables.contracts), contracts)
    if events:
        connection.execute(insert(tables.events), events)
    return len(events)


def _borrower_row(one: Person, version: int, head: bytes) -> dict[str, Any]:
    return {
        "borrower_id": one.profile.borrower_id,
        "display_name": one.profile.display_name,
        "phone": one.profile.phone,
        "vulnerable": canonical([]),
        "story": "",
        "version": version,
        "chain_hash": head,
        "sealed_version": 0,
    }


def _contract_rows(one: Person, codec: ContractCodec) -> Iterator[dict[str, Any]]:
    for contract in one.contracts:
        content = codec.dump(contract)
        yield {
            "account_id": contract.account_id,
            "borrower_id": contract.borrower_id,
            "content": content,
            "content_hash": content_hash(content),
        }

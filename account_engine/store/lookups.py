"""Looking many keys up with few statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.engine import Connection

from account_engine.store import tables

Item = TypeVar("Item")

_KEYS_PER_QUERY = 500
"""SQLite allows 999 parameters in older builds; half of it leaves room."""


def chunks(items: Sequence[Item], size: int = _KEYS_PER_QUERY) -> Iterator[Sequence[Item]]:
    """Yield `items` in pieces of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def stored_hashes(connection: Connection, event_ids: Sequence[str]) -> dict[str, bytes]:
    """Return {event id: content hash} of those events that are stored."""
    columns = tables.events.c
    found: dict[str, bytes] = {}
    for some in chunks(event_ids):
        query = select(columns.event_id, columns.content_hash).where(columns.event_id.in_(some))
        found.update((row[0], bytes(row[1])) for row in connection.execute(query))
    return found


def heads_for_update(
    connection: Connection, borrower_ids: Sequence[str]
) -> dict[str, tuple[int, bytes]]:
    """Return {borrower id: (version, chain hash)}; on PostgreSQL with the rows locked."""
    columns = tables.borrowers.c
    found: dict[str, tuple[int, bytes]] = {}
    for some in chunks(sorted(borrower_ids)):
        query = select(columns.borrower_id, columns.version, columns.chain_hash).where(
            columns.borrower_id.in_(some)
        )
        if connection.dialect.name == "postgresql":
            # Always in key order, so that two writers cannot wait for each other.
            query = query.order_by(columns.borrower_id).with_for_update()
        found.update((row[0], (row[1], bytes(row[2]))) for row in connection.execute(query))
    return found


def accounts_of(connection: Connection, borrower_ids: Sequence[str]) -> set[tuple[str, str]]:
    """Return the (borrower id, account id) pairs of some borrowers."""
    columns = tables.contracts.c
    found: set[tuple[str, str]] = set()
    for some in chunks(sorted(borrower_ids)):
        query = select(columns.borrower_id, columns.account_id).where(columns.borrower_id.in_(some))
        found.update((row[0], row[1]) for row in connection.execute(query))
    return found

"""Appending many events of many borrowers at once, each with an outcome of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Table, bindparam, insert, update
from sqlalchemy.engine import Connection

from account_engine.domain.events import Event
from account_engine.errors import (
    ConcurrentChange,
    ConflictingEvent,
    EngineError,
    UnknownAccount,
    UnknownBorrower,
)
from account_engine.ports import Ingested
from account_engine.store import tables
from account_engine.store.codec import chain_rows, event_to_row
from account_engine.store.lookups import accounts_of, heads_for_update, stored_hashes

Outcome = Ingested | EngineError


def insert_rows(
    connection: Connection,
    table: Table,
    rows: Sequence[NamedTuple],
    instead_of: str | None = None,
) -> None:
    """Insert rows as the driver takes them: one way through SQLAlchemy costs twice as much.

    Args:
        connection: an open transaction.
        table: where to.
        rows: their fields are named as the columns; days are ISO text.
        instead_of: the key of a row that gives way to a new one with the same key.
    """
    if not rows:
        return
    names = rows[0]._fields
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    values = ", ".join([mark] * len(names))
    # Names of columns in this package, no values.
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({values})"  # noqa: S608
    if instead_of is not None:
        others = ", ".join(f"{name} = excluded.{name}" for name in names if name != instead_of)
        statement += f" ON CONFLICT ({instead_of}) DO UPDATE SET {others}"
    connection.exec_driver_sql(statement, rows)


def append_bulk(connection: Connection, events: Sequence[Event]) -> list[Outcome]:
    """Append what can be appended; return for each event what became of it, in order.

    A few statements for all events together. A wrong event is returned as the error it causes
    and does not keep the others out: the caller decides whether to commit.
    """
    heads = heads_for_update(connection, list({event.borrower_id for event in events}))
    accounts = accounts_of(connection, list(heads))
    stored = stored_hashes(connection, [event.event_id for event in events])
    outcomes: list[Outcome] = []
    rows: list[dict[str, Any]] = []
    moved: dict[str, int] = {}
    for event in events:
        wrong = _check(event, heads, accounts)
        if wrong is not None:
            outcomes.append(wrong)
            continue
        row = event_to_row(event)
        outcome = _compare(stored, event.event_id, row["content_hash"])
        outcomes.append(outcome)
        if outcome is Ingested.APPENDED:
            version, head = heads[event.borrower_id]
            moved.setdefault(event.borrower_id, version)
            chain_rows([row], version, head)
            heads[event.borrower_id] = (row["version"], row["chain_hash"])
            rows.append(row)
    if rows:
        advance(connection, {key: (moved[key], *heads[key]) for key in moved})
        connection.execute(insert(tables.events), rows)
    return outcomes


def advance(connection: Connection, heads: dict[str, tuple[int, int, bytes]]) -> None:
    """Move borrowers from one version to another: {id: (old version, new version, head)}.

    Raises ConcurrentChange when any of them has moved since it was read.
    """
    columns = tables.borrowers.c
    change = (
        update(tables.borrowers)
        .where(columns.borrower_id == bindparam("key"), columns.version == bindparam("was"))
        .values(version=bindparam("now"), chain_hash=bindparam("head"))
    )
    values = [
        {"key": key, "was": was, "now": now, "head": head}
        for key, (was, now, head) in heads.items()
    ]
    if connection.dialect.name == "sqlite":
        # SQLite's writer holds the database: nobody can have moved them, a count is enough.
        done = connection.execute(change, values).rowcount
    else:
        done = sum(connection.execute(change, value).rowcount for value in values)
    if done != len(values):
        raise ConcurrentChange("a borrower's history has moved on")


def _check(
    event: Event, heads: dict[str, tuple[int, bytes]], accounts: set[tuple[str, str]]
) -> EngineError | None:
    if event.borrower_id not in heads:
        return UnknownBorrower("no borrower has this id", "borrower_id")
    if event.account_id is not None and (event.borrower_id, event.account_id) not in accounts:
        return UnknownAccount("the borrower has no such account", "account_id")
    return None


def _compare(stored: dict[str, bytes], event_id: str, content_hash: bytes) -> Outcome:
    known = stored.get(event_id)
    if known is None:
        stored[event_id] = content_hash
        return Ingested.APPENDED
    if known == content_hash:
        return Ingested.DUPLICATE
    return ConflictingEvent("this event id is taken by other content", "event_id")

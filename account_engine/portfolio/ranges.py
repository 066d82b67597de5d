"""Reading a portfolio in key ranges, one borrower after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from account_engine.domain.events import Event
from account_engine.domain.terms import Contract
from account_engine.store import tables
from account_engine.store.codec import ContractCodec, event_from_row


@dataclass(frozen=True, slots=True)
class KeyRange:
    """Borrowers with `after` < id <= `upto`, as the database sorts; no upper end without `upto`."""

    number: int
    after: str
    upto: str | None


@dataclass(frozen=True, slots=True)
class StoredHistory:
    """One borrower's history as it was read."""

    borrower_id: str
    version: int
    contracts: tuple[Contract, ...]
    events: tuple[Event, ...]


def split(connection: Connection, size: int) -> list[KeyRange]:
    """Cut the whole portfolio into ranges of about `size` borrowers; at least one range."""
    key = tables.borrowers.c.borrower_id
    ends: list[str] = []
    last = ""
    while True:
        query = select(key).where(key > last).order_by(key).offset(size - 1).limit(1)
        end = connection.execute(query).scalar_one_or_none()
        if end is None:
            break
        ends.append(end)
        last = end
    starts = ["", *ends]
    return [
        KeyRange(number, start, upto)
        for number, (start, upto) in enumerate(zip(starts, [*ends, None], strict=True))
    ]


def histories(
    connection: Connection, keys: KeyRange, contracts: ContractCodec
) -> Iterator[StoredHistory]:
    """Yield the borrowers of a range in key order."""
    heads = connection.execute(
        _within(select(tables.borrowers.c.borrower_id, tables.borrowers.c.version),
                tables.borrowers.c.borrower_id, keys)
    ).all()  # fmt: skip
    agreed = _contracts(connection, keys, contracts)
    events = _Grouped(_event_rows(connection, keys))
    for borrower_id, version in heads:
        yield StoredHistory(
            borrower_id,
            version,
            tuple(agreed.get(borrower_id, ())),
            tuple([event_from_row(*row) for row in events.of(borrower_id)]),
        )


def in_range(column: Any, keys: KeyRange) -> list[ColumnElement[bool]]:
    """Return the conditions that a key column is within a range."""
    conditions = [column > keys.after]
    if keys.upto is not None:
        conditions.append(column <= keys.upto)
    return conditions


def _within(query: Any, column: Any, keys: KeyRange) -> Any:
    return query.where(*in_range(column, keys)).order_by(column)


def _contracts(
    connection: Connection, keys: KeyRange, codec: ContractCodec
) -> dict[str, list[Contract]]:
    columns = tables.contracts.c
    query = _within(select(columns.borrower_id, columns.content), columns.borrower_id, keys)
    found: dict[str, list[Contract]] = {}
    for borrower_id, content in connection.execute(query.order_by(columns.account_id)):
        found.setdefault(borrower_id, []).append(codec.load(content))
    return found


def _event_rows(connection: Connection, keys: KeyRange) -> Iterator[Any]:
    columns = tables.events.c
    query = _within(
        select(
            columns.borrower_id,
            columns.event_id,
            columns.account_id,
            columns.kind,
            columns.value_date,
            columns.booked_at_us,
            columns.payload,
        ),
        columns.borrower_id,
        keys,
    ).order_by(columns.version)
    return iter(connection.execute(query))


class _Grouped:
    """Rows sorted by their first column, handed out key by key without holding them all."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, key: str) -> list[Any]:
        """Return the rows of `key`. Keys are asked for in the order of the rows."""
        found = []
        while self._next is not None and self._next[0] == key:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found

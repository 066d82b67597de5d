"""Reading a portfolio in key ranges, one borrower after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement, Select

from account_engine.domain.events import Event
from account_engine.domain.records import quickly_made
from account_engine.domain.terms import Contract
from account_engine.store import tables
from account_engine.store.codec import ContractCodec, events_from_driver
from account_engine.store.lookups import chunks


@dataclass(frozen=True, slots=True)
class KeyRange:
    """Borrowers with `after` < id <= `upto`, as the database sorts; no upper end without `upto`."""

    number: int
    after: str
    upto: str | None


@quickly_made
@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a borrower before reading their history; None: never swept."""

    borrower_id: str
    version: int
    swept_version: int | None
    quiet_until: date | None
    labels: str | None

    @property
    def stage(self) -> tuple[int | None, date | None, str | None]:
        """What the last night left: version, end of the quiet time, labels."""
        return self.swept_version, self.quiet_until, self.labels


@quickly_made
@dataclass(frozen=True, slots=True)
class StoredHistory:
    """One borrower's contracts and events."""

    borrower_id: str
    contracts: tuple[Contract, ...]
    events: tuple[Event, ...]


_ROWS_AT_ONCE = 500
_NOBODY: tuple[str | None, tuple[Event, ...]] = (None, ())
_BORROWER: Callable[[Sequence[Any]], str] = itemgetter(0)

Conditions = Callable[[Any], list[ColumnElement[bool]]]


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


def standings(connection: Connection, keys: KeyRange) -> list[Standing]:
    """Return what is known of every borrower of a range, in key order."""
    heads, stages = tables.borrowers.c, tables.stages.c
    query = select(
        heads.borrower_id, heads.version, stages.version, stages.quiet_until, stages.content
    ).select_from(
        tables.borrowers.outerjoin(tables.stages, heads.borrower_id == stages.borrower_id)
    )
    within = query.where(*_in_range(heads.borrower_id, keys))
    return [Standing(*row) for row in connection.execute(within.order_by(heads.borrower_id))]


def histories(
    connection: Connection,
    keys: KeyRange,
    everybody: Sequence[str],
    wanted: Sequence[str],
    contracts: ContractCodec,
) -> Iterator[StoredHistory]:
    """Yield the histories of the `wanted` borrowers among `everybody` in a range, in key order.

    When most are wanted the range is read in one stride, else only theirs are looked up.
    """
    if 2 * len(wanted) > len(everybody):
        within = partial(_in_range, keys=keys)
        yield from _read(connection, everybody, set(wanted), within, contracts)
        return
    for some in chunks(wanted):
        yield from _read(connection, some, set(some), partial(_one_of, keys=some), contracts)


def events_since_swept(connection: Connection, keys: KeyRange) -> dict[str, tuple[Event, ...]]:
    """Return what came in for each borrower of a range since they were swept."""
    events, stages = tables.events.c, tables.stages.c
    newer = and_(events.borrower_id == stages.borrower_id, events.version > stages.version)
    query = _event_columns().select_from(tables.stages.join(tables.events, newer))
    within = query.where(*_in_range(stages.borrower_id, keys)).order_by(stages.borrower_id)
    told = events_from_driver(connection.execute(within).cursor.fetchall())
    by_borrower = groupby(told, attrgetter("borrower_id"))
    return {borrower_id: tuple(some) for borrower_id, some in by_borrower}


def _read(
    connection: Connection,
    everybody: Sequence[str],
    wanted: set[str],
    within: Conditions,
    codec: ContractCodec,
) -> Iterator[StoredHistory]:
    agreed = _contracts(connection, within, codec)
    only = None if len(wanted) == len(everybody) else wanted
    told = _events(connection, within, only)
    teller, events = next(told, _NOBODY)
    for borrower_id in everybody:
        if borrower_id not in wanted:
            continue
        theirs: tuple[Event, ...] = ()
        if teller == borrower_id:
            theirs = events
            teller, events = next(told, _NOBODY)
        yield StoredHistory(borrower_id, tuple(agreed.get(borrower_id, ())), theirs)


def _in_range(column: Any, keys: KeyRange) -> list[ColumnElement[bool]]:
    conditions = [column > keys.after]
    if keys.upto is not None:
        conditions.append(column <= keys.upto)
    return conditions


def _one_of(column: Any, keys: Sequence[str]) -> list[ColumnElement[bool]]:
    return [column.in_(keys)]


def _contracts(
    connection: Connection, within: Conditions, codec: ContractCodec
) -> dict[str, list[Contract]]:
    columns = tables.contracts.c
    query = select(columns.borrower_id, columns.content).where(*within(columns.borrower_id))
    rows = connection.execute(query.order_by(columns.account_id)).cursor.fetchall()
    found: dict[str, list[Contract]] = {}
    for row, contract in zip(rows, codec.load_all([row[1] for row in rows]), strict=True):
        found.setdefault(row[0], []).append(contract)
    return found


def _events(
    connection: Connection, within: Conditions, only: set[str] | None
) -> Iterator[tuple[str, tuple[Event, ...]]]:
    """Yield borrowers (None: all) with their events as they were stored."""
    columns = tables.events.c
    query = _event_columns().where(*within(columns.borrower_id))
    cursor = connection.execute(query.order_by(columns.borrower_id, columns.version)).cursor
    # Whose events the last rows were; more of them may follow.
    teller: str = ""
    told: tuple[Event, ...] = ()
    for rows in iter(partial(cursor.fetchmany, _ROWS_AT_ONCE), []):
        if only is not None:
            rows = [row for row in rows if row[0] in only]
        events, start = events_from_driver(rows), 0
        for borrower_id, count in Counter(map(_BORROWER, rows)).items():
            some = events[start : start + count]
            start += count
            if borrower_id == teller:
                told += some
                continue
            if told:
                yield teller, told
            teller, told = borrower_id, some
    if told:
        yield teller, told


def _event_columns() -> Select:
    columns = tables.events.c
    return select(
        columns.borrower_id,
        columns.event_id,
        columns.account_id,
        columns.kind,
        columns.value_date,
        columns.booked_at_us,
        columns.payload,
    )

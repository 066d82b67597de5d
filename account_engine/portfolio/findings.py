"""What a batch of the nightly pass found, and how it is stored in one go."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection

from account_engine.domain.events import Event
from account_engine.portfolio.notices import AHEAD, Notice
from account_engine.store import tables
from account_engine.store.bulk import append_bulk, insert_rows
from account_engine.store.lookups import chunks


class Stage(NamedTuple):
    """A row of the stages: labels of a borrower, and until when nothing changes by itself."""

    borrower_id: str
    swept_on: str
    version: int
    quiet_until: str | None
    content: str


@dataclass(slots=True)
class Found:
    """What a batch is going to store."""

    borrowers: int = 0
    messages: list[Notice] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    snapshots: list[dict[str, Any]] = field(default_factory=list)


def is_done(connection: Connection, today: date, number: int) -> bool:
    """Tell whether a range of a night was done before."""
    columns = tables.sweep_batches.c
    query = select(columns.done).where(columns.business_date == today, columns.number == number)
    return bool(connection.execute(query).scalar_one())


def mark_done(connection: Connection, today: date, number: int, found: Found) -> bool:
    """Mark a range of a night as done; False when somebody else has."""
    columns = tables.sweep_batches.c
    change = (
        update(tables.sweep_batches)
        .where(columns.business_date == today, columns.number == number, columns.done == 0)
        .values(
            done=1,
            borrowers=found.borrowers,
            messages=len(found.messages),
            events=len(found.events),
        )
    )
    return bool(connection.execute(change).rowcount == 1)


def not_told_yet(connection: Connection, found: list[Notice]) -> list[Notice]:
    """Leave out what an earlier night has told already."""
    ahead = [message.message_id for message in found if message.kind in AHEAD]
    column = tables.outbox.c.message_id
    told = {
        row[0]
        for some in chunks(ahead)
        for row in connection.execute(select(column).where(column.in_(some)))
    }
    return [message for message in found if message.message_id not in told]


def store_found(connection: Connection, found: Found) -> None:
    """Store stages, messages, snapshots and events, a few statements each."""
    insert_rows(connection, tables.stages, found.stages, instead_of="borrower_id")
    insert_rows(connection, tables.outbox, found.messages)
    if found.snapshots:
        mine = delete(tables.snapshots).where(tables.snapshots.c.borrower_id == bindparam("key"))
        connection.execute(mine, [{"key": row["borrower_id"]} for row in found.snapshots])
        connection.execute(insert(tables.snapshots), found.snapshots)
    if found.events:
        append_bulk(connection, found.events)

"""What a batch of the nightly pass found, and how it is stored in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection

from account_engine.domain.events import Event
from account_engine.portfolio.notices import AHEAD
from account_engine.ports import OutboxMessage
from account_engine.store import tables
from account_engine.store.bulk import append_bulk
from account_engine.store.lookups import chunks
from account_engine.store.payload_codec import canonical


@dataclass(slots=True)
class Found:
    """What a batch is going to store."""

    borrowers: int = 0
    messages: list[OutboxMessage] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    new_stages: list[dict[str, Any]] = field(default_factory=list)
    moved_stages: list[dict[str, Any]] = field(default_factory=list)
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


def not_told_yet(connection: Connection, found: list[OutboxMessage]) -> list[OutboxMessage]:
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
    columns = tables.stages.c
    values = {
        "swept_on": bindparam("day"),
        "version": bindparam("seen"),
        "quiet_until": bindparam("quiet"),
        "content": bindparam("text"),
    }
    if found.new_stages:
        fresh = insert(tables.stages).values(borrower_id=bindparam("key"), **values)
        connection.execute(fresh, found.new_stages)
    if found.moved_stages:
        moved = update(tables.stages).where(columns.borrower_id == bindparam("key"))
        connection.execute(moved.values(**values), found.moved_stages)
    if found.messages:
        connection.execute(insert(tables.outbox), list(_outbox_rows(found.messages)))
    if found.snapshots:
        mine = delete(tables.snapshots).where(tables.snapshots.c.borrower_id == bindparam("key"))
        connection.execute(mine, [{"key": row["borrower_id"]} for row in found.snapshots])
        connection.execute(insert(tables.snapshots), found.snapshots)
    if found.events:
        append_bulk(connection, found.events)


def _outbox_rows(found: Iterable[OutboxMessage]) -> Iterable[dict[str, Any]]:
    for message in found:
        yield {
            "message_id": message.message_id,
            "business_date": message.business_date,
            "borrower_id": message.borrower_id,
            "account_id": message.account_id,
            "kind": message.kind,
            "content": canonical(message.content),
        }

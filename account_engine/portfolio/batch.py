"""One batch of the nightly pass: read a key range, fold it, store what changed, in one go.

Marking the batch as done and storing what it found is one transaction. A batch that was killed
leaves nothing; a batch that is run twice finds itself done and stores nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection

from account_engine.domain.events import Event
from account_engine.domain.fold import fold
from account_engine.domain.state import BorrowerState
from account_engine.portfolio.labels import dump_labels, labels_of, load_labels
from account_engine.portfolio.notices import (
    AHEAD,
    NoticeRule,
    broken_plan_message,
    broken_plans,
    messages,
)
from account_engine.portfolio.ordinary import quiet_after
from account_engine.portfolio.quiet import quiet_until, until_next_event
from account_engine.portfolio.ranges import (
    KeyRange,
    Standing,
    StoredHistory,
    events_since_swept,
    histories,
    standings,
)
from account_engine.ports import OutboxMessage
from account_engine.store import tables
from account_engine.store.bulk import append_bulk
from account_engine.store.codec import ContractCodec
from account_engine.store.database import reading, writing
from account_engine.store.failpoints import reached
from account_engine.store.lookups import chunks
from account_engine.store.payload_codec import canonical
from account_engine.store.sql_store import SqlStore
from account_engine.store.state_codec import FOLD_VERSION, dump_state


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What one batch did. `borrowers` is 0 when the batch had been done before."""

    number: int
    borrowers: int
    messages: int
    events: int


@dataclass(slots=True)
class _Found:
    """What a batch is going to store."""

    borrowers: int = 0
    messages: list[OutboxMessage] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    new_stages: list[dict[str, Any]] = field(default_factory=list)
    moved_stages: list[dict[str, Any]] = field(default_factory=list)
    snapshots: list[dict[str, Any]] = field(default_factory=list)


class Looking(str, Enum):
    """Whom a sweep looks at."""

    WHOEVER_MAY_HAVE_CHANGED = "whoever_may_have_changed"
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Night:
    """One business date's sweep: the day, whom to look at, how far ahead to tell."""

    business_date: date
    looking: Looking = Looking.WHOEVER_MAY_HAVE_CHANGED
    rule: NoticeRule = field(default_factory=NoticeRule)


def run_batch(store: SqlStore, codec: ContractCodec, night: Night, keys: KeyRange) -> BatchResult:
    """Sweep the borrowers of one key range."""
    with reading(store.engine) as connection:
        if _is_done(connection, night.business_date, keys.number):
            return BatchResult(keys.number, 0, 0, 0)
        found = _look(connection, codec, night, keys)
    reached("sweep-before-write")
    with writing(store.engine) as connection:
        found.messages = _not_told_yet(connection, found.messages)
        if not _mark_done(connection, night.business_date, keys.number, found):
            return BatchResult(keys.number, 0, 0, 0)
        _store(connection, found)
        reached("sweep-before-commit")
    reached("sweep-after-commit")
    return BatchResult(keys.number, found.borrowers, len(found.messages), len(found.events))


def _look(connection: Connection, codec: ContractCodec, night: Night, keys: KeyRange) -> _Found:
    known = {standing.borrower_id: standing for standing in standings(connection, keys)}
    found = _Found(borrowers=len(known))
    wanted = [one for one in known.values() if _may_have_changed(one, night)]
    wanted = _without_ordinary(connection, keys, wanted, night, found)
    for history in histories(
        connection, keys, list(known), [one.borrower_id for one in wanted], codec
    ):
        _fold_one(history, known[history.borrower_id], night, found)
    return found


def _may_have_changed(standing: Standing, night: Night) -> bool:
    return (
        night.looking is Looking.EVERYBODY
        or standing.swept_version != standing.version
        or standing.quiet_until is None
        or standing.quiet_until <= night.business_date
    )


def _without_ordinary(
    connection: Connection, keys: KeyRange, wanted: list[Standing], night: Night, found: _Found
) -> list[Standing]:
    """Leave out whoever only had ordinary news, and keep until when they are quiet now."""
    if night.looking is Looking.EVERYBODY or not any(_was_quiet(one, night) for one in wanted):
        return wanted
    news = events_since_swept(connection, keys)
    left: list[Standing] = []
    for one in wanted:
        quiet = None
        if one.quiet_until is not None and one.labels is not None and _was_quiet(one, night):
            events = news.get(one.borrower_id, ())
            quiet = quiet_after(
                one.quiet_until, one.labels, events, night.business_date, night.rule
            )
        if quiet is None:
            left.append(one)
        else:
            row = _stage_row(one.borrower_id, one.version, quiet, one.labels or "", night)
            found.moved_stages.append(row)
    return left


def _was_quiet(standing: Standing, night: Night) -> bool:
    """Whether only events that came in since can have changed anything."""
    return standing.quiet_until is not None and standing.quiet_until > night.business_date


def _stage_row(
    borrower_id: str, version: int, quiet: date | None, labels: str, night: Night
) -> dict[str, Any]:
    return {
        "key": borrower_id,
        "day": night.business_date,
        "seen": version,
        "quiet": quiet,
        "text": labels,
    }


def _fold_one(history: StoredHistory, standing: Standing, night: Night, found: _Found) -> None:
    state = fold(history.contracts, history.events, night.business_date)
    labels = labels_of(state)
    before = None if standing.labels is None else load_labels(standing.labels)
    found.messages.extend(messages(state, before, labels, night.rule))
    for event in broken_plans(state, {event.event_id for event in history.events}):
        found.events.append(event)
        found.messages.append(broken_plan_message(state, event))
    quiet = until_next_event(quiet_until(state, night.rule), history.events, night.business_date)
    if quiet is None or any(account.dpd for account in state.accounts):
        # Whoever is behind is who is talked to during the day.
        found.snapshots.append(_snapshot_row(state, standing.version))
    row = _stage_row(history.borrower_id, standing.version, quiet, dump_labels(labels), night)
    if standing.labels is None:
        found.new_stages.append(row)
    elif (standing.swept_version, standing.quiet_until, standing.labels) != (
        row["seen"],
        row["quiet"],
        row["text"],
    ):
        found.moved_stages.append(row)


def _snapshot_row(state: BorrowerState, version: int) -> dict[str, Any]:
    return {
        "borrower_id": state.borrower_id,
        "version": version,
        "as_of": state.as_of,
        "fold_version": FOLD_VERSION,
        "content": dump_state(state),
    }


def _is_done(connection: Connection, today: date, number: int) -> bool:
    columns = tables.sweep_batches.c
    query = select(columns.done).where(columns.business_date == today, columns.number == number)
    return bool(connection.execute(query).scalar_one())


def _mark_done(connection: Connection, today: date, number: int, found: _Found) -> bool:
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


def _not_told_yet(connection: Connection, found: list[OutboxMessage]) -> list[OutboxMessage]:
    """Leave out what an earlier night has told already."""
    ahead = [message.message_id for message in found if message.kind in AHEAD]
    column = tables.outbox.c.message_id
    told = {
        row[0]
        for some in chunks(ahead)
        for row in connection.execute(select(column).where(column.in_(some)))
    }
    return [message for message in found if message.message_id not in told]


def _store(connection: Connection, found: _Found) -> None:
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

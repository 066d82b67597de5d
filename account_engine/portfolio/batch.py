"""One batch of the nightly pass: read a key range, fold it, store what changed, in one go.

Marking the batch as done and storing what it found is one transaction. A batch that was killed
leaves nothing; a batch that is run twice finds itself done and stores nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from itertools import islice
from typing import Any

from sqlalchemy.engine import Connection

from account_engine.domain.fold import fold
from account_engine.domain.state import BorrowerState
from account_engine.portfolio.findings import (
    Found,
    Stage,
    is_done,
    mark_done,
    not_told_yet,
    store_found,
)
from account_engine.portfolio.labels import Labels, dump_labels, labels_of, load_labels
from account_engine.portfolio.notices import (
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
from account_engine.store.codec import ContractCodec
from account_engine.store.database import reading, writing
from account_engine.store.failpoints import reached
from account_engine.store.sql_store import SqlStore
from account_engine.store.state_codec import FOLD_VERSION, dump_state

_LONG = 200
"""Events from which on a snapshot pays.

To write one takes a tenth of a millisecond and more, every night; to read it instead of a history
of 30 events saves hardly twice that, of 500 events a millisecond, if somebody asks at all that day.
"""
_TOGETHER = 500
"""Borrowers who take each step together, which is a fifth cheaper than one after the other.

Code and data of a step stay in the processor's caches. More at once gain little and need memory.
"""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What one batch did. `borrowers` is 0 when the batch had been done before."""

    number: int
    borrowers: int
    messages: int
    events: int


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
        if is_done(connection, night.business_date, keys.number):
            return BatchResult(keys.number, 0, 0, 0)
        found = _look(connection, codec, night, keys)
    reached("sweep-before-write")
    with writing(store.engine) as connection:
        found.messages = not_told_yet(connection, found.messages)
        if not mark_done(connection, night.business_date, keys.number, found):
            return BatchResult(keys.number, 0, 0, 0)
        store_found(connection, found)
        reached("sweep-before-commit")
    reached("sweep-after-commit")
    return BatchResult(keys.number, found.borrowers, len(found.messages), len(found.events))


def _look(connection: Connection, codec: ContractCodec, night: Night, keys: KeyRange) -> Found:
    known = {standing.borrower_id: standing for standing in standings(connection, keys)}
    found = Found(borrowers=len(known))
    wanted = [one for one in known.values() if _may_have_changed(one, night)]
    wanted = _without_ordinary(connection, keys, wanted, night, found)
    told = histories(connection, keys, list(known), [one.borrower_id for one in wanted], codec)
    while some := list(islice(told, _TOGETHER)):
        _fold_all(some, [known[one.borrower_id] for one in some], night, found)
    return found


def _may_have_changed(standing: Standing, night: Night) -> bool:
    return (
        night.looking is Looking.EVERYBODY
        or standing.swept_version != standing.version
        or standing.quiet_until is None
        or standing.quiet_until <= night.business_date
    )


def _without_ordinary(
    connection: Connection, keys: KeyRange, wanted: list[Standing], night: Night, found: Found
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
            found.stages.append(
                _stage(one.borrower_id, one.version, quiet, one.labels or "", night)
            )
    return left


def _was_quiet(standing: Standing, night: Night) -> bool:
    """Whether only events that came in since can have changed anything."""
    return standing.quiet_until is not None and standing.quiet_until > night.business_date


def _stage(borrower_id: str, version: int, quiet: date | None, labels: str, night: Night) -> Stage:
    until = None if quiet is None else quiet.isoformat()
    return Stage(borrower_id, night.business_date.isoformat(), version, until, labels)


def _fold_all(
    some: Sequence[StoredHistory], standings: Sequence[Standing], night: Night, found: Found
) -> None:
    """Fold borrowers and keep what their night brings: one step for all, then the next."""
    day, rule = night.business_date, night.rule
    states = [
        fold(one.contracts, one.events, day, paid_rows=len(one.events) >= _LONG) for one in some
    ]
    labels = [labels_of(state) for state in states]
    texts = [dump_labels(one) for one in labels]
    for state, standing, now, text in zip(states, standings, labels, texts, strict=True):
        found.messages += messages(state, _before(standing, now, text), now, rule)
    for history, state in zip(some, states, strict=True):
        for event in broken_plans(state, history.events):
            found.events.append(event)
            found.messages.append(broken_plan_message(state, event))
    ends = [quiet_until(state, rule) for state in states]
    for history, state, standing, end, text in zip(
        some, states, standings, ends, texts, strict=True
    ):
        quiet = until_next_event(end, history.events, day)
        if len(history.events) >= _LONG and _is_read_by_day(state, quiet):
            found.snapshots.append(_snapshot_row(state, standing.version))
        if standing.stage != (standing.version, quiet, text):
            found.stages.append(_stage(history.borrower_id, standing.version, quiet, text, night))


def _before(standing: Standing, now: Labels, text: str) -> Labels | None:
    """Return the labels of the last night, None on the first; most are what they were."""
    if standing.labels is None:
        return None
    return now if standing.labels == text else load_labels(standing.labels)


def _is_read_by_day(state: BorrowerState, quiet: date | None) -> bool:
    """Whoever is behind is who is talked to during the day."""
    return quiet is None or any(account.dpd for account in state.accounts)


def _snapshot_row(state: BorrowerState, version: int) -> dict[str, Any]:
    return {
        "borrower_id": state.borrower_id,
        "version": version,
        "as_of": state.as_of,
        "fold_version": FOLD_VERSION,
        "content": dump_state(state),
    }

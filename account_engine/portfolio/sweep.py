"""The nightly pass over the whole portfolio, exactly once, on one machine or on a cluster."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from account_engine.catalogue.products import Products
from account_engine.errors import EngineError
from account_engine.portfolio.batch import BatchResult, Night, run_batch
from account_engine.portfolio.ranges import KeyRange, split
from account_engine.services.settings import Settings
from account_engine.store import tables
from account_engine.store.codec import ContractCodec
from account_engine.store.database import reading
from account_engine.store.seal import seal
from account_engine.store.sql_store import SqlStore

DEFAULT_BATCH = 1_000
"""Borrowers per transaction: long enough to be quick, short enough to lose little when killed."""


class NightOutOfOrder(EngineError):
    """A night cannot be swept after a later one: changes would be told backwards."""

    code = "night_out_of_order"


@dataclass(frozen=True, slots=True)
class SweepTask:
    """What a worker needs to know to run one batch, wherever it runs."""

    settings: Settings
    night: Night
    keys: KeyRange


@dataclass(frozen=True, slots=True)
class SweepReport:
    """Totals of one business date, all attempts together."""

    business_date: date
    borrowers: int
    messages: int
    events: int


Runner = Callable[[Iterable[SweepTask]], Iterator[BatchResult]]


def in_this_process(tasks: Iterable[SweepTask]) -> Iterator[BatchResult]:
    """Run the batches one after the other."""
    return map(run_task, tasks)


def run_task(task: SweepTask) -> BatchResult:
    """Run one batch with the store of this process."""
    store = _store_of(task.settings)
    with _without_collecting():
        return run_batch(store, store.contracts, task.night, task.keys)


def run_tasks(tasks: Sequence[SweepTask]) -> list[BatchResult]:
    """Run some batches one after the other; each is a transaction of its own all the same."""
    return [run_task(task) for task in tasks]


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Look for no cyclic garbage: a batch makes millions of records and hardly any cycle.

    The collector would otherwise go through all of them again and again, for a third of the time.
    What is left of a batch is found between two of them, when nearly all of it is gone already.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def sweep(
    settings: Settings,
    night: Night,
    runner: Runner = in_this_process,
    batch: int = DEFAULT_BATCH,
    progress: Callable[[BatchResult, int], None] = lambda _result, _batches: None,
) -> SweepReport:
    """Run whatever is left of a business date's sweep.

    The ranges are planned once per date and kept in the database, so that a sweep that was killed
    goes on where it stopped; one that is complete does nothing. At the end the heads of all event
    chains are sealed into the audit log.

    Args:
        settings: where the portfolio is; every worker must be able to reach it.
        night: the business date to sweep, and how.
        runner: how the batches are run.
        batch: borrowers per batch, for a new plan.
        progress: called after each batch with its result and the number of batches to run.

    Raises:
        NightOutOfOrder: a later date has been swept before.
    """
    store = _store_of(settings)
    store.require_schema()
    left = _plan(store, night.business_date, batch)
    tasks = (SweepTask(settings, night, keys) for keys in left)
    for result in runner(tasks):
        progress(result, len(left))
    seal(store, night.business_date.isoformat())
    return _report(store, night.business_date)


_stores: dict[Settings, SqlStore] = {}


def open_store(settings: Settings) -> None:
    """Open the store of this process; the first batch then need not."""
    _store_of(settings).require_schema()


def _store_of(settings: Settings) -> SqlStore:
    if settings not in _stores:
        products = Products.load(settings.data_dir / "products")
        _stores[settings] = SqlStore(settings.database_url, ContractCodec(products.terms))
    return _stores[settings]


def _plan(store: SqlStore, business_date: date, batch: int) -> list[KeyRange]:
    """Return the ranges that are left of a night, planning it first if nobody has."""
    return store.retrying(lambda writer: _plan_once(writer.connection, business_date, batch))


def _plan_once(connection: Connection, business_date: date, batch: int) -> list[KeyRange]:
    columns = tables.sweep_batches.c
    planned = select(columns.number, columns.after_key, columns.upto_key, columns.done).where(
        columns.business_date == business_date
    )
    rows = connection.execute(planned.order_by(columns.number)).all()
    if rows:
        return [KeyRange(row[0], row[1], row[2]) for row in rows if not row[3]]
    newest = connection.execute(select(func.max(columns.business_date))).scalar_one()
    if newest is not None and newest > business_date:
        raise NightOutOfOrder("a later night has been swept; nights only go forward", "date")
    ranges = split(connection, batch)
    nothing_yet = {"done": 0, "borrowers": 0, "messages": 0, "events": 0}
    connection.execute(
        insert(tables.sweep_batches),
        [
            {
                "business_date": business_date,
                "number": keys.number,
                "after_key": keys.after,
                "upto_key": keys.upto,
                **nothing_yet,
            }
            for keys in ranges
        ],
    )
    return ranges


def _report(store: SqlStore, business_date: date) -> SweepReport:
    columns = tables.sweep_batches.c
    query = select(columns.borrowers, columns.messages, columns.events).where(
        columns.business_date == business_date
    )
    with reading(store.engine) as connection:
        rows = connection.execute(query).all()
    return SweepReport(
        business_date,
        sum(row[0] for row in rows),
        sum(row[1] for row in rows),
        sum(row[2] for row in rows),
    )

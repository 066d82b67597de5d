"""A portfolio that grows to 100,000 borrowers (2.8 million events), swept at each size.

Three kinds of night are measured, with two worker processes:

* everybody: each borrower is folded, as on a first night or after a change of the rules;
* ordinary: whoever cannot have changed is passed over;
* month change (at the last size): everybody who gets bills has just been sent one.

`python -m benchmarks.sweep 360 3600` measures other sizes. Times on the clock depend on what else
the machine does; processor time does so less. The yardstick is taken anew before each night, since
a virtual machine is not equally fast at all times.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import func, select

from account_engine.catalogue.products import Products
from account_engine.portfolio.batch import Looking, Night
from account_engine.portfolio.cluster import DaskRunner, local_cluster
from account_engine.portfolio.generate import generate
from account_engine.portfolio.sweep import sweep
from account_engine.services.settings import Settings
from account_engine.store import tables
from account_engine.store.codec import ContractCodec
from account_engine.store.migration import migrate
from account_engine.store.sql_store import SqlStore
from benchmarks.engine.__main__ import yardstick
from benchmarks.sweep.bills import send_bills

TODAY = date(2026, 11, 21)
NEXT_MONTH = date(2026, 12, 1)
# About 28 events each: 10⁴, 10⁵ and more; the nights of five sizes end with November.
SIZES = (360, 3_600, 10_000, 50_000, 100_000)
WORKERS = 2
TARGET = "target: 100,000 borrowers at 5,000 a second or more on two cores, with flat memory"


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    print(f"yardstick: 100,000 additions in a loop take {yardstick():.2f} ms here", flush=True)
    with (
        tempfile.TemporaryDirectory(prefix="yuqi-sweep-") as folder,
        local_cluster(WORKERS) as runner,
    ):
        settings = Settings(database_url=f"sqlite:///{folder}/accounts.db")
        migrate(settings.database_url)
        _measure(settings, sizes, runner)
        size = (Path(folder) / "accounts.db").stat().st_size
    print(f"yardstick at the end: {yardstick():.2f} ms")
    print(f"database at the end: {size / 1e6:,.0f} MB; {TARGET}")


@dataclass(frozen=True)
class Took:
    """Time on the clock, and processor time of the workers and of this process.

    `yardstick` is how many milliseconds a loop took right before.
    """

    yardstick: float
    seconds: float
    workers: float
    leader: float
    messages: int


_COLUMNS = (
    ("borrowers", 10),
    ("events", 10),
    ("night", 12),
    ("a second", 9),
    ("worker CPU µs each", 18),
    ("leader CPU µs", 13),
    ("messages", 9),
    ("peak MB: leader", 15),
    ("workers", 12),
    ("load", 5),
    ("yardstick ms", 12),
)


def _measure(settings: Settings, sizes: list[int], runner: DaskRunner) -> None:
    products = Products.load(settings.data_dir / "products")
    store = SqlStore(settings.database_url, ContractCodec(products.terms))
    runner.warm_up(settings)
    print("  ".join(f"{name:>{width}}" for name, width in _COLUMNS), flush=True)
    day = TODAY
    for size in sizes:
        generate(store, products, size, 1, TODAY)
        os.sync()  # what was just generated is not written to the disk while the night runs
        events = _count_events(store)
        _row(size, events, "everybody", _night(settings, day, Looking.EVERYBODY, runner), runner)
        ordinary = _night(
            settings, day + timedelta(days=1), Looking.WHOEVER_MAY_HAVE_CHANGED, runner
        )
        _row(size, events, "ordinary", ordinary, runner)
        day += timedelta(days=2)
    last = max(day + timedelta(days=1), NEXT_MONTH)
    # The nights between are not measured, but what they bring must not count as the last one's.
    _night(settings, last - timedelta(days=1), Looking.WHOEVER_MAY_HAVE_CHANGED, runner)
    sent = send_bills(store, last)
    changed = _night(settings, last, Looking.WHOEVER_MAY_HAVE_CHANGED, runner)
    _row(sizes[-1], events + sent, "month change", changed, runner)
    store.close()


def _row(size: int, events: int, night: str, took: Took, runner: DaskRunner) -> None:
    cells = (
        f"{size:,}",
        f"{events:,}",
        night,
        f"{size / took.seconds:,.0f}",
        f"{took.workers / size * 1e6:,.0f}",
        f"{took.leader / size * 1e6:,.0f}",
        f"{took.messages:,}",
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}",
        " ".join(str(peak) for peak in runner.peaks_mb()),
        f"{os.getloadavg()[0]:.1f}",
        f"{took.yardstick:.2f}",
    )
    row = (f"{cell:>{width}}" for cell, (_, width) in zip(cells, _COLUMNS, strict=True))
    print("  ".join(row), flush=True)


def _night(settings: Settings, day: date, looking: Looking, runner: DaskRunner) -> Took:
    stick = yardstick()
    began, cpu, own = time.perf_counter(), runner.cpu_seconds(), time.process_time()
    report = sweep(settings, Night(day, looking), runner)
    return Took(
        stick,
        time.perf_counter() - began,
        runner.cpu_seconds() - cpu,
        time.process_time() - own,
        report.messages,
    )


def _count_events(store: SqlStore) -> int:
    with store.read() as reader:
        query = select(func.count()).select_from(tables.events)
        return int(reader.connection.execute(query).scalar_one())


if __name__ == "__main__":
    main()

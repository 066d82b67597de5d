"""A portfolio that grows from 10³ to 10⁶ events and more, swept at each size by two workers.

Two nights are measured at each size: one in which everybody is folded (as on the first night, or
after a change of the rules), and the ordinary night after it, which passes over whoever cannot
have changed. `python -m benchmarks.sweep 360 3600` measures other sizes.
"""

from __future__ import annotations

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

TODAY = date(2026, 11, 21)
# About 28 events each: 10³, 10⁴, 10⁵ and 10⁶ events, and the 100,000 borrowers of the target.
SIZES = (36, 360, 3_600, 36_000, 100_000)
TARGET = "target: 100,000 borrowers at 5,000 a second or more on two cores, with flat memory"


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    with tempfile.TemporaryDirectory(prefix="yuqi-sweep-") as folder, local_cluster(2) as runner:
        settings = Settings(database_url=f"sqlite:///{folder}/accounts.db")
        migrate(settings.database_url)
        _measure(settings, sizes, runner)
        size = (Path(folder) / "accounts.db").stat().st_size
    print(f"database at the end: {size / 1e6:,.0f} MB; {TARGET}")


@dataclass(frozen=True)
class Took:
    """Time on the clock, and processor time of the workers."""

    seconds: float
    cpu: float


_COLUMNS = (
    ("borrowers", 10),
    ("events", 11),
    ("generated/s", 12),
    ("everybody/s", 12),
    ("CPU µs each", 12),
    ("per event", 10),
    ("ordinary/s", 11),
    ("CPU µs each", 12),
    ("peak MB", 8),
)


def _measure(settings: Settings, sizes: list[int], runner: DaskRunner) -> None:
    products = Products.load(settings.data_dir / "products")
    store = SqlStore(settings.database_url, ContractCodec(products.terms))
    runner.warm_up(settings)
    print("  ".join(f"{name:>{width}}" for name, width in _COLUMNS), flush=True)
    day = TODAY
    for size in sizes:
        began = time.perf_counter()
        generate(store, products, size, 1, TODAY)
        making = time.perf_counter() - began
        everybody = _night(settings, Night(day, Looking.EVERYBODY), runner)
        ordinary = _night(settings, Night(day + timedelta(days=1)), runner)
        events = _count_events(store)
        cells = (
            f"{size:,}",
            f"{events:,}",
            f"{size / making:,.0f}",
            f"{size / everybody.seconds:,.0f}",
            f"{everybody.cpu / size * 1e6:,.0f}",
            f"{everybody.cpu / events * 1e6:,.1f}",
            f"{size / ordinary.seconds:,.0f}",
            f"{ordinary.cpu / size * 1e6:,.0f}",
            f"{runner.peak_memory_mb()}",
        )
        row = (f"{cell:>{width}}" for cell, (_, width) in zip(cells, _COLUMNS, strict=True))
        print("  ".join(row), flush=True)
        day += timedelta(days=2)
    store.close()


def _night(settings: Settings, night: Night, runner: DaskRunner) -> Took:
    began, cpu = time.perf_counter(), runner.cpu_seconds()
    sweep(settings, night, runner)
    return Took(time.perf_counter() - began, runner.cpu_seconds() - cpu)


def _count_events(store: SqlStore) -> int:
    with store.read() as reader:
        query = select(func.count()).select_from(tables.events)
        return int(reader.connection.execute(query).scalar_one())


if __name__ == "__main__":
    main()

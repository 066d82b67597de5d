"""Opening a database by URL, with the settings that the store's guarantees rest on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.pool import QueuePool

BUSY_TIMEOUT_MS = 15_000
"""How long a SQLite writer waits for another one before it gives up."""


class Isolation(str, Enum):
    """How far a writer is kept apart from others on PostgreSQL; SQLite has one writer anyway."""

    WHOLE = "SERIALIZABLE"
    """As if writers ran one after the other; one that could not have must run again."""

    ROWS = "READ COMMITTED"
    """Only rows that are locked stand still; for bulk work, which locks what it changes."""


def open_database(url: str) -> Engine:
    """Return an engine for `url`.

    SQLite (the embedded default) gets a write-ahead log, foreign keys and explicit transactions;
    PostgreSQL is used through psycopg2. The folder of a SQLite file is made when missing.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).expanduser().parent.mkdir(parents=True, exist_ok=True)
        # A pool, because opening a file and setting it up costs more than most questions; its
        # connections may be used by another thread next time, never by two at once.
        engine = create_engine(
            url,
            future=True,
            poolclass=QueuePool,
            connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, future=True, pool_pre_ping=True, executemany_mode="values_plus_batch")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent, read-only view."""
    options = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(**options) as connection:
        yield connection
        connection.rollback()


@contextmanager
def writing(engine: Engine, isolation: Isolation = Isolation.ROWS) -> Iterator[Connection]:
    """One transaction: committed when the block ends, undone when it raises.

    On SQLite the write lock is taken at the start, so that writers always run one after the
    other. (A transaction that begins as a reader and becomes a writer later can fail at once with
    SQLITE_BUSY, whatever the timeout.)
    """
    options = {"sqlite_begin": "IMMEDIATE"}
    if engine.dialect.name != "sqlite":
        options = {"isolation_level": isolation.value}
    connection = engine.connect().execution_options(**options)
    with connection, connection.begin():
        yield connection


def _prepare_sqlite(raw: sqlite3.Connection, _record: Any) -> None:
    # pysqlite would otherwise begin transactions by itself, and never before DDL.
    raw.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        # FULL, not NORMAL: a plan that was confirmed to a borrower must survive a power cut.
        "synchronous=FULL",
        # 32 MB of log before it goes into the file, which waits for the disk twice: a batch of a
        # sweep writes 3 MB.
        "wal_autocheckpoint=8000",
        "foreign_keys=ON",
        # Without it, INSERT OR REPLACE would delete rows behind the append-only triggers.
        "recursive_triggers=ON",
    ):
        raw.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")

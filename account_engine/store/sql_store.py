"""`Store` over SQLAlchemy: opens transactions and names what may go wrong in them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from account_engine.errors import ConcurrentChange
from account_engine.store.codec import ContractCodec
from account_engine.store.database import Isolation, open_database, reading, writing
from account_engine.store.failpoints import reached
from account_engine.store.migration import require_schema
from account_engine.store.reader import SqlReader
from account_engine.store.writer import SqlWriter

Result = TypeVar("Result")

_ATTEMPTS = 8
_FIRST_PAUSE_S = 0.005
_PG_UNIQUE_VIOLATION = "23505"
_PG_TRY_AGAIN = {"40001", "40P01", "55P03"}
"""Serialization failure, deadlock, lock not available."""


class SqlStore:
    """The embedded (SQLite) or served (PostgreSQL) store."""

    def __init__(self, url: str, contracts: ContractCodec) -> None:
        self.engine: Engine = open_database(url)
        self.contracts = contracts

    def require_schema(self) -> None:
        """Raise StoreNotReady unless the newest migration has run."""
        require_schema(self.engine)

    @contextmanager
    def read(self) -> Iterator[SqlReader]:
        with reading(self.engine) as connection:
            yield SqlReader(connection, self.contracts)

    @contextmanager
    def write(self, isolation: Isolation = Isolation.WHOLE) -> Iterator[SqlWriter]:
        """Open a transaction; raises ConcurrentChange when another writer was in the way."""
        with _naming_conflicts():
            with writing(self.engine, isolation) as connection:
                yield SqlWriter(connection, self.contracts)
                reached("store-before-commit")
            reached("store-after-commit")

    def retrying(self, work: Callable[[SqlWriter], Result]) -> Result:
        """Run `work` in a transaction; again from the start when another process was quicker.

        Raises ConcurrentChange after eight attempts (about a second of growing, jittered pauses).
        """
        for attempt in range(_ATTEMPTS - 1):
            try:
                with self.write() as writer:
                    return work(writer)
            except ConcurrentChange:
                time.sleep(_FIRST_PAUSE_S * 2**attempt * random.uniform(0.5, 1.5))  # noqa: S311  jitter
        with self.write() as writer:
            return work(writer)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


@contextmanager
def _naming_conflicts() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if not _is_collision(error):
            raise
        raise ConcurrentChange("another process stored the same thing first") from error
    except OperationalError as error:
        if not _is_busy(error):
            raise
        raise ConcurrentChange("the database was busy") from error


def _is_collision(error: IntegrityError) -> bool:
    """Tell whether two writers inserted the same key at once."""
    text = str(error.orig)
    return (
        getattr(error.orig, "pgcode", None) == _PG_UNIQUE_VIOLATION
        or "UNIQUE constraint failed" in text
        or "is append-only" in text
    )


def _is_busy(error: OperationalError) -> bool:
    """Tell whether waiting and trying again may help."""
    code = getattr(error.orig, "pgcode", None)
    return code in _PG_TRY_AGAIN or "database is locked" in str(error.orig)

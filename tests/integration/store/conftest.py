"""Every store test runs on SQLite and on a real PostgreSQL, in an empty database of its own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from account_engine.store.migration import migrate
from account_engine.store.sql_store import SqlStore
from tests.integration.postgres.cluster import private_cluster
from tests.integration.store.samples import CODEC

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """One server for all tests of the run."""
    with private_cluster() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/accounts.db"
    return fresh_database(request.getfixturevalue("postgres"))


def fresh_database(server: str) -> str:
    """Create a database on the server and return its URL."""
    name = f"accounts_{next(_numbers)}"
    engine = create_engine(server, future=True, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return f"{server.rsplit('/', 1)[0]}/{name}"


@pytest.fixture
def migrated(url: str) -> str:
    """A database with the newest schema."""
    migrate(url)
    return url


@pytest.fixture
def store(migrated: str) -> Iterator[SqlStore]:
    """An empty store."""
    opened = SqlStore(migrated, CODEC)
    yield opened
    opened.close()

"""Migrating: from nothing, twice, by several processes at once, and back."""

from __future__ import annotations

import multiprocessing

import pytest
from alembic import command
from sqlalchemy import inspect

from account_engine.errors import StoreNotReady
from account_engine.store import tables
from account_engine.store.database import open_database, writing
from account_engine.store.migration import _config, migrate, require_schema


def test_every_table_is_created_as_the_queries_expect_it(url: str) -> None:
    migrate(url)
    engine = open_database(url)
    found = inspect(engine)
    for table in tables.metadata.sorted_tables:
        columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
        assert columns == {column.name: column.nullable for column in table.columns}, table.name
        keys = found.get_pk_constraint(table.name)["constrained_columns"]
        assert keys == [column.name for column in table.primary_key], table.name
    engine.dispose()


def test_an_empty_database_is_named_with_the_way_out(url: str) -> None:
    engine = open_database(url)
    with pytest.raises(StoreNotReady, match="account-engine migrate"):
        require_schema(engine)
    migrate(url)
    require_schema(engine)
    engine.dispose()


def test_several_processes_may_migrate_at_once(url: str) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        assert len(set(pool.map(migrate, [url] * 3))) == 1


def test_down_and_up_again(url: str) -> None:
    migrate(url)
    engine = open_database(url)
    with writing(engine) as connection:
        command.downgrade(_config(connection), "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
    migrate(url)

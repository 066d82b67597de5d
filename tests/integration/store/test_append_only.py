"""The database itself refuses to change or forget an event, whoever asks."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

from account_engine.store.sql_store import SqlStore
from tests.integration.store.samples import payment, with_borrower

TAMPERING = [
    "UPDATE events SET payload = '{}'",
    "UPDATE events SET value_date = '2026-01-01' WHERE event_id = 'e1'",
    "DELETE FROM events",
    "DELETE FROM events WHERE version = 2",
    "UPDATE contracts SET borrower_id = 'b2'",
    "DELETE FROM contracts",
    "UPDATE audit_log SET detail = '{}'",
    "DELETE FROM audit_log",
]
ONLY_SQLITE = [
    "INSERT OR REPLACE INTO events SELECT borrower_id, version, event_id, account_id, kind, "
    "value_date, booked_at_us, '{}', content_hash, chain_hash FROM events WHERE version = 1",
    "REPLACE INTO audit_log SELECT position, at_us, kind, subject, '{}', chain_hash FROM audit_log",
]
ONLY_POSTGRESQL = [
    "TRUNCATE events",
    "TRUNCATE audit_log",
    "TRUNCATE contracts CASCADE",
    "INSERT INTO audit_log SELECT position, at_us, kind, subject, '{}', chain_hash FROM audit_log "
    "ON CONFLICT (position) DO UPDATE SET detail = '{}'",
]


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    with with_borrower(store).write() as writer:
        writer.append("b1", [payment("e1"), payment("e2")])
        writer.audit("test", "b1", {"note": "one entry"})
    return store


def test_raw_sql_cannot_rewrite_history(filled: SqlStore, migrated: str) -> None:
    # A bare connection, as a console would have it: none of the store's own settings.
    dialect = filled.engine.dialect.name
    extra = ONLY_SQLITE if dialect == "sqlite" else ONLY_POSTGRESQL
    engine = create_engine(migrated, future=True)
    for statement in [*TAMPERING, *extra]:
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.exec_driver_sql(statement)
    engine.dispose()
    with filled.read() as reader:
        assert reader.stream("b1").events == (payment("e1"), payment("e2"))


def test_caches_may_be_dropped(filled: SqlStore, migrated: str) -> None:
    engine = create_engine(migrated, future=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM snapshots")
        connection.exec_driver_sql("DELETE FROM stages")
    engine.dispose()

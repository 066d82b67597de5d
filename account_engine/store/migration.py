"""Bringing a database to the newest schema, and telling whether it is there."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from account_engine.errors import StoreNotReady
from account_engine.store.database import open_database, reading, writing

_MIGRATIONS = Path(__file__).with_name("migrations")
# Any constant will do; it only has to be the same in every process that migrates.
_ADVISORY_LOCK = 0x79_75_71_69


def migrate(url: str) -> str:
    """Upgrade the database at `url` and return its revision.

    Safe to call from several processes at once: the second waits for the first and finds nothing
    left to do. The whole upgrade is one transaction, so a killed migration leaves no half schema.
    """
    engine = open_database(url)
    try:
        with writing(engine) as connection:
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
            command.upgrade(_config(connection), "head")
            return _current(connection) or ""
    finally:
        engine.dispose()


def require_schema(engine: Engine) -> None:
    """Raise StoreNotReady unless the database has the newest schema."""
    with reading(engine) as connection:
        found = _current(connection)
    newest = ScriptDirectory(str(_MIGRATIONS)).get_current_head()
    if found != newest:
        raise StoreNotReady(
            f"the database has schema {found or 'none'}, this version needs {newest}; "
            "run `account-engine migrate`"
        )


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _current(connection: Connection) -> str | None:
    revision: str | None = MigrationContext.configure(connection).get_current_revision()
    return revision

"""Triggers that make a table append-only, for the databases the store supports.

The rule lives in the database and not in the code above it, so that a script, a colleague with a
console or a bug cannot rewrite history either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def append_only(dialect: str, table: str, keys: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the DDL that lets `table` only grow.

    Args:
        dialect: "sqlite" or "postgresql".
        table: the table's name.
        keys: its unique keys; on SQLite a colliding insert is refused before it can replace.
    """
    if dialect == "postgresql":
        yield from _postgresql(table)
    elif dialect == "sqlite":
        yield from _sqlite(table, keys)
    else:
        raise ValueError(f"no append-only triggers for {dialect}")


def drop_append_only(dialect: str, table: str) -> Iterator[str]:
    """Yield the DDL that takes the triggers away again (a downgrade needs it)."""
    names = ("update", "delete", "truncate" if dialect == "postgresql" else "replace")
    on = f" ON {table}" if dialect == "postgresql" else ""
    for name in names:
        yield f"DROP TRIGGER IF EXISTS {table}_no_{name}{on}"
    if dialect == "postgresql":
        yield f"DROP FUNCTION IF EXISTS {table}_append_only()"


def _sqlite(table: str, keys: Sequence[Sequence[str]]) -> Iterator[str]:
    refuse = f"SELECT RAISE(ABORT, '{table} is append-only');"
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN {refuse} END"
        )
    # INSERT OR REPLACE deletes the old row, and a connection without recursive_triggers would
    # not fire the delete trigger for that.
    same = " OR ".join(_present(table, key) for key in keys)
    yield (
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {same} BEGIN {refuse} END"
    )


def _present(table: str, key: Sequence[str]) -> str:
    match = " AND ".join(f"{column} = NEW.{column}" for column in key)
    return f"EXISTS (SELECT 1 FROM {table} WHERE {match})"  # noqa: S608  names from our migration


def _postgresql(table: str) -> Iterator[str]:
    yield (
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for verb, level in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        yield (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH {level} EXECUTE FUNCTION {table}_append_only()"
        )

"""Rows of ``spent_limits``: allowances that all processes on one database use up together."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from identity.store.tables import spent_limits


def lock_limit(connection: Connection, key: str, now: datetime) -> datetime:
    """Returns until when the key's allowance is used up; other writers of the key wait.

    A key that nobody has used is stored first, so that two processes never both find none.
    """
    row = insert(spent_limits).values(key=key, paid_until=now)
    known = _locked(connection, key)
    if known is not None:
        return known
    try:
        with connection.begin_nested():
            connection.execute(row)
    except IntegrityError:  # another process was first
        pass
    return _locked(connection, key) or now


def spend(connection: Connection, key: str, paid_until: datetime) -> None:
    """Writes how far the allowance is used up."""
    connection.execute(
        update(spent_limits).where(spent_limits.c.key == key).values(paid_until=paid_until)
    )


def _locked(connection: Connection, key: str) -> datetime | None:
    query = select(spent_limits.c.paid_until).where(spent_limits.c.key == key).with_for_update()
    found: datetime | None = connection.execute(query).scalar()
    return found

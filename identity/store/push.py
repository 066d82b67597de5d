"""Rows of ``push_inbox``: messages on their way to a borrower."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from identity.store.tables import push_inbox, sessions

_BATCH = 200


@dataclass(frozen=True)
class PushRow:
    """One message on its way. Exactly one of ``borrower_id`` and ``sender_id`` is set."""

    external_id: str
    borrower_id: str | None
    sender_id: str | None
    kind: str
    body: Mapping[str, Any]
    deliver_after: datetime


def add_push(connection: Connection, row: PushRow, now: datetime) -> bool:
    """Stores a push. Returns False where its id came before."""
    statement = insert(push_inbox).values(
        external_id=row.external_id,
        borrower_id=row.borrower_id,
        sender_id=row.sender_id,
        kind=row.kind,
        body=dict(row.body),
        created_at=now,
        deliver_after=row.deliver_after,
    )
    try:
        with connection.begin_nested():
            connection.execute(statement)
    except IntegrityError:
        return False
    return True


def due_pushes(connection: Connection, borrower_id: str | None, now: datetime) -> Iterator[PushRow]:
    """Yields what is due, undelivered and has somewhere to go, oldest first.

    Args:
        borrower_id: only of this borrower, who is here; otherwise of everybody who is.
    """
    if borrower_id is not None:
        reachable = push_inbox.c.borrower_id == borrower_id
    else:
        # In the query: after a night tens of thousands may wait for people who are not here.
        reachable = push_inbox.c.sender_id.is_not(None) | exists().where(
            sessions.c.borrower_id == push_inbox.c.borrower_id,
            sessions.c.revoked_at.is_(None),
            sessions.c.auth_expires_at > now,
        )
    last = 0
    while True:
        query = (
            select(push_inbox)
            .where(
                push_inbox.c.delivered_at.is_(None),
                push_inbox.c.deliver_after <= now,
                push_inbox.c.id > last,
                reachable,
            )
            .order_by(push_inbox.c.id)
            .limit(_BATCH)
            .with_for_update(skip_locked=True)
        )
        rows = connection.execute(query).all()
        if not rows:
            return
        last = rows[-1].id
        yield from (_push(row) for row in rows)


def mark_delivered(connection: Connection, external_id: str, now: datetime) -> None:
    """Notes that a push is in a transcript."""
    connection.execute(
        update(push_inbox).where(push_inbox.c.external_id == external_id).values(delivered_at=now)
    )


def drop_stale(connection: Connection, kind: str, due_before: datetime, now: datetime) -> None:
    """Takes what has waited too long off the list: to say it now would mislead."""
    connection.execute(
        update(push_inbox)
        .where(
            push_inbox.c.kind == kind,
            push_inbox.c.delivered_at.is_(None),
            push_inbox.c.deliver_after < due_before,
        )
        .values(delivered_at=now)
    )


def _push(row: Any) -> PushRow:
    return PushRow(
        external_id=row.external_id,
        borrower_id=row.borrower_id,
        sender_id=row.sender_id,
        kind=row.kind,
        body=row.body,
        deliver_after=row.deliver_after,
    )

"""Rows of ``push_inbox``: messages on their way to a borrower."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from identity.store.tables import push_inbox

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


def due_pushes(
    connection: Connection, borrower_id: str | None, now: datetime
) -> tuple[PushRow, ...]:
    """Returns what is due and undelivered, oldest first; of one borrower if one is named."""
    query = (
        select(push_inbox)
        .where(push_inbox.c.delivered_at.is_(None), push_inbox.c.deliver_after <= now)
        .order_by(push_inbox.c.id)
        .limit(_BATCH)
        .with_for_update(skip_locked=True)
    )
    if borrower_id is not None:
        query = query.where(push_inbox.c.borrower_id == borrower_id)
    return tuple(
        PushRow(
            external_id=row.external_id,
            borrower_id=row.borrower_id,
            sender_id=row.sender_id,
            kind=row.kind,
            body=row.body,
            deliver_after=row.deliver_after,
        )
        for row in connection.execute(query)
    )


def mark_delivered(connection: Connection, external_id: str, now: datetime) -> None:
    """Notes that a push is in a transcript."""
    connection.execute(
        update(push_inbox).where(push_inbox.c.external_id == external_id).values(delivered_at=now)
    )

"""The security log: what was refused, for those who watch. It never holds a secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from identity.store.tables import security_log


@dataclass(frozen=True)
class SecurityEvent:
    """One refusal or lock.

    Attributes:
        event: snake_case, usually the code of the refusal.
        address_digest: keyed digest of the caller's address: equal callers can be counted
            without keeping where they were.
        detail: facts without secrets (no token, code, phone or text).
    """

    at: datetime
    event: str
    sender_id: str | None
    address_digest: str | None
    detail: Mapping[str, Any]


def record_event(connection: Connection, event: SecurityEvent) -> None:
    """Appends to the log."""
    connection.execute(
        insert(security_log).values(
            at=event.at,
            event=event.event,
            sender_id=event.sender_id,
            address_digest=event.address_digest,
            detail=dict(event.detail),
        )
    )


def list_events(connection: Connection, since: datetime) -> tuple[SecurityEvent, ...]:
    """Returns the events from ``since`` on, oldest first."""
    query = select(security_log).where(security_log.c.at >= since).order_by(security_log.c.id)
    return tuple(
        SecurityEvent(row.at, row.event, row.sender_id, row.address_digest, row.detail)
        for row in connection.execute(query)
    )

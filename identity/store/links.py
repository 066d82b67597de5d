"""Rows of ``sign_in_links``. Link and code are kept as keyed digests only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from identity.store.tables import sign_in_links as links


@dataclass(frozen=True)
class LinkRow:
    """One link.

    Attributes:
        sender_id: the conversation that the link was made for.
        borrower_id: who was proven on the page that it opened; null until then.
        code_digest: of the code that the page showed and the conversation is to send back.
    """

    link_digest: str
    sender_id: str
    created_at: datetime
    expires_at: datetime
    borrower_id: str | None = None
    display_name: str | None = None
    code_digest: str | None = None
    code_expires_at: datetime | None = None
    closed_at: datetime | None = None


def add_link(connection: Connection, row: LinkRow) -> None:
    """Stores a new link."""
    connection.execute(
        insert(links).values(
            link_digest=row.link_digest,
            sender_id=row.sender_id,
            created_at=row.created_at,
            expires_at=row.expires_at,
        )
    )


def open_link(connection: Connection, link_digest: str, now: datetime) -> LinkRow | None:
    """Returns the link while it can be used; other writers of it wait."""
    query = (
        select(links)
        .where(
            links.c.link_digest == link_digest,
            links.c.closed_at.is_(None),
            links.c.expires_at > now,
        )
        .with_for_update()
    )
    row = connection.execute(query).first()
    return None if row is None else _link(row)


def confirm_link(connection: Connection, row: LinkRow) -> None:
    """Writes who was proven, and the code that goes back."""
    connection.execute(
        update(links)
        .where(links.c.link_digest == row.link_digest)
        .values(
            borrower_id=row.borrower_id,
            display_name=row.display_name,
            code_digest=row.code_digest,
            code_expires_at=row.code_expires_at,
        )
    )


def confirmed_links(connection: Connection, sender_id: str, now: datetime) -> tuple[LinkRow, ...]:
    """Returns the conversation's links whose code may come back; other writers of them wait."""
    query = (
        select(links)
        .where(
            links.c.sender_id == sender_id,
            links.c.closed_at.is_(None),
            links.c.code_expires_at > now,
        )
        .order_by(links.c.created_at.desc())
        .with_for_update()
    )
    return tuple(_link(row) for row in connection.execute(query))


def close_links(connection: Connection, sender_id: str, now: datetime) -> None:
    """Ends every link of a conversation: it is signed in."""
    connection.execute(
        update(links)
        .where(links.c.sender_id == sender_id, links.c.closed_at.is_(None))
        .values(closed_at=now)
    )


def _link(row: Any) -> LinkRow:
    return LinkRow(
        link_digest=row.link_digest,
        sender_id=row.sender_id,
        created_at=row.created_at,
        expires_at=row.expires_at,
        borrower_id=row.borrower_id,
        display_name=row.display_name,
        code_digest=row.code_digest,
        code_expires_at=row.code_expires_at,
        closed_at=row.closed_at,
    )

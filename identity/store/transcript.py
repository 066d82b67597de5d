"""Rows of the ``transcript``: what was said in one conversation, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection

from identity.store.sessions import lock_session
from identity.store.tables import transcript


class Role(str, Enum):
    """Who said it."""

    USER = "user"
    BOT = "bot"
    PERSON = "person"


@dataclass(frozen=True)
class Entry:
    """One message.

    Attributes:
        seq: position in its conversation, from 1.
        client_id: id that the sender's side gave a user's message; null on others.
        body: ``text`` and, on answers, ``buttons`` and ``card``.
        in_reply_to: client id of the message it answers; null for what came unasked.
        answered_at: on a user's message, when its turn was over.
    """

    seq: int
    role: Role
    body: Mapping[str, Any]
    at: datetime
    client_id: str | None = None
    in_reply_to: str | None = None
    answered_at: datetime | None = None


def append_entry(
    connection: Connection,
    sender_id: str,
    role: Role,
    body: Mapping[str, Any],
    at: datetime,
    *,
    client_id: str | None = None,
    in_reply_to: str | None = None,
) -> Entry:
    """Adds a message at the end of the conversation and returns it with its number."""
    lock_session(connection, sender_id)
    last = connection.execute(
        select(func.coalesce(func.max(transcript.c.seq), 0)).where(
            transcript.c.sender_id == sender_id
        )
    ).scalar_one()
    entry = Entry(last + 1, role, body, at, client_id, in_reply_to)
    connection.execute(
        insert(transcript).values(
            sender_id=sender_id,
            seq=entry.seq,
            client_id=client_id,
            role=role.value,
            body=dict(body),
            in_reply_to=in_reply_to,
            at=at,
        )
    )
    return entry


def find_by_client_id(connection: Connection, sender_id: str, client_id: str) -> Entry | None:
    """Returns the user's message with this id, or None where it is new."""
    query = select(transcript).where(
        transcript.c.sender_id == sender_id, transcript.c.client_id == client_id
    )
    row = connection.execute(query).first()
    return None if row is None else _entry(row)


def mark_answered(connection: Connection, sender_id: str, client_id: str, at: datetime) -> None:
    """Notes that the turn of this user's message is over."""
    connection.execute(
        update(transcript)
        .where(transcript.c.sender_id == sender_id, transcript.c.client_id == client_id)
        .values(answered_at=at)
    )


def replies_to(connection: Connection, sender_id: str, client_id: str) -> tuple[Entry, ...]:
    """Returns the stored answers to one user's message."""
    query = (
        select(transcript)
        .where(transcript.c.sender_id == sender_id, transcript.c.in_reply_to == client_id)
        .order_by(transcript.c.seq)
    )
    return tuple(_entry(row) for row in connection.execute(query))


def entries_after(
    connection: Connection, sender_id: str, after: int, limit: int
) -> tuple[Entry, ...]:
    """Returns the newest ``limit`` messages with a number above ``after``, oldest first."""
    query = (
        select(transcript)
        .where(transcript.c.sender_id == sender_id, transcript.c.seq > after)
        .order_by(transcript.c.seq.desc())
        .limit(limit)
    )
    return tuple(_entry(row) for row in reversed(connection.execute(query).all()))


def unasked_after(
    connection: Connection, sender_id: str, after: int, limit: int
) -> tuple[Entry, ...]:
    """Returns what came unasked (a reminder, a person, a late answer) after number ``after``."""
    query = (
        select(transcript)
        .where(
            transcript.c.sender_id == sender_id,
            transcript.c.seq > after,
            transcript.c.role != Role.USER.value,
            transcript.c.in_reply_to.is_(None),
        )
        .order_by(transcript.c.seq)
        .limit(limit)
    )
    return tuple(_entry(row) for row in connection.execute(query))


def entry_exists(connection: Connection, sender_id: str, seq: int, roles: Sequence[Role]) -> bool:
    """Whether the conversation has such a message by one of ``roles``."""
    query = select(transcript.c.id).where(
        transcript.c.sender_id == sender_id,
        transcript.c.seq == seq,
        transcript.c.role.in_([role.value for role in roles]),
    )
    return connection.execute(query).first() is not None


def _entry(row: Any) -> Entry:
    return Entry(
        seq=row.seq,
        role=Role(row.role),
        body=row.body,
        at=row.at,
        client_id=row.client_id,
        in_reply_to=row.in_reply_to,
        answered_at=row.answered_at,
    )

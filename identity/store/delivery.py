"""What a service channel still has to deliver, and marks of what it has read."""

from __future__ import annotations

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from identity.store.tables import channel_marks, sessions, transcript
from identity.store.transcript import Entry, Role, unasked_after

_BATCH = 50


def senders_with_undelivered(connection: Connection, channel: str) -> tuple[str, ...]:
    """Returns conversations of a channel that hold something unasked and undelivered."""
    query = (
        select(sessions.c.sender_id)
        .join(transcript, transcript.c.sender_id == sessions.c.sender_id)
        .where(
            sessions.c.channel == channel,
            sessions.c.external_ref.is_not(None),
            transcript.c.seq > sessions.c.delivered_seq,
            transcript.c.role != Role.USER.value,
            transcript.c.in_reply_to.is_(None),
        )
        .distinct()
        .limit(_BATCH)
    )
    return tuple(row.sender_id for row in connection.execute(query))


def undelivered(connection: Connection, sender_id: str) -> tuple[Entry, ...]:
    """Returns the unasked messages that the platform has not got yet."""
    mark = connection.execute(
        select(sessions.c.delivered_seq).where(sessions.c.sender_id == sender_id)
    ).scalar()
    return unasked_after(connection, sender_id, mark or 0, _BATCH)


def mark_delivered(connection: Connection, sender_id: str, seq: int) -> None:
    """Notes that everything unasked up to ``seq`` is with the platform."""
    connection.execute(
        update(sessions)
        .where(sessions.c.sender_id == sender_id, sessions.c.delivered_seq < seq)
        .values(delivered_seq=seq)
    )


def read_mark(connection: Connection, channel: str, name: str) -> str | None:
    """Returns a mark, such as how far a platform's message log was read."""
    query = select(channel_marks.c.value).where(
        channel_marks.c.channel == channel, channel_marks.c.name == name
    )
    value: str | None = connection.execute(query).scalar()
    return value


def write_mark(connection: Connection, channel: str, name: str, value: str) -> None:
    """Sets a mark."""
    connection.execute(
        delete(channel_marks).where(
            channel_marks.c.channel == channel, channel_marks.c.name == name
        )
    )
    connection.execute(insert(channel_marks).values(channel=channel, name=name, value=value))

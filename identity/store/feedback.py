"""Rows of ``feedback``: one judgement per message, the last one counts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.engine import Connection

from identity.store.tables import feedback


def save_feedback(
    connection: Connection,
    sender_id: str,
    message_seq: int,
    helpful: bool,
    comment: str | None,
    now: datetime,
) -> None:
    """Stores whether a message helped."""
    connection.execute(
        delete(feedback).where(
            feedback.c.sender_id == sender_id, feedback.c.message_seq == message_seq
        )
    )
    connection.execute(
        insert(feedback).values(
            sender_id=sender_id,
            message_seq=message_seq,
            helpful=helpful,
            comment=comment,
            at=now,
        )
    )

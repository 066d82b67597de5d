"""Rows of the ``sessions`` and ``used_tokens`` tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from identity.model import Session, SignInMethod
from identity.store.tables import sessions, used_tokens


def add_session(connection: Connection, session: Session) -> None:
    """Stores a new session."""
    connection.execute(
        insert(sessions).values(
            sender_id=session.sender_id,
            channel=session.channel,
            external_ref=session.external_ref,
            generation=session.generation,
            created_at=session.created_at,
            expires_at=session.expires_at,
            **_binding(session),
        )
    )


def find_session(connection: Connection, sender_id: str) -> Session | None:
    """Returns the session, or None."""
    row = connection.execute(select(sessions).where(sessions.c.sender_id == sender_id)).first()
    return None if row is None else _session(row)


def find_external_session(
    connection: Connection, channel: str, external_ref: str
) -> Session | None:
    """Returns the conversation of a platform's user, or None."""
    query = select(sessions).where(
        sessions.c.channel == channel, sessions.c.external_ref == external_ref
    )
    row = connection.execute(query).first()
    return None if row is None else _session(row)


def lock_session(connection: Connection, sender_id: str) -> Session | None:
    """Returns the session and keeps other writers of the same conversation waiting."""
    query = select(sessions).where(sessions.c.sender_id == sender_id).with_for_update()
    row = connection.execute(query).first()
    return None if row is None else _session(row)


def save_session(connection: Connection, session: Session) -> None:
    """Writes the changeable part of a session back."""
    connection.execute(
        update(sessions)
        .where(sessions.c.sender_id == session.sender_id)
        .values(
            generation=session.generation,
            expires_at=session.expires_at,
            external_ref=session.external_ref,
            **_binding(session),
        )
    )


def move_end(connection: Connection, session: Session) -> bool:
    """Writes a later end, and nothing else. Returns False where the session is another by now.

    The whole row, as read a moment ago, would put back what a sign-in or a sign-out has changed.
    """
    moved = connection.execute(
        update(sessions)
        .where(
            sessions.c.sender_id == session.sender_id,
            sessions.c.generation == session.generation,
            sessions.c.revoked_at.is_(None),
        )
        .values(expires_at=session.expires_at)
    )
    return bool(moved.rowcount)


def live_sessions_of(
    connection: Connection, borrower_id: str, now: datetime
) -> tuple[Session, ...]:
    """Returns the conversations in which this borrower is proven at ``now``, newest first."""
    query = (
        select(sessions)
        .where(
            sessions.c.borrower_id == borrower_id,
            sessions.c.revoked_at.is_(None),
            sessions.c.auth_expires_at > now,
        )
        .order_by(sessions.c.authenticated_at.desc())
    )
    return tuple(_session(row) for row in connection.execute(query))


def use_token_once(
    connection: Connection, token_digest: str, expires_at: datetime, now: datetime
) -> bool:
    """Marks a token as used. Returns False where it was used before."""
    row = insert(used_tokens).values(token_digest=token_digest, used_at=now, expires_at=expires_at)
    try:
        with connection.begin_nested():
            connection.execute(row)
    except IntegrityError:
        return False
    return True


def _binding(session: Session) -> dict[str, Any]:
    # Never set back: signing out does not make a conversation anonymous after the fact.
    ever = {"ever_signed_in": True} if session.borrower_id is not None else {}
    return {
        **ever,
        "borrower_id": session.borrower_id,
        "display_name": session.display_name,
        "method": session.method.value if session.method else None,
        "authenticated_at": session.authenticated_at,
        "auth_expires_at": session.auth_expires_at,
        "revoked_at": session.revoked_at,
    }


def _session(row: Any) -> Session:
    return Session(
        sender_id=row.sender_id,
        channel=row.channel,
        external_ref=row.external_ref,
        generation=row.generation,
        created_at=row.created_at,
        expires_at=row.expires_at,
        borrower_id=row.borrower_id,
        display_name=row.display_name,
        method=SignInMethod(row.method) if row.method else None,
        authenticated_at=row.authenticated_at,
        auth_expires_at=row.auth_expires_at,
        revoked_at=row.revoked_at,
    )

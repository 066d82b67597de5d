"""Rows of ``verification_challenges``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection

from identity.store.tables import verification_challenges as challenges


@dataclass(frozen=True)
class Challenge:
    """A one-time code that was asked for. Phone and code are kept as keyed digests only.

    Attributes:
        borrower_id: null where nobody has that phone; such a challenge never succeeds.
        tries: wrong codes so far.
    """

    challenge: str
    sender_id: str
    phone_digest: str
    code_digest: str
    borrower_id: str | None
    display_name: str | None
    created_at: datetime
    expires_at: datetime
    tries: int = 0
    closed_at: datetime | None = None


def add_challenge(connection: Connection, challenge: Challenge) -> None:
    """Stores a new challenge and closes the conversation's older ones."""
    connection.execute(
        update(challenges)
        .where(challenges.c.sender_id == challenge.sender_id, challenges.c.closed_at.is_(None))
        .values(closed_at=challenge.created_at)
    )
    connection.execute(
        insert(challenges).values(
            challenge=challenge.challenge,
            sender_id=challenge.sender_id,
            phone_digest=challenge.phone_digest,
            code_digest=challenge.code_digest,
            borrower_id=challenge.borrower_id,
            display_name=challenge.display_name,
            created_at=challenge.created_at,
            expires_at=challenge.expires_at,
            tries=0,
        )
    )


def find_challenge(connection: Connection, challenge: str) -> Challenge | None:
    """Returns a challenge as it stands."""
    row = connection.execute(select(challenges).where(challenges.c.challenge == challenge)).first()
    return None if row is None else _challenge(row)


def lock_challenge(connection: Connection, challenge: str) -> Challenge | None:
    """Returns a challenge and keeps other tries at it waiting."""
    query = select(challenges).where(challenges.c.challenge == challenge).with_for_update()
    row = connection.execute(query).first()
    return None if row is None else _challenge(row)


def count_try(connection: Connection, challenge: str) -> None:
    """Counts one wrong code."""
    connection.execute(
        update(challenges)
        .where(challenges.c.challenge == challenge)
        .values(tries=challenges.c.tries + 1)
    )


def close_challenge(connection: Connection, challenge: str, now: datetime) -> None:
    """Ends a challenge: used up, or tried too often."""
    connection.execute(
        update(challenges).where(challenges.c.challenge == challenge).values(closed_at=now)
    )


def starts_since(
    connection: Connection, *, since: datetime, phone_digest: str, sender_id: str
) -> tuple[int, int, datetime | None]:
    """Counts challenges since a time: of the phone, of the conversation, and the oldest of them."""
    mine = (challenges.c.phone_digest == phone_digest) | (challenges.c.sender_id == sender_id)
    rows = connection.execute(
        select(challenges.c.phone_digest, challenges.c.sender_id, challenges.c.created_at).where(
            challenges.c.created_at > since, mine
        )
    ).all()
    of_phone = sum(1 for row in rows if row.phone_digest == phone_digest)
    of_sender = sum(1 for row in rows if row.sender_id == sender_id)
    return of_phone, of_sender, min((row.created_at for row in rows), default=None)


def wrong_tries_since(
    connection: Connection, phone_digest: str, since: datetime
) -> tuple[int, datetime | None]:
    """Counts wrong codes for a phone since a time, and when the last challenge of them was made."""
    row = connection.execute(
        select(
            func.coalesce(func.sum(challenges.c.tries), 0).label("tries"),
            func.max(challenges.c.created_at).label("latest"),
        ).where(challenges.c.phone_digest == phone_digest, challenges.c.created_at > since)
    ).one()
    return int(row.tries), row.latest


def _challenge(row: Any) -> Challenge:
    return Challenge(
        challenge=row.challenge,
        sender_id=row.sender_id,
        phone_digest=row.phone_digest,
        code_digest=row.code_digest,
        borrower_id=row.borrower_id,
        display_name=row.display_name,
        created_at=row.created_at,
        expires_at=row.expires_at,
        tries=row.tries,
        closed_at=row.closed_at,
    )

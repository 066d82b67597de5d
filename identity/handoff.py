"""A conversation in a person's hands: waiting, active, closed.

While a handoff is active the channels keep what the borrower writes for the person and ask the
assistant nothing. Which *case* it is about lives in the account store; this is the conversation.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy.engine import Connection

from identity.errors import IdentityError
from identity.store import Database
from identity.store import handoffs as rows
from identity.store.sessions import lock_session


class HandoffState(str, Enum):
    """Where a handoff stands."""

    WAITING = "waiting"
    ACTIVE = "active"
    CLOSED = "closed"


class CaseUnknown(IdentityError):
    """No open handoff has this case number."""

    code = "case_unknown"


@dataclass(frozen=True)
class Handoff:
    """One handing over.

    Attributes:
        reason: snake_case, as the dialogue gave it (``asked_for_person``, ``hardship`` ...).
        summary: what the person should know first; written by the dialogue, shown to staff only.
        position: place in the queue from 1 while waiting, else 0.
        person: who took it, as the console names them.
    """

    case_number: str
    sender_id: str
    state: HandoffState
    reason: str
    summary: Mapping[str, Any]
    created_at: datetime
    position: int = 0
    person: str | None = None
    taken_at: datetime | None = None
    closed_at: datetime | None = None


class HandoffService:
    """Asks for, takes, returns and closes handoffs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def request_handoff(
        self, sender_id: str, reason: str, summary: Mapping[str, Any], now: datetime
    ) -> Handoff:
        """Queues the conversation for a person; while a case is open, there is no second one.

        Another reason is added to the open case, and an urgent one takes the first one's place.
        """
        with self._database.write() as connection:
            lock_session(connection, sender_id)  # or two processes would both find none open
            existing = rows.open_handoff(connection, sender_id)
            if existing is not None:
                return _handoff(_with_reason(connection, existing, reason, summary, now))
            number = f"R{now:%Y%m%d}-{secrets.token_hex(3).upper()}"
            return _handoff(rows.add_handoff(connection, number, sender_id, reason, summary, now))

    def current(self, sender_id: str) -> Handoff | None:
        """Returns the open handoff of a conversation, or None."""
        with self._database.read() as connection:
            row = rows.open_handoff(connection, sender_id)
        return None if row is None else _handoff(row)

    def queue(self) -> tuple[Handoff, ...]:
        """Returns every open handoff, the longest waiting first."""
        with self._database.read() as connection:
            return tuple(_handoff(row) for row in rows.all_open(connection))

    def take(self, case_number: str, person: str, now: datetime) -> Handoff:
        """A person takes the conversation. Taking one's own again changes nothing.

        Raises:
            CaseUnknown: not open, or taken by somebody else.
        """
        handoff = self._open(case_number)
        if handoff.state is HandoffState.ACTIVE and handoff.person == person:
            return handoff
        with self._database.write() as connection:
            if not rows.take_waiting(connection, case_number, person, now):
                raise CaseUnknown()
        return replace(handoff, state=HandoffState.ACTIVE, person=person, taken_at=now, position=0)

    def close(self, case_number: str, now: datetime) -> Handoff:
        """Ends the handoff; the assistant answers again from the next message on.

        Raises:
            CaseUnknown: not open.
        """
        handoff = self._open(case_number)
        with self._database.write() as connection:
            rows.close_handoff(connection, case_number, now)
        return replace(handoff, state=HandoffState.CLOSED, closed_at=now, position=0)

    def _open(self, case_number: str) -> Handoff:
        with self._database.read() as connection:
            row = rows.find_open(connection, case_number)
        if row is None:
            raise CaseUnknown()
        return _handoff(row)


def _with_reason(
    connection: Connection,
    case: rows.HandoffRow,
    reason: str,
    told: Mapping[str, Any],
    now: datetime,
) -> rows.HandoffRow:
    """The open case with a further reason and what is new; the same again changes nothing."""
    added = list(case.summary.get("also", ()))
    if reason in (case.reason, *(one["reason"] for one in added)):
        return case
    urgent = reason in rows.URGENT
    first, other = (reason, case.reason) if urgent else (case.reason, reason)
    also = [*added, {"reason": other, "at": now.isoformat()}]
    summary = {**told, **case.summary, "also": also}
    rows.change_case(connection, case.case_number, first, summary)
    return rows.find_open(connection, case.case_number) or case


def _handoff(row: rows.HandoffRow) -> Handoff:
    return Handoff(
        case_number=row.case_number,
        sender_id=row.sender_id,
        state=HandoffState(row.state),
        reason=row.reason,
        summary=row.summary,
        created_at=row.created_at,
        position=row.position,
        person=row.person,
        taken_at=row.taken_at,
        closed_at=row.closed_at,
    )

"""Rows of the ``handoffs`` table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.engine import Connection

from identity.store.tables import handoffs

_OPEN = ("waiting", "active")
# Somebody may be in danger: these go before everybody else who waits.
URGENT = ("self_harm",)


@dataclass(frozen=True)
class HandoffRow:
    """One row, with its place in the queue (0 unless waiting)."""

    case_number: str
    sender_id: str
    state: str
    reason: str
    summary: Mapping[str, Any]
    person: str | None
    created_at: datetime
    taken_at: datetime | None
    closed_at: datetime | None
    position: int


def add_handoff(
    connection: Connection,
    case_number: str,
    sender_id: str,
    reason: str,
    summary: Mapping[str, Any],
    now: datetime,
) -> HandoffRow:
    """Queues a conversation; the caller has locked it and seen that none is open."""
    connection.execute(
        insert(handoffs).values(
            case_number=case_number,
            sender_id=sender_id,
            state="waiting",
            reason=reason,
            summary=dict(summary),
            created_at=now,
        )
    )
    row = find_open(connection, case_number)
    if row is None:  # it was written one statement ago
        raise RuntimeError("a handoff vanished while it was being written")
    return row


def change_case(
    connection: Connection, case_number: str, reason: str, summary: Mapping[str, Any]
) -> None:
    """Writes what came to a case while it was open."""
    connection.execute(
        update(handoffs)
        .where(handoffs.c.case_number == case_number)
        .values(reason=reason, summary=dict(summary))
    )


def open_handoff(connection: Connection, sender_id: str) -> HandoffRow | None:
    """Returns the conversation's open handoff, or None."""
    return _first(connection, handoffs.c.sender_id == sender_id)


def find_open(connection: Connection, case_number: str) -> HandoffRow | None:
    """Returns the open handoff with this number, or None."""
    return _first(connection, handoffs.c.case_number == case_number)


def all_open(connection: Connection) -> tuple[HandoffRow, ...]:
    """Returns every open handoff: the urgent ones, then the others, each oldest first."""
    order = (handoffs.c.reason.in_(URGENT).desc(), handoffs.c.id)
    query = select(handoffs).where(handoffs.c.state.in_(_OPEN)).order_by(*order)
    return tuple(_row(connection, row) for row in connection.execute(query).all())


def take_waiting(connection: Connection, case_number: str, person: str, now: datetime) -> bool:
    """Gives a waiting handoff to a person. Returns False where somebody else was first."""
    taken = connection.execute(
        update(handoffs)
        .where(handoffs.c.case_number == case_number, handoffs.c.state == "waiting")
        .values(state="active", person=person, taken_at=now)
    )
    return bool(taken.rowcount)


def close_handoff(connection: Connection, case_number: str, now: datetime) -> None:
    """Ends a handoff."""
    connection.execute(
        update(handoffs)
        .where(handoffs.c.case_number == case_number)
        .values(state="closed", closed_at=now)
    )


def _first(connection: Connection, condition: Any) -> HandoffRow | None:
    query = (
        select(handoffs)
        .where(condition, handoffs.c.state.in_(_OPEN))
        .order_by(handoffs.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else _row(connection, row)


def _row(connection: Connection, row: Any) -> HandoffRow:
    return HandoffRow(
        case_number=row.case_number,
        sender_id=row.sender_id,
        state=row.state,
        reason=row.reason,
        summary=row.summary,
        person=row.person,
        created_at=row.created_at,
        taken_at=row.taken_at,
        closed_at=row.closed_at,
        position=_position(connection, row),
    )


def _position(connection: Connection, row: Any) -> int:
    if row.state != "waiting":
        return 0
    urgent, older = handoffs.c.reason.in_(URGENT), handoffs.c.id < row.id
    first = and_(urgent, older) if row.reason in URGENT else or_(urgent, older)
    ahead = select(func.count()).where(handoffs.c.state == "waiting", first)
    return int(connection.execute(ahead).scalar_one()) + 1

"""Whom the lender must not contact first, why, and since when; only a person lets it begin again.

A hold is a case in the queue `outreach`: it is in force while the case is open. Asking twice keeps
the first case. Answers to a borrower who writes are never held, only contact nobody asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import count
from typing import TYPE_CHECKING

from account_engine.errors import UnknownCase
from account_engine.ports import Queue, QueueItem, QueueStatus, StoreReader, StoreWriter
from account_engine.services.offers import DecisionIncomplete

if TYPE_CHECKING:
    from account_engine.store.sql_store import SqlStore

_BORROWER = "borrower"


class HoldReason(str, Enum):
    """Why nobody may contact the borrower first. Says nothing about anybody's health."""

    WELLBEING = "wellbeing"  # somebody may be in danger; a person has to look first
    DEATH_REPORTED = "death_reported"
    ASKED_TO_STOP = "asked_to_stop"


@dataclass(frozen=True, slots=True)
class OutreachHold:
    """One hold. `lifted_at` is None while it is in force."""

    case_id: str
    borrower_id: str
    reason: HoldReason
    since: datetime
    lifted_at: datetime | None = None
    lifted_by: str | None = None
    note: str | None = None


class Outreach:
    """Holds contact and lets a person allow it again; every change is in the audit log."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def hold(
        self, borrower_id: str, reason: HoldReason, source: str, now: datetime
    ) -> OutreachHold:
        """Hold all contact. While a hold for this reason is in force, that one is returned.

        Args:
            source: which part of the system noticed (`conversation`, `console`); no free text.

        Raises:
            UnknownBorrower: Nobody has this id.
        """

        def once(writer: StoreWriter) -> OutreachHold:
            writer.borrower(borrower_id)
            case_id = _next_case_id(writer, borrower_id, reason)
            known = writer.queue_item(case_id)
            if known is None:
                content = {"source": source}
                known = QueueItem(case_id, Queue.OUTREACH, borrower_id, reason.value, now, content)
                writer.enqueue(known)
                writer.audit("outreach_held", case_id, {"reason": reason.value, "source": source})
            return _hold(known)

        return self._store.retrying(once)

    def lift(self, case_id: str, by: str, note: str, now: datetime) -> OutreachHold:
        """A person who has looked into the case lets contact begin again.

        Raises:
            UnknownCase: No hold in force has this id.
            DecisionIncomplete: The name or the note is missing.
        """
        if not by.strip():
            raise DecisionIncomplete("lifting a hold needs a name", "by")
        if not note.strip():
            raise DecisionIncomplete("lifting a hold needs a note", "note")
        return self._store.retrying(
            lambda writer: _lift(writer, case_id, by.strip(), note.strip(), now)
        )

    def lift_own(self, borrower_id: str, now: datetime) -> bool:
        """The borrower who asked to be left alone wants reminders again; other holds stay."""

        def once(writer: StoreWriter) -> bool:
            asked = [
                one
                for one in _in_force(writer, borrower_id)
                if one.reason is HoldReason.ASKED_TO_STOP
            ]
            for one in asked:
                _lift(writer, one.case_id, _BORROWER, "asked for contact again", now)
            return bool(asked)

        return self._store.retrying(once)

    def in_force(self, borrower_id: str | None = None) -> tuple[OutreachHold, ...]:
        """Every hold in force, oldest first; of one borrower or of all."""
        with self._store.read() as reader:
            return tuple(_in_force(reader, borrower_id))

    def held(self) -> frozenset[str]:
        """The ids of all borrowers whom nobody may contact first, in one query."""
        return frozenset(hold.borrower_id for hold in self.in_force())


def _in_force(reader: StoreReader, borrower_id: str | None) -> Iterator[OutreachHold]:
    for item in reader.queue(Queue.OUTREACH, QueueStatus.WAITING):
        if borrower_id is None or item.borrower_id == borrower_id:
            yield _hold(item)


def _lift(writer: StoreWriter, case_id: str, by: str, note: str, now: datetime) -> OutreachHold:
    item = writer.queue_item(case_id)
    if item is None or item.queue is not Queue.OUTREACH or item.status is not QueueStatus.WAITING:
        raise UnknownCase("no hold in force has this id", "case_id")
    return _hold(writer.decide(case_id, QueueStatus.CLOSED, by, note, now))


def _next_case_id(reader: StoreReader, borrower_id: str, reason: HoldReason) -> str:
    """The id of the hold in force, else of the next one: a lifted hold is never opened again."""
    digest = hashlib.sha256(f"{borrower_id}\x1f{reason.value}".encode()).hexdigest()[:24]
    for number in count(1):
        case_id = f"outreach/{digest}/{number}"
        item = reader.queue_item(case_id)
        if item is None or item.status is QueueStatus.WAITING:
            return case_id
    raise AssertionError("unreachable")


def _hold(item: QueueItem) -> OutreachHold:
    return OutreachHold(
        case_id=item.item_id,
        borrower_id=item.borrower_id,
        reason=HoldReason(item.subject),
        since=item.created_at,
        lifted_at=item.decided_at,
        lifted_by=item.decided_by,
        note=item.note,
    )

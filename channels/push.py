"""Messages that nobody asked for at this moment: reminders, a person's words, late answers.

They go into the transcript; an open page gets them at once, a closed one finds them in its history.
Reminders wait for the hours of contact (``data/channels/contact_hours.yml``) and while nobody may
contact that borrower first (``channels.outreach``). Replies do not wait.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import cache

from sqlalchemy.engine import Connection

from channels.contact_hours import ContactHours
from channels.outreach import AccountHolds, OutreachHolds, held_now
from channels.records import plain_body
from identity.model import Session
from identity.service import IdentityService
from identity.store.push import PushRow, add_push, drop_stale, due_pushes, mark_delivered
from identity.store.sessions import find_session, live_sessions_of
from identity.store.transcript import Role, append_entry

_STALE = timedelta(days=2)


class PushKind(str, Enum):
    """Why a message is sent."""

    REMINDER = "reminder"
    LEGAL_NOTICE = "legal_notice"
    NOTICE = "notice"
    REPLY = "reply"

    @property
    def proactive(self) -> bool:
        """Whether it is contact that the borrower did not ask for, so that hours apply."""
        return self in (PushKind.REMINDER, PushKind.LEGAL_NOTICE)


@dataclass(frozen=True)
class Push:
    """A message for a borrower or for one conversation.

    Attributes:
        external_id: the sending system's id; the same id is delivered once.
        borrower_id, sender_id: exactly one is set.
    """

    external_id: str
    kind: PushKind
    text: str
    borrower_id: str | None = None
    sender_id: str | None = None


class EventHub:
    """Wakes the event streams of a conversation inside this process."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)

    def listen(self, sender_id: str) -> asyncio.Event:
        """Returns an event that is set whenever something comes."""
        event = asyncio.Event()
        self._listeners[sender_id].add(event)
        return event

    def leave(self, sender_id: str, event: asyncio.Event) -> None:
        """Stops listening."""
        listeners = self._listeners.get(sender_id, set())
        listeners.discard(event)
        if not listeners:
            self._listeners.pop(sender_id, None)

    def open_streams(self, sender_id: str) -> int:
        """How many streams of this conversation are open."""
        return len(self._listeners.get(sender_id, ()))

    def wake(self, sender_id: str) -> None:
        """Something came for this conversation."""
        for event in self._listeners.get(sender_id, ()):
            event.set()


class PushDelivery:
    """Takes pushes in and puts them where they will be read.

    Args:
        holds: whom nobody may contact first; by default the account engine's record.
    """

    def __init__(
        self,
        identity: IdentityService,
        hours: ContactHours,
        hub: EventHub,
        holds: OutreachHolds | None = None,
    ) -> None:
        self._holds = holds or AccountHolds()
        self._database = identity.database
        self._hours = hours
        self.hub = hub

    def changed(self, sender_id: str) -> None:
        """Lets open pages look again."""
        self.hub.wake(sender_id)

    async def accept(self, push: Push, now: datetime) -> datetime:
        """Stores a push and delivers it if it is due. Returns when it is due (UTC)."""
        due = self._hours.next_allowed(now) if push.kind.proactive else now
        await asyncio.to_thread(self._store, push, now, due)
        await self.deliver_due(now)
        return due

    async def deliver_due(self, now: datetime) -> int:
        """Delivers what is due to conversations that can be reached. Returns how many."""
        delivered = await asyncio.to_thread(self._deliver, None, now)
        for sender_id in delivered:
            self.hub.wake(sender_id)
        return len(delivered)

    async def deliver_to(self, session: Session, now: datetime) -> None:
        """Delivers what waits for the borrower of this conversation."""
        if session.identity(now).signed_in:
            await asyncio.to_thread(self._deliver, session, now)

    def _store(self, push: Push, now: datetime, due: datetime) -> None:
        with self._database.write() as connection:
            add_push(
                connection,
                PushRow(
                    external_id=push.external_id,
                    borrower_id=push.borrower_id,
                    sender_id=push.sender_id,
                    kind=push.kind.value,
                    body=plain_body(push.text),
                    deliver_after=due,
                ),
                now,
            )

    def _deliver(self, only: Session | None, now: datetime) -> list[str]:
        delivered = []
        held = cache(self._held)  # asked once, and only if something is due that can be held
        with self._database.write() as connection:
            drop_stale(connection, PushKind.REMINDER.value, now - _STALE, now)
            for row in due_pushes(connection, only.borrower_id if only else None, now):
                sender_id = only.sender_id if only else _reachable(connection, row, now)
                if sender_id is None:
                    continue  # nobody of that name is here now; it waits for the next sign-in
                kind = PushKind(row.kind)
                if kind.proactive and _is_held(connection, row, held(kind)):
                    continue  # it waits for a person to lift the hold, or until its day is over
                append_entry(connection, sender_id, _role(row), row.body, now)
                mark_delivered(connection, row.external_id, now)
                delivered.append(sender_id)
        return delivered

    def _held(self, kind: PushKind) -> frozenset[str] | None:
        """Whom a push of this kind does not reach; a wish for silence stops no legal notice."""
        legal = kind is PushKind.LEGAL_NOTICE
        return held_now(self._holds.for_people_only if legal else self._holds.held)


def _is_held(connection: Connection, row: PushRow, held: frozenset[str] | None) -> bool:
    if held is None:
        return True
    borrower_id = row.borrower_id
    if borrower_id is None and row.sender_id is not None:
        session = find_session(connection, row.sender_id)
        borrower_id = session.borrower_id if session else None
    return borrower_id in held


def _role(row: PushRow) -> Role:
    return Role.PERSON if row.kind == PushKind.REPLY.value else Role.BOT


def _reachable(connection: Connection, row: PushRow, now: datetime) -> str | None:
    if row.sender_id is not None or row.borrower_id is None:
        return row.sender_id
    live = live_sessions_of(connection, row.borrower_id, now)
    return live[0].sender_id if live else None

"""What every service channel shares: conversations of a platform's users, and late deliveries."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from sanic import Blueprint, Sanic

from channels.clock import wall_clock
from channels.conversation import Answer, Conversations
from channels.outgoing import DeliveryFailed
from channels.records import ButtonUnknown, Inbound, StillRunning
from channels.sign_in_link import SignInByLink
from channels.turns import OnNewMessage
from channels.wording import Wording
from identity.handoff import HandoffState
from identity.model import Session
from identity.service import IdentityService
from identity.store.delivery import mark_delivered, senders_with_undelivered, undelivered
from identity.store.sessions import find_session
from identity.store.transcript import Entry

logger = logging.getLogger(__name__)
_LOOK_SECONDS = 3.0

Send = Callable[[Session, tuple[Entry, ...]], Awaitable[None]]


class Platform:
    """Conversations of one service channel.

    Args:
        channel: the channel's name.
        turn_seconds: how long the platform waits for an answer; later ones are delivered.
        page: address of the chat page, for links to sign in; None where there is none.
    """

    def __init__(
        self,
        channel: str,
        identity: IdentityService,
        wording: Wording,
        on_new_message: OnNewMessage,
        *,
        turn_seconds: float,
        page: str | None = None,
    ) -> None:
        self.channel = channel
        self.identity = identity
        self.wording = wording
        self._changed = asyncio.Event()
        self._delivering = asyncio.Lock()
        self.conversations = Conversations(
            identity,
            wording,
            on_new_message,
            turn_seconds=turn_seconds,
            changed=lambda _sender_id: self._changed.set(),
        )
        self.conversations.sign_in = SignInByLink(
            identity, self.conversations.records, wording, page
        )

    async def session(self, external_ref: str) -> Session:
        """Returns the conversation of a platform's user."""
        return await asyncio.to_thread(
            self.identity.ensure_external_session, self.channel, external_ref, wall_clock()
        )

    async def answer(self, session: Session, message: Inbound) -> Answer | None:
        """Answers a message of a platform that repeats what it thinks was lost.

        Returns:
            None where there is nothing to say: the answer is with the platform already, or on its
            way from another process, or a choice was not this conversation's (logged).
        """
        records = self.conversations.records
        if await asyncio.to_thread(records.known, session.sender_id, message.client_id):
            return None
        try:
            return await self.conversations.receive(session, message)
        except (ButtonUnknown, StillRunning):
            return None

    async def taken(self, session: Session, people: str) -> None:
        """People of the platform have the conversation, whether or not the assistant asked."""
        now = wall_clock()
        handoff = await asyncio.to_thread(
            self.conversations.handoffs.request_handoff,
            session.sender_id,
            "taken_by_person",
            {},
            now,
        )
        await asyncio.to_thread(self.conversations.handoffs.take, handoff.case_number, people, now)

    async def given_back(self, session: Session, *states: HandoffState) -> None:
        """The platform says that the assistant has it: an open handoff in ``states`` is over."""
        handoffs = self.conversations.handoffs
        handoff = await asyncio.to_thread(handoffs.current, session.sender_id)
        if handoff is not None and handoff.state in states:
            await asyncio.to_thread(handoffs.close, handoff.case_number, wall_clock())

    async def waiting(self, session: Session) -> tuple[Entry, ...]:
        """Takes what waits for this conversation; it counts as delivered."""
        return await asyncio.to_thread(self._take, session.sender_id)

    async def deliver(self, send: Send) -> None:
        """Delivers what waits, in order; a conversation that fails is tried again later."""
        async with self._delivering:
            for sender_id in await asyncio.to_thread(self._senders):
                session, entries = await asyncio.to_thread(self._look, sender_id)
                if session is None or not entries:
                    continue
                try:
                    await send(session, entries)
                except DeliveryFailed:
                    logger.warning("channels.%s.delivery_failed", self.channel, exc_info=True)
                    continue
                await asyncio.to_thread(self._mark, sender_id, entries[-1].seq)

    def keep_delivering(self, blueprint: Blueprint, send: Send) -> None:
        """Runs ``deliver`` while the server runs; what other processes wrote follows in seconds."""

        async def loop() -> None:
            while True:
                self._changed.clear()
                try:
                    await self.deliver(send)
                except Exception:  # the next look may go better
                    logger.exception("channels.%s.delivery_broken", self.channel)
                try:
                    await asyncio.wait_for(self._changed.wait(), _LOOK_SECONDS)
                except asyncio.TimeoutError:
                    continue

        name = f"{self.channel}_delivery"

        async def start(app: Sanic, _loop: object) -> None:
            setattr(app.ctx, name, asyncio.ensure_future(loop()))

        async def stop(app: Sanic, _loop: object) -> None:
            getattr(app.ctx, name).cancel()

        blueprint.listener("after_server_start")(start)
        blueprint.listener("before_server_stop")(stop)

    def _senders(self) -> tuple[str, ...]:
        with self.identity.database.read() as connection:
            return senders_with_undelivered(connection, self.channel)

    def _look(self, sender_id: str) -> tuple[Session | None, tuple[Entry, ...]]:
        with self.identity.database.read() as connection:
            return find_session(connection, sender_id), undelivered(connection, sender_id)

    def _mark(self, sender_id: str, seq: int) -> None:
        with self.identity.database.write() as connection:
            mark_delivered(connection, sender_id, seq)

    def _take(self, sender_id: str) -> tuple[Entry, ...]:
        with self.identity.database.write() as connection:
            entries = undelivered(connection, sender_id)
            if entries:
                mark_delivered(connection, sender_id, entries[-1].seq)
            return entries

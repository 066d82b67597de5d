"""A message in, its answers out: once per message, one at a time per conversation.

Every channel uses this; what differs between them is only how bytes become an ``Inbound`` and how
entries are shown.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol
from weakref import WeakValueDictionary

from channels.clock import wall_clock
from channels.offer_guard import AccountOffers, OfferBook, OfferGuard, Way, offers_named
from channels.outbound import BotOutput
from channels.records import Answered, ButtonUnknown, Inbound, Records, ToAsk
from channels.turns import OnNewMessage, run_turn
from channels.wording import Wording
from identity.handoff import Handoff
from identity.model import Session
from identity.service import IdentityService
from identity.store.transcript import Entry, Role

logger = logging.getLogger(__name__)
# How long another process may be silent about a message before it is taken for dead.
_PATIENCE = timedelta(seconds=60)


class SignInWay(Protocol):
    """How a channel without a page of its own has people sign in."""

    def read(self, session: Session, message: Inbound) -> Inbound:
        """Takes out of a message what is not for the dialogue; it may come back answered."""

    def complete(self, session: Session, outputs: tuple[BotOutput, ...]) -> tuple[BotOutput, ...]:
        """Adds the way to sign in to the messages that ask for it."""


@dataclass(frozen=True)
class Answer:
    """What one message got.

    Attributes:
        entries: the answers in order; empty while a person has the conversation.
        handoff: the open handoff, if there is one.
    """

    entries: tuple[Entry, ...]
    handoff: Handoff | None


@dataclass
class _Turn:
    """A message being worked on. ``overdue`` once its sender got the notice that it takes long."""

    task: asyncio.Task[tuple[Entry, ...]] | None = None
    overdue: bool = False


class Conversations:
    """All conversations of one process.

    Args:
        on_new_message: Rasa's handler.
        turn_seconds: after this the sender gets a notice, and the answer later as a push.
        changed: called with a sender id when something came that nobody is waiting for.
        offers: who was made which offer; by default the account engine's own.
    """

    def __init__(
        self,
        identity: IdentityService,
        wording: Wording,
        on_new_message: OnNewMessage,
        *,
        turn_seconds: float,
        changed: Callable[[str], None] = lambda _sender_id: None,
        offers: OfferBook | None = None,
    ) -> None:
        self.identity = identity
        self.wording = wording
        self.records = Records(identity, wording, _PATIENCE)
        self.handoffs = identity.handoffs
        self.offers = OfferGuard(identity, offers or AccountOffers())
        self.sign_in: SignInWay | None = None
        self._on_new_message = on_new_message
        self._turn_seconds = turn_seconds
        self._changed = changed
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._turns: dict[tuple[str, str], _Turn] = {}

    async def receive(self, session: Session, message: Inbound) -> Answer:
        """Answers one message. The same ``client_id`` is worked on once, however often it comes.

        Raises:
            ButtonUnknown: a button that this conversation was not shown (logged).
            StillRunning: another process has this message in work.
        """
        key = (session.sender_id, message.client_id)
        turn = self._turns.get(key)
        if turn is None:
            turn = self._turns[key] = _Turn()
            turn.task = asyncio.ensure_future(self._work(session, message, turn))
            turn.task.add_done_callback(lambda _done: self._turns.pop(key, None))
        entries = await self._wait(session, message.client_id, turn)
        handoff = await asyncio.to_thread(self.handoffs.current, session.sender_id)
        return Answer(entries, handoff)

    async def ask_silently(self, session: Session, text: str, message_id: str) -> Answer:
        """Asks Rasa something that nobody typed just now (after a sign-in).

        An answer that takes too long comes later, as a push: signing in must not wait for it.
        """
        turn = _Turn()
        turn.task = asyncio.ensure_future(self._work_silently(session, text, message_id, turn))
        entries: tuple[Entry, ...] = ()
        try:
            entries = await asyncio.wait_for(asyncio.shield(turn.task), self._turn_seconds)
        except asyncio.TimeoutError:
            turn.overdue = True
        handoff = await asyncio.to_thread(self.handoffs.current, session.sender_id)
        return Answer(entries, handoff)

    async def _wait(self, session: Session, client_id: str, turn: _Turn) -> tuple[Entry, ...]:
        if turn.task is None:
            raise RuntimeError("a turn without its task")
        # Shielded: a browser that hangs up, or our own patience, must not stop a turn half-way.
        waiting = asyncio.shield(turn.task)
        try:
            return await asyncio.wait_for(waiting, self._turn_seconds)
        except asyncio.TimeoutError:
            if turn.task.done():
                return turn.task.result()
            if turn.overdue:
                return await asyncio.to_thread(self.records.replies, session.sender_id, client_id)
            turn.overdue = True
            logger.warning("channels.turn.slow channel=%s", session.channel)
            notice = await asyncio.to_thread(
                self.records.say,
                session.sender_id,
                Role.BOT,
                self.wording.replies.slow,
                wall_clock(),
                in_reply_to=client_id,
            )
            return (notice,)

    async def _work(self, session: Session, message: Inbound, turn: _Turn) -> tuple[Entry, ...]:
        sender_id = session.sender_id
        async with self._lock(sender_id):
            message = await asyncio.to_thread(self._prepared, session, message)
            handoff = await asyncio.to_thread(self.handoffs.current, sender_id)
            try:
                step = await asyncio.to_thread(
                    self.records.begin, sender_id, message, handoff, wall_clock()
                )
            except ButtonUnknown as refused:
                await asyncio.to_thread(self._log_button, sender_id, str(refused))
                raise
            said: tuple[Entry, ...] = ()
            if isinstance(step, Answered):
                if message.then is None or not step.entries:
                    return step.entries
                said, step = step.entries, ToAsk(message.then)
            outputs = await self._ask(session, step.text, message.client_id)
            return (*said, *await self._keep(session, message.client_id, outputs, turn))

    def _prepared(self, session: Session, message: Inbound) -> Inbound:
        read = self.sign_in.read(session, message) if self.sign_in else message
        return self._guarded(session, read)

    def _guarded(self, session: Session, message: Inbound) -> Inbound:
        """Keeps a message that names somebody else's offer from the dialogue.

        A button of that name needs nothing here: no conversation was ever shown one.
        """
        typed, pressed = message.text or "", message.button or ""
        if not offers_named(typed + pressed):
            return message
        if self.records.known(session.sender_id, message.client_id):
            return message  # a repeated message is logged once
        way = Way.BUTTON if pressed else Way.TEXT
        refused = self.offers.refuses(session, typed + pressed, way, wall_clock())
        return replace(message, substitute="offer_unknown") if refused and typed else message

    async def _work_silently(
        self, session: Session, text: str, message_id: str, turn: _Turn
    ) -> tuple[Entry, ...]:
        async with self._lock(session.sender_id):
            outputs = await self._ask(session, text, message_id)
            return await self._keep(session, message_id, outputs, turn)

    async def _keep(
        self, session: Session, message_id: str, outputs: tuple[BotOutput, ...], turn: _Turn
    ) -> tuple[Entry, ...]:
        """Stores the answers. After the notice they are a push: the page stopped waiting."""
        if self.sign_in is not None:
            outputs = await asyncio.to_thread(self.sign_in.complete, session, outputs)
        entries = await asyncio.to_thread(
            self.records.finish,
            session.sender_id,
            message_id,
            outputs,
            wall_clock(),
            in_reply_to=None if turn.overdue else message_id,
        )
        if turn.overdue:
            self._changed(session.sender_id)
        return entries

    async def _ask(self, session: Session, text: str, message_id: str) -> tuple[BotOutput, ...]:
        result = await run_turn(
            self._on_new_message,
            sender_id=session.sender_id,
            channel=session.channel,
            text=text,
            message_id=message_id,
        )
        if result.incident is None:
            return result.outputs
        trouble = self.wording.replies.trouble.format(incident=result.incident)
        return (*result.outputs, BotOutput(trouble))

    def _log_button(self, sender_id: str, which: str) -> None:
        self.identity.record("button_refused", wall_clock(), sender_id=sender_id, button=which)

    def _lock(self, sender_id: str) -> asyncio.Lock:
        lock = self._locks.get(sender_id)
        if lock is None:
            lock = self._locks[sender_id] = asyncio.Lock()
        return lock

"""``channels.chatwoot.ChatwootInput``: answers pending conversations, hands over, comes back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.calls import body_of
from channels.chatwoot.api import ChatwootApi
from channels.chatwoot.events import ChatwootEvent, Deed, read_event
from channels.chatwoot.settings import ChatwootSettings
from channels.conversation import wall_clock
from channels.outgoing import DeliveryFailed
from channels.plain import plain_text
from channels.platform import Platform
from channels.records import ButtonUnknown, Inbound, StillRunning
from channels.refusal import Refusal, add_refusals
from channels.routing import add_handler
from channels.signatures import SignatureRefused, check_fresh, check_hmac
from channels.summary import handoff_summary
from channels.turns import OnNewMessage
from channels.wording import load_wording
from identity.handoff import Handoff, HandoffState
from identity.model import Session
from identity.service import IdentityService
from identity.store.transcript import Entry

logger = logging.getLogger(__name__)
NAME = "chatwoot"
_PEOPLE = "chatwoot"


class ChatwootInput(InputChannel):
    """Mounted at ``/webhooks/chatwoot``; the agent bot's outgoing URL is ``…/events``."""

    def __init__(self, settings: ChatwootSettings, identity: IdentityService) -> None:
        self._settings = settings
        self._identity = identity

    @classmethod
    def name(cls) -> str:
        """The channel's name and mount point."""
        return NAME

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> ChatwootInput:
        """Made by Rasa from ``credentials.yml``."""
        return cls(ChatwootSettings.read(credentials), IdentityService.from_environment())

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Composes the channel."""
        wording = load_wording()
        platform = Platform(
            NAME,
            self._identity,
            wording,
            on_new_message,
            turn_seconds=self._settings.turn_seconds,
        )
        bot = ChatwootBot(platform, ChatwootApi(self._settings))
        blueprint = Blueprint("channel_chatwoot")
        _Route(self._settings, platform, bot).add_to(blueprint)
        add_refusals(blueprint, wording)
        platform.keep_delivering(blueprint, bot.send)
        return blueprint


class _Route:
    def __init__(self, settings: ChatwootSettings, platform: Platform, bot: ChatwootBot) -> None:
        self._settings = settings
        self._platform = platform
        self._bot = bot
        self._working: set[asyncio.Task[None]] = set()

    def add_to(self, blueprint: Blueprint) -> None:
        add_handler(blueprint, "POST", "/events", self.event, "event")

    async def event(self, request: Request) -> HTTPResponse:
        """Takes an event and answers at once: Chatwoot gives up after a few seconds."""
        await self._check(request)
        event = read_event(body_of(request), self._settings.account_id)
        task = asyncio.ensure_future(self._bot.act(event))
        self._working.add(task)  # the loop itself keeps only a weak reference
        task.add_done_callback(self._working.discard)
        return response.json({"status": event.deed.value})

    async def _check(self, request: Request) -> None:
        stamp = request.headers.get("x-chatwoot-timestamp", "")
        claimed = request.headers.get("x-chatwoot-signature", "")
        now = wall_clock()
        signed = f"{stamp}.".encode("utf-8", "replace") + request.body
        try:
            check_hmac([self._settings.webhook_secret], signed, claimed)
            # Within the window a repeated event does nothing: messages count once by their id.
            check_fresh(stamp, now, self._settings.window)
        except SignatureRefused as error:
            event = f"chatwoot_{error.reason}"
            await asyncio.to_thread(
                lambda: self._platform.identity.record(event, now, address=request.ip or None)
            )
            raise Refusal("service_refused") from error


class ChatwootBot:
    """Acts on events and speaks through the API."""

    def __init__(self, platform: Platform, api: ChatwootApi) -> None:
        self._platform = platform
        self._api = api
        self._handoffs = platform.conversations.handoffs

    async def act(self, event: ChatwootEvent) -> None:
        """Does what an event asks; failures are logged, never raised into the server."""
        try:
            if event.deed is Deed.ANSWER:
                await self._answer(event)
            elif event.deed is Deed.RESUME:
                await self._resume(event.conversation)
            elif event.deed is Deed.PEOPLE:
                await self._give_to_people(await self._session(event.conversation))
        except DeliveryFailed:
            logger.warning("channels.chatwoot.not_delivered", exc_info=True)
        except Exception:
            logger.exception("channels.chatwoot.failed")

    async def send(self, session: Session, entries: tuple[Entry, ...]) -> None:
        """Delivers what came unasked."""
        await self._say(int(session.external_ref or 0), entries)

    async def _answer(self, event: ChatwootEvent) -> None:
        session = await self._session(event.conversation)
        current = await asyncio.to_thread(self._handoffs.current, session.sender_id)
        if current is not None and current.state is HandoffState.ACTIVE:
            # The conversation is pending again, so the people have given it back.
            await asyncio.to_thread(self._handoffs.close, current.case_number, wall_clock())
        known = await asyncio.to_thread(
            self._platform.conversations.records.known, session.sender_id, event.message_id
        )
        if known:
            return  # Chatwoot repeats what it thinks was lost; the answer is with it already
        try:
            answer = await self._platform.conversations.receive(session, _inbound(event))
        except (ButtonUnknown, StillRunning):
            return
        await self._say(event.conversation, answer.entries)
        if answer.handoff is not None and answer.handoff.state is HandoffState.WAITING:
            await self._hand_over(event.conversation, session, answer.handoff)

    async def _say(self, conversation: int, entries: tuple[Entry, ...]) -> None:
        if not entries:
            return
        text = plain_text(entries, self._platform.wording)
        buttons = [one for entry in entries for one in entry.body.get("buttons") or []]
        if not buttons:
            await self._api.say(conversation, text)
            return
        choices = [{"title": one["title"], "value": one["value"]} for one in buttons]
        await self._api.ask(conversation, text, choices)

    async def _hand_over(self, conversation: int, session: Session, handoff: Handoff) -> None:
        await self._api.note(conversation, handoff_summary(handoff, self._platform.wording))
        await self._api.open_for_people(conversation)
        await self._give_to_people(session)

    async def _give_to_people(self, session: Session) -> None:
        now = wall_clock()
        handoff = await asyncio.to_thread(
            self._handoffs.request_handoff, session.sender_id, "taken_by_person", {}, now
        )
        await asyncio.to_thread(self._handoffs.take, handoff.case_number, _PEOPLE, now)

    async def _resume(self, conversation: int) -> None:
        session = await self._session(conversation)
        current = await asyncio.to_thread(self._handoffs.current, session.sender_id)
        if current is not None:
            await asyncio.to_thread(self._handoffs.close, current.case_number, wall_clock())

    async def _session(self, conversation: int) -> Session:
        return await self._platform.session(str(conversation))


def _inbound(event: ChatwootEvent) -> Inbound:
    return Inbound(
        event.message_id,
        text=None if event.chosen else event.text,
        button=event.chosen,
        menus=True,
        substitute=event.substitute,
    )

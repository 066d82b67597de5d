"""``channels.chatwoot.ChatwootInput``: answers pending conversations, hands over, comes back."""

from __future__ import annotations

import logging

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.calls import body_of
from channels.chatwoot.api import ChatwootApi
from channels.chatwoot.events import ChatwootEvent, Deed, read_event
from channels.chatwoot.settings import ChatwootSettings
from channels.clock import wall_clock
from channels.outgoing import DeliveryFailed
from channels.plain import plain_text
from channels.platform import Platform, Send
from channels.records import Inbound
from channels.routing import add_handler
from channels.service_input import InBackground, ServiceInput, refused
from channels.signatures import SignatureRefused, check_fresh, check_hmac
from channels.summary import handoff_summary
from identity.handoff import Handoff, HandoffState
from identity.model import Session
from identity.store.transcript import Entry

logger = logging.getLogger(__name__)
NAME = "chatwoot"
_PEOPLE = "chatwoot"


class ChatwootInput(ServiceInput[ChatwootSettings]):
    """Mounted at ``/webhooks/chatwoot``; the agent bot's outgoing URL is ``…/events``."""

    channel = "chatwoot"
    settings_type = ChatwootSettings

    def mount(self, blueprint: Blueprint, platform: Platform) -> Send | None:
        """Adds the routes."""
        bot = ChatwootBot(platform, ChatwootApi(self._settings))
        _Route(self._settings, platform, bot).add_to(blueprint)
        return bot.send


class _Route:
    def __init__(self, settings: ChatwootSettings, platform: Platform, bot: ChatwootBot) -> None:
        self._settings = settings
        self._platform = platform
        self._bot = bot
        self._background = InBackground()

    def add_to(self, blueprint: Blueprint) -> None:
        add_handler(blueprint, "POST", "/events", self.event, "event")

    async def event(self, request: Request) -> HTTPResponse:
        """Takes an event and answers at once: Chatwoot gives up after a few seconds."""
        await self._check(request)
        event = read_event(body_of(request), self._settings.account_id)
        self._background.start(self._bot.act(event))
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
            raise await refused(self._platform, request, error) from error


class ChatwootBot:
    """Acts on events and speaks through the API."""

    def __init__(self, platform: Platform, api: ChatwootApi) -> None:
        self._platform = platform
        self._api = api

    async def act(self, event: ChatwootEvent) -> None:
        """Does what an event asks; failures are logged, never raised into the server."""
        try:
            if event.deed is Deed.ANSWER:
                await self._answer(event)
            elif event.deed is Deed.RESUME:
                await self._platform.given_back(
                    await self._session(event.conversation),
                    HandoffState.WAITING,
                    HandoffState.ACTIVE,
                )
            elif event.deed is Deed.PEOPLE:
                await self._platform.taken(await self._session(event.conversation), _PEOPLE)
        except DeliveryFailed:
            logger.warning("channels.chatwoot.not_delivered", exc_info=True)
        except Exception:
            logger.exception("channels.chatwoot.failed")

    async def send(self, session: Session, entries: tuple[Entry, ...]) -> None:
        """Delivers what came unasked."""
        await self._say(int(session.external_ref or 0), entries)

    async def _answer(self, event: ChatwootEvent) -> None:
        session = await self._session(event.conversation)
        # The bot is asked in pending conversations only, so people have given this one back.
        await self._platform.given_back(session, HandoffState.ACTIVE)
        answer = await self._platform.answer(session, _inbound(event))
        if answer is None:
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
        await self._platform.taken(session, _PEOPLE)

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

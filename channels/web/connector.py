"""``channels.web.WebInput``: composes the web channel and hands Rasa its blueprint."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic, response
from sanic.constants import HTTP_METHODS
from sanic.exceptions import MethodNotSupported
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.clock import wall_clock
from channels.contact_hours import load_contact_hours
from channels.conversation import Conversations
from channels.push import EventHub, PushDelivery
from channels.refusal import Refusal, add_refusals
from channels.turns import OnNewMessage
from channels.web.event_routes import EventRoutes
from channels.web.gate import Gate
from channels.web.health import Health
from channels.web.link_routes import LinkRoutes
from channels.web.message_routes import MessageRoutes
from channels.web.pages import Pages, is_loader, loader_headers, secure
from channels.web.service_routes import ServiceRoutes
from channels.web.session_routes import SessionRoutes
from channels.web.settings import WebSettings
from channels.web.verify_routes import VerifyRoutes
from channels.wording import Wording, load_wording
from identity.code_sender import load_sender
from identity.service import IdentityService
from identity.verification import Verification

logger = logging.getLogger(__name__)
_DELIVERY_SECONDS = 20.0
_FILE_NAME = r"[A-Za-z0-9_-]{1,64}\.(?:js|css|html|svg|png|ico|webmanifest)"


class WebInput(InputChannel):
    """The chat page and its API, mounted at ``/webhooks/web``."""

    def __init__(self, settings: WebSettings, identity: IdentityService) -> None:
        self._settings = settings
        self._identity = identity

    @classmethod
    def name(cls) -> str:
        """The channel's name and mount point."""
        return "web"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> WebInput:
        """Made by Rasa from ``credentials.yml``."""
        return cls(WebSettings.read(credentials), IdentityService.from_environment())

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Composes the channel."""
        wording = load_wording()
        hub = EventHub()
        push = PushDelivery(self._identity, load_contact_hours(), hub)
        conversations = Conversations(
            self._identity,
            wording,
            on_new_message,
            turn_seconds=self._settings.turn_seconds,
            changed=hub.wake,
        )
        gate = Gate(self._settings, conversations)
        blueprint = Blueprint("channel_web")
        sessions = SessionRoutes(self._settings, conversations, gate, push)
        sessions.add_to(blueprint)
        VerifyRoutes(
            self._verification(), sessions, gate, demo=self._identity.settings.demo
        ).add_to(blueprint)
        LinkRoutes(conversations, gate).add_to(blueprint)
        MessageRoutes(self._settings, conversations, gate, push).add_to(blueprint)
        EventRoutes(self._settings, conversations, gate, push).add_to(blueprint)
        ServiceRoutes(conversations, gate, push).add_to(blueprint)
        _add_delivery(blueprint, push)
        _add_pages(blueprint, Pages(self._settings), Health(self._settings.action_health), gate)
        add_refusals(blueprint, wording)
        _refuse_other_methods(blueprint, wording)
        return blueprint

    def _verification(self) -> Verification | None:
        if not self._settings.code_sender and not self._identity.settings.demo:
            return None
        return Verification(
            self._identity.database,
            self._identity.session_ring,
            self._identity.directory,
            load_sender(self._settings.code_sender),
        )


def _add_delivery(blueprint: Blueprint, push: PushDelivery) -> None:
    """Looks for pushes that other processes wrote, or whose hour has come."""

    async def deliver() -> None:
        while True:
            try:
                await push.deliver_due(wall_clock())
            except Exception:  # the next look may find the database again
                logger.exception("channels.push.failed")
            await asyncio.sleep(_DELIVERY_SECONDS)

    async def start(app: Sanic, _loop: object) -> None:
        app.ctx.push_delivery = asyncio.ensure_future(deliver())

    async def stop(app: Sanic, _loop: object) -> None:
        app.ctx.push_delivery.cancel()

    blueprint.listener("after_server_start")(start)
    blueprint.listener("before_server_stop")(stop)


def _refuse_other_methods(blueprint: Blueprint, wording: Wording) -> None:
    """Sanic finds no route for a wrong method, so no blueprint's handlers; it asks the app's."""

    async def refused(_request: Request, _error: MethodNotSupported) -> HTTPResponse:
        return Refusal("method_not_allowed").answer(wording)

    async def start(app: Sanic, _loop: object) -> None:
        if not getattr(app.ctx, "refuses_other_methods", False):
            app.error_handler.add(MethodNotSupported, refused)
            app.ctx.refuses_other_methods = True

    blueprint.listener("after_server_start")(start)


def _add_pages(blueprint: Blueprint, pages: Pages, health: Health, gate: Gate) -> None:
    policy = pages.content_policy()

    async def page(_request: Request) -> HTTPResponse:
        return await pages.index()

    async def asset(_request: Request, name: str) -> HTTPResponse:
        return await pages.asset(name)

    async def file(_request: Request, name: str) -> HTTPResponse:
        answer = await pages.named(name)
        return loader_headers(answer) if is_loader(name) else answer

    async def show_health(request: Request) -> HTTPResponse:
        problems = await health.problems(request)
        if problems:
            return response.json({"status": "starting", **problems}, status=503)
        return response.json({"status": "ok"})

    async def otherwise(request: Request, rest: str) -> HTTPResponse:
        await gate.watch_path(request)
        if not rest.strip("/"):  # Sanic prefers this route to "/" where the address ends in "/"
            return await pages.index()
        raise Refusal("not_found")

    async def add_headers(_request: Request, answer: HTTPResponse) -> None:
        secure(answer, policy)

    blueprint.add_route(page, "/", name="page")
    blueprint.add_route(asset, "/assets/<name:path>", name="asset")
    blueprint.add_route(file, f"/<name:{_FILE_NAME}>", name="file")
    blueprint.add_route(show_health, "/health", name="health")
    blueprint.add_route(otherwise, "/<rest:path>", methods=list(HTTP_METHODS), name="otherwise")
    blueprint.middleware(add_headers, "response")

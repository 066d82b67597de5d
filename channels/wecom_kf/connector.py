"""``channels.wecom_kf.WecomKfInput``: a push is only a notice; the messages are pulled."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.conversation import wall_clock
from channels.platform import Platform
from channels.refusal import Refusal, add_refusals
from channels.routing import add_handler
from channels.signatures import SignatureRefused
from channels.turns import OnNewMessage
from channels.wechat_envelope import Envelope
from channels.wecom_kf.api import WecomKfApi
from channels.wecom_kf.customers import Customers
from channels.wecom_kf.settings import WecomKfSettings
from channels.wording import load_wording
from identity.service import IdentityService

NAME = "wecom_kf"


class WecomKfInput(InputChannel):
    """Mounted at ``/webhooks/wecom_kf``; the callback address in the console is ``…/callback``."""

    def __init__(self, settings: WecomKfSettings, identity: IdentityService) -> None:
        self._settings = settings
        self._identity = identity

    @classmethod
    def name(cls) -> str:
        """The channel's name and mount point."""
        return NAME

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> WecomKfInput:
        """Made by Rasa from ``credentials.yml``."""
        return cls(WecomKfSettings.read(credentials), IdentityService.from_environment())

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
        customers = Customers(self._settings, platform, WecomKfApi(self._settings))
        blueprint = Blueprint("channel_wecom_kf")
        _Routes(self._settings, platform, customers).add_to(blueprint)
        add_refusals(blueprint, wording)
        platform.keep_delivering(blueprint, customers.send)
        return blueprint


class _Routes:
    def __init__(self, settings: WecomKfSettings, platform: Platform, customers: Customers) -> None:
        self._platform = platform
        self._customers = customers
        self._envelope = Envelope(
            settings.token, settings.aes_key, settings.corp_id, settings.window
        )
        self._pulling: set[asyncio.Task[None]] = set()

    def add_to(self, blueprint: Blueprint) -> None:
        add_handler(blueprint, "GET", "/callback", self.greet, "verify")
        add_handler(blueprint, "POST", "/callback", self.notice, "notice")

    async def greet(self, request: Request) -> HTTPResponse:
        """WeCom checks once that the address is ours: it wants the sealed text opened."""
        try:
            text = self._envelope.open_text(
                _argument(request, "echostr"), *_signed(request), wall_clock()
            )
        except SignatureRefused as error:
            raise await self._refused(request, error) from error
        return response.text(text)

    async def notice(self, request: Request) -> HTTPResponse:
        """Something is in the log. Answered at once; the log is read in the background."""
        try:
            message = self._envelope.open_message(request.body, *_signed(request), wall_clock())
        except SignatureRefused as error:
            raise await self._refused(request, error) from error
        account = message.get("OpenKfId", "")[:64]
        if message.get("Event") == "kf_msg_or_event" and account:
            task = asyncio.ensure_future(
                self._customers.read_log(account, message.get("Token", "")[:128])
            )
            self._pulling.add(task)  # the loop itself keeps only a weak reference
            task.add_done_callback(self._pulling.discard)
        return response.text("success")

    async def _refused(self, request: Request, error: SignatureRefused) -> Refusal:
        event = f"wecom_kf_{error.reason}"
        await asyncio.to_thread(
            lambda: self._platform.identity.record(event, wall_clock(), address=request.ip or None)
        )
        return Refusal("service_refused")


def _signed(request: Request) -> tuple[str, str, str]:
    return (
        _argument(request, "msg_signature"),
        _argument(request, "timestamp"),
        _argument(request, "nonce"),
    )


def _argument(request: Request, name: str) -> str:
    value = request.args.get(name)
    return value if isinstance(value, str) else ""

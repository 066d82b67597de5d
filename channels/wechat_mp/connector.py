"""``channels.wechat_mp.WechatMpInput``: answers within five seconds, or says when to look again."""

from __future__ import annotations

import asyncio
import hashlib
import logging
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
from channels.wechat_mp.follower import Followers
from channels.wechat_mp.late import LateMessages
from channels.wechat_mp.settings import WechatMpSettings
from channels.wording import load_wording
from identity.service import IdentityService

logger = logging.getLogger(__name__)
NAME = "wechat_mp"


class WechatMpInput(InputChannel):
    """Mounted at ``/webhooks/wechat_mp``; the server address in the console is ``…/callback``."""

    def __init__(self, settings: WechatMpSettings, identity: IdentityService) -> None:
        self._settings = settings
        self._identity = identity

    @classmethod
    def name(cls) -> str:
        """The channel's name and mount point."""
        return NAME

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> WechatMpInput:
        """Made by Rasa from ``credentials.yml``."""
        return cls(WechatMpSettings.read(credentials), IdentityService.from_environment())

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Composes the channel."""
        wording = load_wording()
        if not self._settings.app_secret:
            # Nothing can be sent later, so the notice must say how to fetch the answer.
            replies = wording.replies.copy(update={"slow": wording.replies.deferred})
            wording = wording.copy(update={"replies": replies})
        platform = Platform(
            NAME,
            self._identity,
            wording,
            on_new_message,
            turn_seconds=self._settings.turn_seconds,
        )
        blueprint = Blueprint("channel_wechat_mp")
        _Routes(self._settings, platform).add_to(blueprint)
        add_refusals(blueprint, wording)
        if self._settings.app_secret:
            late = LateMessages(self._settings, wording)
            platform.keep_delivering(blueprint, late.send)
        return blueprint


class _Routes:
    def __init__(self, settings: WechatMpSettings, platform: Platform) -> None:
        self._platform = platform
        self._followers = Followers(settings, platform)
        self._envelope = Envelope(
            settings.token, settings.aes_key, settings.app_id, settings.window
        )

    def add_to(self, blueprint: Blueprint) -> None:
        add_handler(blueprint, "GET", "/callback", self.greet, "verify")
        add_handler(blueprint, "POST", "/callback", self.receive, "message")

    async def greet(self, request: Request) -> HTTPResponse:
        """WeChat checks once that the address is ours."""
        try:
            self._envelope.check_plain(
                _argument(request, "signature"),
                _argument(request, "timestamp"),
                _argument(request, "nonce"),
                wall_clock(),
            )
        except SignatureRefused as error:
            raise await self._refused(request, error) from error
        return response.text(_argument(request, "echostr")[:128])

    async def receive(self, request: Request) -> HTTPResponse:
        """One message or event of a follower, sealed; so is the answer."""
        now = wall_clock()
        try:
            message = self._envelope.open_message(
                request.body,
                _argument(request, "msg_signature"),
                _argument(request, "timestamp"),
                _argument(request, "nonce"),
                now,
            )
        except SignatureRefused as error:
            raise await self._refused(request, error) from error
        reply = await self._followers.answer(message, _message_id(message))
        if reply is None:
            return response.text("success")  # WeChat's word for "received, nothing to say"
        sealed = self._envelope.seal(reply, wall_clock())
        return response.text(sealed, content_type="application/xml; charset=utf-8")

    async def _refused(self, request: Request, error: SignatureRefused) -> Refusal:
        event = f"wechat_mp_{error.reason}"
        await asyncio.to_thread(
            lambda: self._platform.identity.record(event, wall_clock(), address=request.ip or None)
        )
        return Refusal("service_refused")


def _argument(request: Request, name: str) -> str:
    value = request.args.get(name)
    return value if isinstance(value, str) else ""


def _message_id(message: dict[str, str]) -> str:
    """WeChat repeats a message up to three times; messages have an id, events do not."""
    if message.get("MsgId"):
        return f"mp-{message['MsgId'][:64]}"
    parts = (message.get(name, "") for name in ("FromUserName", "CreateTime", "Event", "EventKey"))
    return "mp-" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]

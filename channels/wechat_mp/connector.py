"""``channels.wechat_mp.WechatMpInput``: answers within five seconds, or says when to look again."""

from __future__ import annotations

import hashlib

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.clock import wall_clock
from channels.platform import Platform, Send
from channels.routing import add_handler
from channels.service_input import ServiceInput, refused
from channels.signatures import SignatureRefused
from channels.wechat_envelope import Envelope, argument, signed_arguments
from channels.wechat_mp.follower import Followers
from channels.wechat_mp.late import LateMessages
from channels.wechat_mp.settings import WechatMpSettings
from channels.wording import Wording

NAME = "wechat_mp"


class WechatMpInput(ServiceInput[WechatMpSettings]):
    """Mounted at ``/webhooks/wechat_mp``; the server address in the console is ``…/callback``."""

    channel = "wechat_mp"
    settings_type = WechatMpSettings

    def mount(self, blueprint: Blueprint, platform: Platform) -> Send | None:
        """Adds the routes."""
        _Routes(self._settings, platform).add_to(blueprint)
        if not self._settings.app_secret:
            return None
        return LateMessages(self._settings, platform.wording).send

    def worded(self, wording: Wording) -> Wording:
        """Where nothing can be sent later, the notice must say how to fetch the answer."""
        if self._settings.app_secret:
            return wording
        replies = wording.replies.copy(update={"slow": wording.replies.deferred})
        return wording.copy(update={"replies": replies})


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
                argument(request, "signature"),
                argument(request, "timestamp"),
                argument(request, "nonce"),
                wall_clock(),
            )
        except SignatureRefused as error:
            raise await refused(self._platform, request, error) from error
        return response.text(argument(request, "echostr")[:128])

    async def receive(self, request: Request) -> HTTPResponse:
        """One message or event of a follower, sealed; so is the answer."""
        try:
            message = self._envelope.open_message(
                request.body, *signed_arguments(request), wall_clock()
            )
        except SignatureRefused as error:
            raise await refused(self._platform, request, error) from error
        reply = await self._followers.answer(message, _message_id(message))
        if reply is None:
            return response.text("success")  # WeChat's word for "received, nothing to say"
        sealed = self._envelope.seal(reply, wall_clock())
        return response.text(sealed, content_type="application/xml; charset=utf-8")


def _message_id(message: dict[str, str]) -> str:
    """WeChat repeats a message up to three times; messages have an id, events do not."""
    if message.get("MsgId"):
        return f"mp-{message['MsgId'][:64]}"
    parts = (message.get(name, "") for name in ("FromUserName", "CreateTime", "Event", "EventKey"))
    return "mp-" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]

"""``channels.wecom_kf.WecomKfInput``: a push is only a notice; the messages are pulled."""

from __future__ import annotations

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.clock import wall_clock
from channels.platform import Platform, Send
from channels.routing import add_handler
from channels.service_input import InBackground, ServiceInput, refused
from channels.signatures import SignatureRefused
from channels.wechat_envelope import Envelope, argument, signed_arguments
from channels.wecom_kf.api import WecomKfApi
from channels.wecom_kf.customers import Customers
from channels.wecom_kf.settings import WecomKfSettings

NAME = "wecom_kf"


class WecomKfInput(ServiceInput[WecomKfSettings]):
    """Mounted at ``/webhooks/wecom_kf``; the callback address in the console is ``…/callback``."""

    channel = "wecom_kf"
    settings_type = WecomKfSettings

    def mount(self, blueprint: Blueprint, platform: Platform) -> Send | None:
        """Adds the routes."""
        customers = Customers(self._settings, platform, WecomKfApi(self._settings))
        _Routes(self._settings, platform, customers).add_to(blueprint)
        return customers.send


class _Routes:
    def __init__(self, settings: WecomKfSettings, platform: Platform, customers: Customers) -> None:
        self._platform = platform
        self._customers = customers
        self._envelope = Envelope(
            settings.token, settings.aes_key, settings.corp_id, settings.window
        )
        self._background = InBackground()

    def add_to(self, blueprint: Blueprint) -> None:
        add_handler(blueprint, "GET", "/callback", self.greet, "verify")
        add_handler(blueprint, "POST", "/callback", self.notice, "notice")

    async def greet(self, request: Request) -> HTTPResponse:
        """WeCom checks once that the address is ours: it wants the sealed text opened."""
        try:
            text = self._envelope.open_text(
                argument(request, "echostr"), *signed_arguments(request), wall_clock()
            )
        except SignatureRefused as error:
            raise await refused(self._platform, request, error) from error
        return response.text(text)

    async def notice(self, request: Request) -> HTTPResponse:
        """Something is in the log. Answered at once; the log is read in the background."""
        try:
            message = self._envelope.open_message(
                request.body, *signed_arguments(request), wall_clock()
            )
        except SignatureRefused as error:
            raise await refused(self._platform, request, error) from error
        account = message.get("OpenKfId", "")[:64]
        if message.get("Event") == "kf_msg_or_event" and account:
            notice = message.get("Token", "")[:128]
            self._background.start(self._customers.read_log(account, notice))
        return response.text("success")

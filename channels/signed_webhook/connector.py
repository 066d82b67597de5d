"""``channels.signed_webhook.SignedWebhookInput``: messages and events, signed both ways."""

from __future__ import annotations

import asyncio
from typing import Any

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.calls import body_of, client_id, text_field
from channels.clock import wall_clock
from channels.conversation import Answer
from channels.plain import plain_text
from channels.platform import Platform, Send
from channels.presentation import handoff_json, message_json
from channels.records import ButtonUnknown, Inbound, StillRunning
from channels.refusal import Refusal
from channels.routing import add_handler
from channels.service_input import ServiceInput, refused
from channels.signatures import SignatureRefused, check_first_time, check_fresh, check_hmac
from channels.signed_webhook.callback import Callback
from channels.signed_webhook.settings import SignedWebhookSettings
from identity.errors import IdentityError
from identity.handoff import HandoffState
from identity.model import Session
from identity.store.transcript import Entry

NAME = "signed"
_SUBSTITUTES = {"image": "image", "voice": "voice", "file": "file", "other": "other_kind"}
_LONGEST_TEXT = 20_000
_FIELDS = ("conversation_id", "id", "type", "text", "button", "host_token")


class SignedWebhookInput(ServiceInput[SignedWebhookSettings]):
    """Mounted at ``/webhooks/signed``."""

    channel = NAME
    settings_type = SignedWebhookSettings

    def mount(self, blueprint: Blueprint, platform: Platform) -> Send | None:
        """Adds the routes."""
        _Routes(self._settings, platform).add_to(blueprint)
        if not self._settings.callback_url:
            return None
        return Callback(self._settings.callback_url, self._settings, platform.wording).send


class _Routes:
    def __init__(self, settings: SignedWebhookSettings, platform: Platform) -> None:
        self._settings = settings
        self._platform = platform
        self._identity = platform.identity

    def add_to(self, blueprint: Blueprint) -> None:
        add_handler(blueprint, "POST", "/messages", self.message, "message")
        add_handler(blueprint, "POST", "/handoff", self.handoff, "handoff")

    async def message(self, request: Request) -> HTTPResponse:
        """One message of one conversation."""
        await self._check(request)
        body = body_of(request)
        session = await self._session(body)
        inbound = _inbound(body)
        offers = self._platform.conversations.offers
        if await asyncio.to_thread(offers.refuses_fields, session, body, _FIELDS, wall_clock()):
            raise Refusal("field_invalid")
        await self._sign_in(session, body)
        try:
            answer = await self._platform.conversations.receive(session, inbound)
        except ButtonUnknown as error:
            raise Refusal("button_unknown", field="button") from error
        except StillRunning as error:
            raise Refusal("in_progress", retry_after=3) from error
        return response.json(await self._shown(session, answer), ensure_ascii=False)

    async def handoff(self, request: Request) -> HTTPResponse:
        """The other system says that a person took the conversation, or gave it back."""
        await self._check(request)
        body = body_of(request)
        session = await self._session(body)
        event = text_field(body, "event", longest=16)
        now = wall_clock()
        handoffs = self._platform.conversations.handoffs
        current = await asyncio.to_thread(handoffs.current, session.sender_id)
        if event == "taken":
            if current is None:
                current = await asyncio.to_thread(
                    handoffs.request_handoff, session.sender_id, "taken_by_person", {}, now
                )
            person = text_field(body, "person", longest=128)
            current = await asyncio.to_thread(handoffs.take, current.case_number, person, now)
        elif event == "returned":
            if current is not None:
                await asyncio.to_thread(handoffs.close, current.case_number, now)
            current = None
        else:
            raise Refusal("field_invalid", field="event")
        return response.json({"handoff": handoff_json(current)}, ensure_ascii=False)

    async def _check(self, request: Request) -> None:
        headers = request.headers
        stamp = headers.get("x-yuqi-timestamp", "")
        nonce = headers.get("x-yuqi-nonce", "")
        now = wall_clock()
        signed = f"{stamp}.{nonce}.".encode("utf-8", "replace") + request.body
        try:
            check_hmac(self._settings.secrets, signed, headers.get("x-yuqi-signature", ""))
            check_fresh(stamp, now, self._settings.window)
            await asyncio.to_thread(
                check_first_time, self._identity, NAME, nonce, now, self._settings.window
            )
        except SignatureRefused as error:
            raise await refused(self._platform, request, error, "signed_webhook") from error

    async def _session(self, body: dict[str, Any]) -> Session:
        return await self._platform.session(text_field(body, "conversation_id", longest=128))

    async def _sign_in(self, session: Session, body: dict[str, Any]) -> None:
        if body.get("host_token") is None:
            return
        token = text_field(body, "host_token", longest=4096)
        try:
            await asyncio.to_thread(
                self._identity.sign_in_with_token, session.sender_id, token, wall_clock()
            )
        except IdentityError as error:
            raise Refusal(error.code, field="host_token") from error

    async def _shown(self, session: Session, answer: Answer) -> dict[str, Any]:
        entries: tuple[Entry, ...] = answer.entries
        if not self._settings.callback_url:
            # Without a callback, what waited goes with the next answer.
            entries = (*await self._platform.waiting(session), *entries)
        handoff = handoff_json(answer.handoff)
        if handoff is not None and answer.handoff is not None:
            handoff["reason"] = answer.handoff.reason
            handoff["summary"] = dict(answer.handoff.summary)
        return {
            "messages": [message_json(entry) for entry in entries],
            "plain_text": plain_text(entries, self._platform.wording),
            "handoff": handoff,
            "with_person": answer.handoff is not None
            and answer.handoff.state is HandoffState.ACTIVE,
        }


def _inbound(body: dict[str, Any]) -> Inbound:
    identifier = client_id(body)
    kind = text_field(body, "type", longest=16) if body.get("type") is not None else "text"
    if kind == "button":
        return Inbound(identifier, button=text_field(body, "button", longest=64))
    if kind in _SUBSTITUTES:
        return Inbound(identifier, text=f"[{kind}]", substitute=_SUBSTITUTES[kind])
    if kind != "text":
        raise Refusal("field_invalid", field="type")
    text = body.get("text")
    if not isinstance(text, str):
        raise Refusal("field_missing" if text is None else "field_invalid", field="text")
    return Inbound(identifier, text=text[:_LONGEST_TEXT], menus=True)

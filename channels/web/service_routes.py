"""What our own services call: pushes, and a person's desk. Each call brings a single-use token."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.calls import bearer_token, body_of, text_field
from channels.clock import wall_clock
from channels.conversation import Conversations
from channels.presentation import message_json, moment
from channels.push import Push, PushDelivery, PushKind
from channels.refusal import Refusal, refusal_of
from channels.routing import add_handler
from channels.web.gate import Gate
from identity.errors import IdentityError
from identity.handoff import Handoff
from identity.store.sessions import find_session
from identity.store.transcript import Entry, Role, entries_after
from identity.tokens import ServiceClaims

_LONGEST_TEXT = 4000
_HISTORY = 200


class ServiceRoutes:
    """Handlers of ``/push`` and ``/desk``."""

    def __init__(self, conversations: Conversations, gate: Gate, push: PushDelivery) -> None:
        self._conversations = conversations
        self._identity = conversations.identity
        self._handoffs = conversations.handoffs
        self._gate = gate
        self._push = push

    def add_to(self, blueprint: Blueprint) -> None:
        """Registers the handlers."""
        add_handler(blueprint, "POST", "/push", self.push, "push")
        add_handler(blueprint, "GET", "/desk/queue", self.queue, "desk_queue")
        add_handler(blueprint, "POST", "/desk/<case>/take", self.take, "desk_take")
        add_handler(blueprint, "POST", "/desk/<case>/reply", self.reply, "desk_reply")
        add_handler(blueprint, "POST", "/desk/<case>/return", self.give_back, "desk_return")
        add_handler(blueprint, "GET", "/desk/<case>/messages", self.messages, "desk_messages")

    async def push(self, request: Request) -> HTTPResponse:
        """``POST /push``: a message for a borrower or a conversation."""
        await self._service(request, "push")
        push = await self._read_push(body_of(request))
        due = await self._push.accept(push, wall_clock())
        return response.json({"id": push.external_id, "deliver_after": moment(due)}, status=202)

    async def queue(self, request: Request) -> HTTPResponse:
        """``GET /desk/queue``: every open handoff, the longest waiting first."""
        await self._service(request, "desk")
        handoffs = await asyncio.to_thread(self._handoffs.queue)
        return response.json([_desk_json(one) for one in handoffs], ensure_ascii=False)

    async def take(self, request: Request, case: str) -> HTTPResponse:
        """``POST /desk/<case>/take``: a person takes a conversation."""
        claims = await self._service(request, "desk")
        handoff = await self._change(
            lambda: self._handoffs.take(case, claims.service, wall_clock())
        )
        return response.json(_desk_json(handoff), ensure_ascii=False)

    async def reply(self, request: Request, case: str) -> HTTPResponse:
        """``POST /desk/<case>/reply``: the person who took it writes to the borrower."""
        claims = await self._service(request, "desk")
        body = body_of(request)
        push_id = f"desk-{case}-{text_field(body, 'id', longest=64)}"
        text = text_field(body, "text", longest=_LONGEST_TEXT)
        handoff = await self._change(
            lambda: self._handoffs.take(case, claims.service, wall_clock())
        )
        push = Push(push_id, PushKind.REPLY, text, sender_id=handoff.sender_id)
        await self._push.accept(push, wall_clock())
        return response.json({"id": body["id"]}, status=202)

    async def give_back(self, request: Request, case: str) -> HTTPResponse:
        """``POST /desk/<case>/return``: the assistant goes on."""
        await self._service(request, "desk")
        now = wall_clock()
        handoff = await self._change(lambda: self._handoffs.close(case, now))
        handed_back = self._conversations.wording.replies.handed_back
        await asyncio.to_thread(
            self._conversations.records.say, handoff.sender_id, Role.BOT, handed_back, now
        )
        self._push.changed(handoff.sender_id)
        return response.json(_desk_json(handoff), ensure_ascii=False)

    async def messages(self, request: Request, case: str) -> HTTPResponse:
        """``GET /desk/<case>/messages``: the conversation, for the person at the desk."""
        await self._service(request, "desk")
        queue = await asyncio.to_thread(self._handoffs.queue)
        handoff = next((one for one in queue if one.case_number == case), None)
        if handoff is None:
            raise Refusal("case_unknown")
        entries = await asyncio.to_thread(self._history, handoff.sender_id)
        return response.json(
            {"handoff": _desk_json(handoff), "messages": [message_json(e) for e in entries]},
            ensure_ascii=False,
        )

    async def _service(self, request: Request, scope: str) -> ServiceClaims:
        self._gate.limit_address(request)
        token = bearer_token(request)
        if token is None:
            raise Refusal("service_refused")
        try:
            return await asyncio.to_thread(
                self._identity.authenticate_service, token, scope, wall_clock()
            )
        except IdentityError as error:
            await self._gate.log(request, f"service_{error.code}")
            raise Refusal("service_refused") from error

    async def _change(self, change: Callable[[], Handoff]) -> Handoff:
        try:
            handoff = await asyncio.to_thread(change)
        except IdentityError as error:
            raise refusal_of(error) from error
        self._push.changed(handoff.sender_id)
        return handoff

    async def _read_push(self, body: dict[str, Any]) -> Push:
        kind = text_field(body, "kind", longest=16)
        if kind not in {one.value for one in PushKind}:
            raise Refusal("field_invalid", field="kind")
        targets = [name for name in ("borrower_id", "sender_id") if body.get(name) is not None]
        if len(targets) != 1:
            raise Refusal("field_missing", field="borrower_id")
        target = {targets[0]: text_field(body, targets[0], longest=128)}
        if "sender_id" in target and not await asyncio.to_thread(self._known, target["sender_id"]):
            raise Refusal("field_invalid", field="sender_id")
        return Push(
            external_id=text_field(body, "id", longest=64),
            kind=PushKind(kind),
            text=text_field(body, "text", longest=_LONGEST_TEXT),
            **target,
        )

    def _history(self, sender_id: str) -> tuple[Entry, ...]:
        with self._identity.database.read() as connection:
            return entries_after(connection, sender_id, 0, _HISTORY)

    def _known(self, sender_id: str) -> bool:
        with self._identity.database.read() as connection:
            return find_session(connection, sender_id) is not None


def _desk_json(handoff: Handoff) -> dict[str, Any]:
    """A handoff for staff: with the reason and the summary."""
    return {
        "case_number": handoff.case_number,
        "state": handoff.state.value,
        "reason": handoff.reason,
        "summary": dict(handoff.summary),
        "position": handoff.position,
        "person": handoff.person,
        "created_at": moment(handoff.created_at),
    }

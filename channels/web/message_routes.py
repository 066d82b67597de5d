"""Messages, history and feedback of one session."""

from __future__ import annotations

import asyncio

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.calls import body_of, client_id, sequence_number, text_field
from channels.clock import wall_clock
from channels.presentation import handoff_json, message_json
from channels.records import ButtonUnknown, Inbound, StillRunning
from channels.refusal import Refusal
from channels.routing import add_handler
from channels.web.page_routes import PageRoutes
from identity.model import IdentityState, Session
from identity.store.feedback import save_feedback
from identity.store.transcript import Entry, Role, entries_after, entry_exists

_LONGEST_TEXT = 20_000  # what is over the assistant's own limit still gets the assistant's words
_LONGEST_COMMENT = 1000
_RETRY_SECONDS = 3
_FIELDS = ("id", "text", "button")


class MessageRoutes(PageRoutes):
    """Handlers of ``/messages`` and ``/feedback``."""

    def add_to(self, blueprint: Blueprint) -> None:
        """Registers the handlers."""
        add_handler(blueprint, "POST", "/messages", self.send, "message_send")
        add_handler(blueprint, "GET", "/messages", self.history, "message_history")
        add_handler(blueprint, "POST", "/feedback", self.judge, "feedback")

    async def send(self, request: Request) -> HTTPResponse:
        """``POST /messages``: one message, its answers."""
        session = await self._gate.session(request)
        body = body_of(request)
        message = _inbound(body)
        self._gate.limit_messages(session)
        offers = self._conversations.offers
        if await asyncio.to_thread(offers.refuses_fields, session, body, _FIELDS, wall_clock()):
            raise Refusal("field_invalid")
        try:
            answer = await self._conversations.receive(session, message)
        except ButtonUnknown as error:
            raise Refusal("button_unknown", field="button") from error
        except StillRunning as error:
            raise Refusal("in_progress", retry_after=_RETRY_SECONDS) from error
        return response.json(
            {
                "messages": [message_json(entry) for entry in answer.entries],
                "handoff": handoff_json(answer.handoff),
            },
            ensure_ascii=False,
        )

    async def history(self, request: Request) -> HTTPResponse:
        """``GET /messages``: what was said, newest part first to be kept."""
        session = await self._gate.session(request)
        after = sequence_number(request.args.get("after"), "after")
        await self._push.deliver_to(session, wall_clock())
        entries = await asyncio.to_thread(self._entries, session, after)
        handoff = await asyncio.to_thread(self._conversations.handoffs.current, session.sender_id)
        return response.json(
            {
                "messages": [message_json(entry) for entry in entries],
                "handoff": handoff_json(handoff),
            },
            ensure_ascii=False,
        )

    async def judge(self, request: Request) -> HTTPResponse:
        """``POST /feedback``: whether an answer helped."""
        session = await self._gate.session(request)
        body = body_of(request)
        number, helpful = body.get("message_seq"), body.get("helpful")
        if isinstance(number, bool) or not isinstance(number, int) or not 0 < number < 10**9:
            raise Refusal("field_invalid", field="message_seq")
        if not isinstance(helpful, bool):
            raise Refusal("field_invalid", field="helpful")
        comment = None
        if body.get("comment") is not None:
            comment = text_field(body, "comment", longest=_LONGEST_COMMENT, shortest=0)
        if not await asyncio.to_thread(self._exists, session, number):
            raise Refusal("message_unknown", field="message_seq")
        await asyncio.to_thread(self._save, session, number, helpful, comment)
        return response.empty()

    def _entries(self, session: Session, after: int) -> tuple[Entry, ...]:
        if session.identity(wall_clock()).state is IdentityState.EXPIRED:
            # What was said behind a sign-in is shown again only after the next one.
            return ()
        with self._database.read() as connection:
            return entries_after(connection, session.sender_id, after, self._settings.history_limit)

    def _exists(self, session: Session, number: int) -> bool:
        with self._database.read() as connection:
            return entry_exists(connection, session.sender_id, number, [Role.BOT, Role.PERSON])

    def _save(self, session: Session, number: int, helpful: bool, comment: str | None) -> None:
        with self._database.write() as connection:
            save_feedback(connection, session.sender_id, number, helpful, comment, wall_clock())


def _inbound(body: dict[str, object]) -> Inbound:
    identifier = client_id(body)
    if body.get("button") is not None:
        if body.get("text") is not None:
            raise Refusal("field_invalid", field="button")
        return Inbound(identifier, button=text_field(body, "button", longest=64))
    text = body.get("text")
    if text is None:
        raise Refusal("field_missing", field="text")
    if not isinstance(text, str):
        raise Refusal("field_invalid", field="text")
    return Inbound(identifier, text=text[:_LONGEST_TEXT])

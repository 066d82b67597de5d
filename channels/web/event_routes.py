"""``GET /events``: what comes unasked, as server-sent events.

The page reads with ``fetch`` (``EventSource`` cannot send a token) and connects again when a stream
ends; streams are short so that a token that ended does not go on listening.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.calls import sequence_number
from channels.clock import wall_clock
from channels.presentation import handoff_json, message_json
from channels.refusal import Refusal
from channels.routing import add_handler
from channels.web.page_routes import PageRoutes
from identity.model import IdentityState, Session
from identity.store.sessions import find_session
from identity.store.transcript import Entry, unasked_after

_BATCH = 50
_UNKNOWN: Any = object()


class EventRoutes(PageRoutes):
    """Handler of ``/events``."""

    def add_to(self, blueprint: Blueprint) -> None:
        """Registers the handler."""
        add_handler(blueprint, "GET", "/events", self.stream, "events")

    async def stream(self, request: Request) -> HTTPResponse | None:
        """Sends what comes until the stream's time is over or the session ends."""
        session = await self._gate.session(request)
        last = request.headers.get("last-event-id") or request.args.get("after")
        after = sequence_number(last, "after")
        hub = self._push.hub
        if hub.open_streams(session.sender_id) >= self._settings.max_streams:
            raise Refusal("too_many_streams", retry_after=5)
        changed = hub.listen(session.sender_id)
        try:
            await self._push.deliver_to(session, wall_clock())
            answer = await request.respond(
                content_type="text/event-stream; charset=utf-8",
                headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
            )
            await answer.send(": open\n\n")
            await self._write(answer, session, after, changed)
            await answer.eof()
        finally:
            hub.leave(session.sender_id, changed)
        return None

    async def _write(
        self, answer: Any, session: Session, after: int, changed: asyncio.Event
    ) -> None:
        handoff_shown = _UNKNOWN
        ends = time.monotonic() + self._settings.stream_seconds
        pinged = time.monotonic()
        while time.monotonic() < ends:
            changed.clear()
            alive, entries, handoff = await asyncio.to_thread(self._look, session, after)
            if not alive:
                await answer.send("event: ended\ndata: {}\n\n")
                return
            for entry in entries:
                after = entry.seq
                await answer.send(_event("message", message_json(entry), entry.seq))
            if handoff != handoff_shown:
                handoff_shown = handoff
                await answer.send(_event("handoff", handoff))
            if time.monotonic() - pinged >= self._settings.ping_seconds:
                pinged = time.monotonic()
                await answer.send(": ping\n\n")
            await _wait(changed, self._settings.look_seconds)

    def _look(
        self, session: Session, after: int
    ) -> tuple[bool, tuple[Entry, ...], dict[str, Any] | None]:
        """Reads the session anew: other processes write to the same conversation."""
        with self._database.read() as connection:
            current = find_session(connection, session.sender_id)
            if current is None or current.generation != session.generation:
                return False, (), None
            now = wall_clock()
            expired = current.expires_at is not None and now >= current.expires_at
            if expired or current.revoked_at is not None:
                return False, (), None
            hidden = current.identity(now).state is IdentityState.EXPIRED
            entries = () if hidden else unasked_after(connection, session.sender_id, after, _BATCH)
        handoff = self._conversations.handoffs.current(session.sender_id)
        return True, entries, handoff_json(handoff)


def _event(kind: str, data: Any, number: int | None = None) -> str:
    lines = [f"event: {kind}", f"data: {json.dumps(data, ensure_ascii=False)}"]
    if number is not None:
        lines.insert(0, f"id: {number}")
    return "\n".join(lines) + "\n\n"


async def _wait(changed: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(changed.wait(), seconds)
    except asyncio.TimeoutError:
        return

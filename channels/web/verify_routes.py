"""Signing in by a one-time code."""

from __future__ import annotations

import asyncio
from datetime import datetime

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.calls import body_of, text_field
from channels.clock import wall_clock
from channels.presentation import moment
from channels.refusal import Refusal, refusal_of
from channels.routing import add_handler
from channels.web.gate import Gate
from channels.web.session_routes import SessionRoutes
from identity.errors import IdentityError, VerificationLocked
from identity.model import Session
from identity.verification import PhoneInvalid, Started, Verification


class VerifyRoutes:
    """Handlers of ``/verify``."""

    def __init__(
        self,
        verification: Verification | None,
        sessions: SessionRoutes,
        gate: Gate,
        *,
        demo: bool,
    ) -> None:
        """``verification`` is None where the operator has named nobody to send codes."""
        self._verification = verification
        self._sessions = sessions
        self._gate = gate
        self._demo = demo
        self._sending: set[asyncio.Future[None]] = set()

    def add_to(self, blueprint: Blueprint) -> None:
        """Registers the handlers."""
        add_handler(blueprint, "POST", "/verify/start", self.start, "verify_start")
        add_handler(blueprint, "POST", "/verify/finish", self.finish, "verify_finish")

    async def start(self, request: Request) -> HTTPResponse:
        """``POST /verify/start``: sends a code, if there is somebody to send it to."""
        session = await self._gate.session(request)
        await self._gate.limit_codes(request)
        verification = self._available()
        phone = text_field(body_of(request), "phone", longest=32)
        now = wall_clock()
        try:
            started = await asyncio.to_thread(verification.start, session.sender_id, phone, now)
        except PhoneInvalid as error:
            raise Refusal("field_invalid", field="phone") from error
        except IdentityError as error:
            raise await self._refused(request, session, error, now) from error
        self._in_background(verification, started)
        shown: dict[str, str | None] = {
            "challenge": started.challenge,
            "expires_at": moment(started.expires_at),
        }
        if self._demo:
            shown["demo_code"] = started.code
        return response.json(shown, ensure_ascii=False)

    def _in_background(self, verification: Verification, started: Started) -> None:
        task = asyncio.ensure_future(asyncio.to_thread(verification.deliver, started))
        self._sending.add(task)  # the loop itself keeps only a weak reference
        task.add_done_callback(self._sending.discard)

    async def finish(self, request: Request) -> HTTPResponse:
        """``POST /verify/finish``: signs in if the code is right."""
        session = await self._gate.session(request)
        verification = self._available()
        body = body_of(request)
        challenge = text_field(body, "challenge", longest=64)
        code = text_field(body, "code", longest=16).strip()
        now = wall_clock()
        try:
            claim = await asyncio.to_thread(
                verification.finish, session.sender_id, challenge, code, now
            )
        except IdentityError as error:
            raise await self._refused(request, session, error, now) from error
        return await self._sessions.signed_in(session, claim)

    def _available(self) -> Verification:
        if self._verification is None:
            raise Refusal("code_not_sent")
        return self._verification

    async def _refused(
        self, request: Request, session: Session, error: IdentityError, now: datetime
    ) -> Refusal:
        await self._gate.log(request, f"verify_{error.code}", session.sender_id)
        seconds = None
        if isinstance(error, VerificationLocked):
            seconds = max(1, int((error.until - now).total_seconds()))
        return refusal_of(error, seconds)

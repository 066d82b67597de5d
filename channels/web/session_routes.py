"""Starting, renewing and ending a session; the demo's choice of borrowers."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.calls import body_of, text_field
from channels.clock import wall_clock
from channels.presentation import borrower_json, message_json, moment
from channels.refusal import Refusal, refusal_of
from channels.routing import add_handler
from channels.web.page_routes import PageRoutes
from identity.errors import IdentityError
from identity.model import BorrowerClaim, Session, SignInMethod


class SessionRoutes(PageRoutes):
    """Handlers of ``/session`` and ``/demo``."""

    def add_to(self, blueprint: Blueprint) -> None:
        """Registers the handlers."""
        add_handler(blueprint, "POST", "/session", self.start, "session_start")
        add_handler(blueprint, "GET", "/session", self.show, "session_show")
        add_handler(blueprint, "DELETE", "/session", self.end, "session_end")
        add_handler(blueprint, "POST", "/session/renew", self.renew, "session_renew")
        add_handler(blueprint, "GET", "/demo/borrowers", self.borrowers, "demo_list")
        add_handler(blueprint, "POST", "/demo/sign-in", self.choose, "demo_sign_in")

    async def start(self, request: Request) -> HTTPResponse:
        """``POST /session``: an anonymous session, or one for the user a host token names."""
        self._gate.limit_address(request)
        await self._gate.limit_sessions(request)
        body = body_of(request)
        if body.get("host_token") is None:
            session = await asyncio.to_thread(self._identity.open_session, "web", wall_clock())
            return response.json(self._described(session), status=201, ensure_ascii=False)
        token = text_field(body, "host_token", longest=4096)
        existing = await self._gate.session_or_none(request)
        try:
            claim = await asyncio.to_thread(self._identity.redeem_host_token, token, wall_clock())
        except IdentityError as error:
            await self._gate.log(request, error.code, way="host_token")
            raise refusal_of(error) from error
        return await self.signed_in(existing, claim, status=201)

    async def show(self, request: Request) -> HTTPResponse:
        """``GET /session``: what the token stands for."""
        session = await self._gate.session(request)
        return response.json(self._described(session), ensure_ascii=False)

    async def renew(self, request: Request) -> HTTPResponse:
        """``POST /session/renew``: a token with a later end."""
        session = await self._gate.session(request)
        try:
            renewed = await asyncio.to_thread(self._identity.renew, session, wall_clock())
        except IdentityError as error:  # signed in or out in the meantime, in another window
            raise refusal_of(error) from error
        return response.json(self._described(renewed), ensure_ascii=False)

    async def end(self, request: Request) -> HTTPResponse:
        """``DELETE /session``: signs out."""
        session = await self._gate.session(request)
        await asyncio.to_thread(self._identity.sign_out, session.sender_id, wall_clock())
        self._push.changed(session.sender_id)
        return response.empty()

    async def borrowers(self, request: Request) -> HTTPResponse:
        """``GET /demo/borrowers``: whom a visitor of the demo may be."""
        self._gate.limit_address(request)
        self._demo_only()
        everybody = await asyncio.to_thread(self._identity.directory.all)
        shown = [
            {"id": one.borrower_id, "display_name": one.display_name, "story": one.story}
            for one in everybody
        ]
        return response.json(shown, ensure_ascii=False)

    async def choose(self, request: Request) -> HTTPResponse:
        """``POST /demo/sign-in``: signs in as a demo borrower, without proof."""
        self._demo_only()
        session = await self._gate.session(request)
        borrower_id = text_field(body_of(request), "borrower", longest=128)
        everybody = await asyncio.to_thread(self._identity.directory.all)
        chosen = next((one for one in everybody if one.borrower_id == borrower_id), None)
        if chosen is None:
            raise Refusal("borrower_unknown", field="borrower")
        claim = BorrowerClaim(chosen.borrower_id, chosen.display_name, SignInMethod.DEMO_CHOICE)
        return await self.signed_in(session, claim)

    async def signed_in(
        self, session: Session | None, claim: BorrowerClaim, status: int = 200
    ) -> HTTPResponse:
        """Binds the borrower and answers with the new token and what the assistant says to it."""
        now = wall_clock()
        if session is None:
            session = await asyncio.to_thread(self._identity.open_session, "web", now)
        try:
            bound = await asyncio.to_thread(self._identity.sign_in, session, claim, now)
        except IdentityError as error:  # signed out while the proof was being checked
            raise refusal_of(error) from error
        await self._push.deliver_to(bound, now)
        messages = await self._go_on(bound)
        return response.json(
            {**self._described(bound), "messages": messages}, status=status, ensure_ascii=False
        )

    async def _go_on(self, session: Session) -> list[dict[str, Any]]:
        """Asks again what could not be answered before the sign-in."""
        question = await asyncio.to_thread(
            self._conversations.records.question_before_sign_in, session.sender_id
        )
        text = question or self._settings.after_sign_in
        if not text:
            return []
        message_id = f"sign-in-{secrets.token_hex(8)}"
        answer = await self._conversations.ask_silently(session, text, message_id)
        return [message_json(entry) for entry in answer.entries]

    def _described(self, session: Session) -> dict[str, Any]:
        now = wall_clock()
        expires_at = session.expires_at or now
        return {
            "token": self._identity.session_token(session, now),
            "expires_at": moment(expires_at),
            "borrower": borrower_json(session, now),
            "ai_label": self._conversations.wording.ai_label,
            "demo": self._identity.settings.demo,
        }

    def _demo_only(self) -> None:
        if not self._identity.settings.demo:
            raise Refusal("not_found")

"""The page's side of a link to sign in: what it is for, and the code that goes back."""

from __future__ import annotations

import asyncio

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.calls import body_of, text_field
from channels.clock import wall_clock
from channels.conversation import Conversations
from channels.presentation import moment
from channels.refusal import Refusal, refusal_of
from channels.routing import add_handler
from channels.web.gate import Gate
from identity.errors import IdentityError
from identity.links import SignInLinks
from identity.model import Session


class LinkRoutes:
    """Handlers of ``/link``."""

    def __init__(self, conversations: Conversations, gate: Gate) -> None:
        self._wording = conversations.wording
        self._links = SignInLinks(conversations.identity)
        self._gate = gate

    def add_to(self, blueprint: Blueprint) -> None:
        """Registers the handlers."""
        add_handler(blueprint, "POST", "/link/look", self.look, "link_look")
        add_handler(blueprint, "POST", "/link/confirm", self.confirm, "link_confirm")

    async def look(self, request: Request) -> HTTPResponse:
        """``POST /link/look``: which conversation asks for a sign-in, in words."""
        session = await self._gate.session(request)
        link = text_field(body_of(request), "link", longest=64)
        try:
            opened = await asyncio.to_thread(self._links.look, link, wall_clock())
        except IdentityError as error:
            raise await self._refused(request, session, error) from error
        name = self._wording.sign_in.channels.get(opened.channel, opened.channel)
        shown = {"channel": name, "expires_at": moment(opened.expires_at)}
        return response.json(shown, ensure_ascii=False)

    async def confirm(self, request: Request) -> HTTPResponse:
        """``POST /link/confirm``: the borrower of this page says the conversation is theirs."""
        session = await self._gate.session(request)
        link = text_field(body_of(request), "link", longest=64)
        now = wall_clock()
        try:
            shown = await asyncio.to_thread(self._links.confirm, link, session.identity(now), now)
        except IdentityError as error:
            raise await self._refused(request, session, error) from error
        return response.json({"code": shown.code, "expires_at": moment(shown.expires_at)})

    async def _refused(self, request: Request, session: Session, error: IdentityError) -> Refusal:
        await self._gate.log(request, error.code, session.sender_id)
        return refusal_of(error)

"""What every call passes: limits, and whose conversation it is."""

from __future__ import annotations

import asyncio
from typing import Any

from sanic.request import Request

from channels.calls import address_of, bearer_token, is_loopback
from channels.clock import wall_clock
from channels.conversation import Conversations
from channels.limits import RateLimit
from channels.offer_guard import Way, offers_named
from channels.refusal import Refusal, refusal_of
from channels.web.settings import WebSettings
from identity.errors import IdentityError, SessionExpired, SessionUnknown
from identity.limits import SharedLimit
from identity.model import Session


class Gate:
    """Lets calls through or refuses them; refusals that smell of an attack are logged."""

    def __init__(self, settings: WebSettings, conversations: Conversations) -> None:
        self._settings = settings
        self._identity = conversations.identity
        self._offers = conversations.offers
        self._messages = RateLimit(settings.message_rate)
        self._addresses = RateLimit(settings.address_rate)
        database, ring = self._identity.database, self._identity.session_ring
        self._codes = SharedLimit(database, ring, "codes", settings.code_rate)
        self._sessions = SharedLimit(database, ring, "sessions", settings.session_rate)

    def address(self, request: Request) -> str:
        """The caller's address."""
        return address_of(request, self._settings.trusted_proxies)

    def limit_address(self, request: Request) -> None:
        """Refuses a caller that calls too often. This machine itself is not limited."""
        address = self.address(request)
        if self._settings.limits and not is_loopback(address):
            wait = self._addresses.wait_seconds(address)
            if wait:
                raise Refusal("too_many_requests", retry_after=wait)

    async def limit_codes(self, request: Request) -> None:
        """Refuses an address that has codes sent to one phone after the other."""
        await self._limit_shared(self._codes, request)

    async def limit_sessions(self, request: Request) -> None:
        """Refuses an address that opens one session after the other."""
        await self._limit_shared(self._sessions, request)

    def limit_messages(self, session: Session) -> None:
        """Refuses a conversation that sends too often."""
        wait = self._messages.wait_seconds(session.sender_id) if self._settings.limits else 0
        if wait:
            raise Refusal("too_many_messages", retry_after=wait)

    async def _limit_shared(self, limit: SharedLimit, request: Request) -> None:
        """Counts with the other worker processes; a refusal smells of attack and is logged."""
        address = self.address(request)
        if not self._settings.limits or (self._identity.settings.demo and is_loopback(address)):
            return
        wait = await asyncio.to_thread(limit.wait_seconds, address, wall_clock())
        if wait:
            await self.log(request, "too_many_requests")
            raise Refusal("too_many_requests", retry_after=wait)

    async def session(self, request: Request) -> Session:
        """Returns the caller's session. Refused calls are logged, so they too are limited."""
        self.limit_address(request)
        token = bearer_token(request)
        if token is None:
            raise Refusal("session_unknown")
        try:
            return await asyncio.to_thread(self._identity.authenticate, token, wall_clock())
        except SessionExpired as error:
            raise refusal_of(error) from error
        except SessionUnknown as error:
            await self.log(request, error.code)
            raise refusal_of(error) from error

    async def session_or_none(self, request: Request) -> Session | None:
        """Returns the caller's session where a good token was sent, else None."""
        token = bearer_token(request)
        if token is None:
            return None
        try:
            return await asyncio.to_thread(self._identity.authenticate, token, wall_clock())
        except IdentityError:
            return None

    async def watch_path(self, request: Request) -> None:
        """Notes a made-up address that names somebody else's offer; it leads nowhere anyway."""
        named = f"{request.path} {request.query_string}"[:1024]
        if not offers_named(named):
            return
        self.limit_address(request)
        session = await self.session_or_none(request)
        await asyncio.to_thread(self._offers.refuses, session, named, Way.PATH, wall_clock())

    async def log(
        self, request: Request, event: str, sender_id: str | None = None, **detail: Any
    ) -> None:
        """Writes a refusal to the security log."""
        await asyncio.to_thread(
            lambda: self._identity.record(
                event,
                wall_clock(),
                sender_id=sender_id,
                address=self.address(request),
                path=request.path[:128],
                **detail,
            )
        )

"""The one place that says who a sender is.

Actions ask ``current`` on every turn; nothing in a slot, an entity or message metadata counts.
Times are wall-clock and aware; never pass the engine's business date here.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from identity.directory import BorrowerDirectory, FileDirectory
from identity.errors import IdentityError, SessionExpired, SessionUnknown, TokenReplayed
from identity.handoff import HandoffService
from identity.keys import KeyRing, load_ring
from identity.model import BorrowerClaim, Identity, Session, SignInMethod
from identity.sessions import Sessions
from identity.settings import IdentitySettings
from identity.store import Database
from identity.store.security import SecurityEvent, record_event
from identity.store.sessions import find_session, use_token_once
from identity.tokens import (
    ServiceClaims,
    make_session_token,
    read_host_token,
    read_service_token,
    read_session_token,
)

logger = logging.getLogger(__name__)


class IdentityService(Sessions):
    """Sessions with one set of keys: tokens prove who signs in, refusals are logged."""

    def __init__(
        self,
        settings: IdentitySettings,
        database: Database,
        session_ring: KeyRing,
        host_ring: KeyRing,
        service_ring: KeyRing,
        directory: BorrowerDirectory,
    ) -> None:
        super().__init__(settings, database)
        self.directory = directory
        self.session_ring = session_ring
        self.handoffs = HandoffService(database)
        self._host_ring = host_ring
        self._service_ring = service_ring

    @classmethod
    def from_environment(cls, settings: IdentitySettings | None = None) -> IdentityService:
        """Composes the service from ``YUQI_*`` variables; see ``IdentitySettings``."""
        settings = settings or IdentitySettings.from_environment()
        folder = settings.secrets_dir
        return cls(
            settings=settings,
            database=Database(settings.database_url),
            session_ring=load_ring("YUQI_SESSION_SECRET", "session.key", folder),
            host_ring=load_ring("YUQI_HOST_TOKEN_KEY", "host.key", folder),
            service_ring=load_ring("YUQI_SERVICE_KEY", "service.key", folder),
            directory=FileDirectory(settings.demo_borrowers),
        )

    def authenticate(self, token: str, now: datetime) -> Session:
        """Returns the session of a browser's token.

        Raises:
            SessionUnknown: forged, replaced by a newer token, or signed out.
            SessionExpired: genuine, but over.
        """
        claims = read_session_token(token, self.session_ring, now)
        with self.database.read() as connection:
            session = find_session(connection, claims.sender_id)
        stale = session is None or session.generation != claims.generation
        if session is None or stale or session.revoked_at is not None:
            raise SessionUnknown()
        if session.expires_at is not None and now >= session.expires_at:
            raise SessionExpired()
        return session

    def session_token(self, session: Session, now: datetime) -> str:
        """Signs the token that belongs to the session's present generation."""
        expires_at = session.expires_at or now + self.settings.session_life
        return make_session_token(
            session.sender_id,
            session.generation,
            self.session_ring,
            expires_at=expires_at,
            now=now,
        )

    def redeem_host_token(self, token: str, now: datetime) -> BorrowerClaim:
        """Verifies a host token and uses it up.

        Raises:
            TokenMalformed, TokenForged, TokenExpired, TokenReplayed, WrongAudience.
        """
        claims = read_host_token(
            token,
            self._host_ring,
            audience=self.settings.host_audience,
            issuer=self.settings.host_issuer,
            max_life=self.settings.host_token_max_life,
            now=now,
        )
        self._use_up(claims.issuer, claims.token_id, claims.expires_at, now)
        name = claims.display_name or self.directory.display_name(claims.borrower_id)
        return BorrowerClaim(claims.borrower_id, name, SignInMethod.HOST_TOKEN)

    def sign_in_with_token(self, sender_id: str, token: str, now: datetime) -> Identity:
        """Signs a sender in by a token typed into the conversation (``登录 <token>``).

        Raises:
            IdentityError: any of the token's refusals, or ``OtherBorrower``.
        """
        try:
            claim = self.redeem_host_token(token, now)
            return self.bind(sender_id, claim, now).identity(now)
        except IdentityError as error:
            self.record(error.code, now, sender_id=sender_id, way="typed_token")
            raise

    def authenticate_service(self, token: str, scope: str, now: datetime) -> ServiceClaims:
        """Verifies a single-use token of one of our own services.

        Raises:
            TokenMalformed, TokenForged, TokenExpired, TokenReplayed, WrongAudience.
        """
        claims = read_service_token(
            token,
            self._service_ring,
            scope=scope,
            max_life=self.settings.host_token_max_life,
            now=now,
        )
        self._use_up(claims.service, claims.token_id, claims.expires_at, now)
        return claims

    def record(
        self,
        event: str,
        now: datetime,
        *,
        sender_id: str | None = None,
        address: str | None = None,
        **detail: Any,
    ) -> None:
        """Writes to the security log. ``detail`` must hold no secret."""
        logger.warning("identity.refused event=%s sender_id=%s", event, sender_id)
        digest = self.session_ring.digest("address", address)[:32] if address else None
        with self.database.write() as connection:
            record_event(connection, SecurityEvent(now, event, sender_id, digest, detail))

    def _use_up(self, issuer: str, token_id: str, expires_at: datetime, now: datetime) -> None:
        """Raises TokenReplayed for a token that was used before."""
        digest = self.session_ring.digest("jti", f"{issuer}\x1f{token_id}")
        with self.database.write() as connection:
            if not use_token_once(connection, digest, expires_at, now):
                raise TokenReplayed()

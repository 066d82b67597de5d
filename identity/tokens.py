"""Tokens: the host page's word for its user, our own session, and one service to another.

Host and service tokens are used once (``jti``); session tokens carry a generation that ends with
every sign-in or sign-out. Nothing here touches a database.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from identity.errors import (
    SessionExpired,
    SessionUnknown,
    TokenForged,
    TokenMalformed,
    WrongAudience,
)
from identity.keys import KeyRing
from identity.signed_claims import check_audience, check_times, moment, opened, sign, text_of

SESSION_AUDIENCE = "yuqi-web"
SERVICE_AUDIENCE = "yuqi-service"


@dataclass(frozen=True)
class HostClaims:
    """What a host token proves."""

    borrower_id: str
    display_name: str | None
    token_id: str
    issuer: str
    expires_at: datetime


@dataclass(frozen=True)
class SessionClaims:
    """What a session token carries."""

    sender_id: str
    generation: int
    expires_at: datetime


@dataclass(frozen=True)
class ServiceClaims:
    """Which service calls, and for what."""

    service: str
    scope: str
    token_id: str
    expires_at: datetime


def read_host_token(
    token: str,
    ring: KeyRing,
    *,
    audience: str,
    issuer: str,
    max_life: timedelta,
    now: datetime,
) -> HostClaims:
    """Verifies a host token.

    Raises:
        TokenMalformed, TokenForged, TokenExpired, WrongAudience: what was wrong with it.
    """
    claims = opened(token, ring, ("sub", "aud", "iss", "iat", "exp", "jti"))
    check_audience(claims, audience)
    if claims["iss"] != issuer:
        raise WrongAudience()
    expires_at = check_times(claims, max_life, now)
    name = claims.get("name")
    return HostClaims(
        borrower_id=text_of(claims["sub"]),
        display_name=text_of(name) if name else None,
        token_id=text_of(claims["jti"]),
        issuer=issuer,
        expires_at=expires_at,
    )


def make_host_token(
    borrower_id: str,
    ring: KeyRing,
    *,
    audience: str,
    issuer: str,
    life: timedelta,
    now: datetime,
    display_name: str | None = None,
) -> str:
    """Signs a host token with a shared secret, as a host page's own server would."""
    claims = {
        "sub": borrower_id,
        "aud": audience,
        "iss": issuer,
        "iat": now,
        "exp": now + life,
        "jti": uuid.uuid4().hex,
    }
    if display_name:
        claims["name"] = display_name
    return sign(claims, ring)


def make_session_token(
    sender_id: str, generation: int, ring: KeyRing, *, expires_at: datetime, now: datetime
) -> str:
    """Signs the token that a browser keeps. It says which conversation, never which borrower."""
    claims = {
        "sub": sender_id,
        "gen": generation,
        "aud": SESSION_AUDIENCE,
        "iat": now,
        "exp": expires_at,
    }
    return sign(claims, ring)


def read_session_token(token: str, ring: KeyRing, now: datetime) -> SessionClaims:
    """Verifies a session token.

    Raises:
        SessionUnknown: forged, malformed or meant for another audience.
        SessionExpired: genuine, but over.
    """
    try:
        claims = opened(token, ring, ("sub", "aud", "iat", "exp", "gen"))
        check_audience(claims, SESSION_AUDIENCE)
        sender_id, generation = text_of(claims["sub"]), claims["gen"]
    except (TokenMalformed, TokenForged, WrongAudience) as error:
        raise SessionUnknown() from error
    if not isinstance(generation, int):
        raise SessionUnknown()
    expires_at = moment(claims["exp"])
    if now >= expires_at:
        raise SessionExpired()
    return SessionClaims(sender_id, generation, expires_at)


def make_service_token(
    service: str, scope: str, ring: KeyRing, *, life: timedelta, now: datetime
) -> str:
    """Signs a call from one of our own services (a person's console, a nightly job)."""
    claims = {
        "sub": service,
        "scope": scope,
        "aud": SERVICE_AUDIENCE,
        "iat": now,
        "exp": now + life,
        "jti": uuid.uuid4().hex,
    }
    return sign(claims, ring)


def read_service_token(
    token: str, ring: KeyRing, *, scope: str, max_life: timedelta, now: datetime
) -> ServiceClaims:
    """Verifies a service token for one scope (``push`` or ``desk``).

    Raises:
        TokenMalformed, TokenForged, TokenExpired, WrongAudience: what was wrong with it.
    """
    claims = opened(token, ring, ("sub", "scope", "aud", "iat", "exp", "jti"))
    check_audience(claims, SERVICE_AUDIENCE)
    if claims["scope"] != scope:
        raise WrongAudience()
    expires_at = check_times(claims, max_life, now)
    return ServiceClaims(text_of(claims["sub"]), scope, text_of(claims["jti"]), expires_at)

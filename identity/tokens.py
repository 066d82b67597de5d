"""Tokens: the host page's word for its user, our own session, and one service to another.

Host and service tokens are used once (``jti``); session tokens carry a generation that ends with
every sign-in or sign-out. Nothing here touches a database.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import jwt

from identity.errors import (
    SessionExpired,
    SessionUnknown,
    TokenExpired,
    TokenForged,
    TokenMalformed,
    WrongAudience,
)
from identity.keys import KeyRing

SESSION_AUDIENCE = "yuqi-web"
SERVICE_AUDIENCE = "yuqi-service"
_LEEWAY = timedelta(seconds=30)
_MAX_LENGTH = 4096
_MAX_CLAIM = 128


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
    claims = _decode(token, ring, ("sub", "aud", "iss", "iat", "exp", "jti"))
    _check_audience(claims, audience)
    if claims["iss"] != issuer:
        raise WrongAudience()
    expires_at = _check_times(claims, max_life, now)
    name = claims.get("name")
    return HostClaims(
        borrower_id=_text(claims["sub"]),
        display_name=_text(name) if name else None,
        token_id=_text(claims["jti"]),
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
    return _encode(claims, ring)


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
    return _encode(claims, ring)


def read_session_token(token: str, ring: KeyRing, now: datetime) -> SessionClaims:
    """Verifies a session token.

    Raises:
        SessionUnknown: forged, malformed or meant for another audience.
        SessionExpired: genuine, but over.
    """
    try:
        claims = _decode(token, ring, ("sub", "aud", "iat", "exp", "gen"))
        _check_audience(claims, SESSION_AUDIENCE)
        sender_id, generation = _text(claims["sub"]), claims["gen"]
    except (TokenMalformed, TokenForged, WrongAudience) as error:
        raise SessionUnknown() from error
    if not isinstance(generation, int):
        raise SessionUnknown()
    expires_at = _moment(claims["exp"])
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
    return _encode(claims, ring)


def read_service_token(
    token: str, ring: KeyRing, *, scope: str, max_life: timedelta, now: datetime
) -> ServiceClaims:
    """Verifies a service token for one scope (``push`` or ``desk``).

    Raises:
        TokenMalformed, TokenForged, TokenExpired, WrongAudience: what was wrong with it.
    """
    claims = _decode(token, ring, ("sub", "scope", "aud", "iat", "exp", "jti"))
    _check_audience(claims, SERVICE_AUDIENCE)
    if claims["scope"] != scope:
        raise WrongAudience()
    expires_at = _check_times(claims, max_life, now)
    return ServiceClaims(_text(claims["sub"]), scope, _text(claims["jti"]), expires_at)


def _encode(claims: dict[str, Any], ring: KeyRing) -> str:
    key = ring.current
    return jwt.encode(claims, key.material, algorithm=key.algorithm, headers={"kid": key.kid})


def _decode(token: str, ring: KeyRing, required: Sequence[str]) -> dict[str, Any]:
    if not isinstance(token, str) or not 0 < len(token) <= _MAX_LENGTH:
        raise TokenMalformed()
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError) as error:
        raise TokenMalformed() from error
    kid = header.get("kid")
    for key in ring.candidates(kid if isinstance(kid, str) else None):
        claims = _try_key(token, key.material, key.algorithm)
        if claims is not None:
            if any(claims.get(name) is None for name in required):
                raise TokenMalformed()
            return claims
    raise TokenForged()


def _try_key(token: str, material: str, algorithm: str) -> dict[str, Any] | None:
    # Times are checked by us against the caller's clock, so that tests and replays are exact.
    try:
        return jwt.decode(
            token,
            material,
            algorithms=[algorithm],
            options={
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
                "verify_aud": False,
                "verify_iss": False,
                "verify_sub": False,
                "verify_jti": False,
            },
        )
    except (jwt.PyJWTError, ValueError):
        return None


def _check_audience(claims: dict[str, Any], audience: str) -> None:
    claimed = claims["aud"]
    if audience not in (claimed if isinstance(claimed, list) else [claimed]):
        raise WrongAudience()


def _check_times(claims: dict[str, Any], max_life: timedelta, now: datetime) -> datetime:
    issued, expires = _moment(claims["iat"]), _moment(claims["exp"])
    too_long = expires - issued > max_life
    not_before = claims.get("nbf")
    early = issued > now + _LEEWAY or (
        not_before is not None and _moment(not_before) > now + _LEEWAY
    )
    if now >= expires + _LEEWAY or too_long or early:
        raise TokenExpired()
    return expires


def _moment(value: Any) -> datetime:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TokenMalformed()
    try:
        return datetime.fromtimestamp(value, tz=timezone.utc)
    except (OverflowError, OSError, ValueError) as error:
        raise TokenMalformed() from error


def _text(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _MAX_CLAIM:
        raise TokenMalformed()
    return value

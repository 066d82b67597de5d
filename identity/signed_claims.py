"""Claims signed as a token (JWT) and read back. Which claims a token needs is in `tokens`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import jwt

from identity.errors import TokenExpired, TokenForged, TokenMalformed, WrongAudience
from identity.keys import KeyRing

_LEEWAY = timedelta(seconds=30)
_MAX_LENGTH = 4096
_MAX_CLAIM = 128


def sign(claims: dict[str, Any], ring: KeyRing) -> str:
    """Claims as a token under the ring's current key."""
    key = ring.current
    return jwt.encode(claims, key.material, algorithm=key.algorithm, headers={"kid": key.kid})


def opened(token: str, ring: KeyRing, required: Sequence[str]) -> dict[str, Any]:
    """The claims of a token that one of the ring's keys has signed, all `required` among them.

    Raises:
        TokenMalformed, TokenForged: what was wrong with it. Times and audience are not looked at.
    """
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


def check_audience(claims: dict[str, Any], audience: str) -> None:
    """Raises WrongAudience."""
    claimed = claims["aud"]
    if audience not in (claimed if isinstance(claimed, list) else [claimed]):
        raise WrongAudience()


def check_times(claims: dict[str, Any], max_life: timedelta, now: datetime) -> datetime:
    """When the token ends. Raises TokenExpired for one that is over, too long or of the future."""
    issued, expires = moment(claims["iat"]), moment(claims["exp"])
    too_long = expires - issued > max_life
    not_before = claims.get("nbf")
    early = issued > now + _LEEWAY or (
        not_before is not None and moment(not_before) > now + _LEEWAY
    )
    if now >= expires + _LEEWAY or too_long or early:
        raise TokenExpired()
    return expires


def moment(value: Any) -> datetime:
    """A claim as a moment. Raises TokenMalformed."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TokenMalformed()
    try:
        return datetime.fromtimestamp(value, tz=timezone.utc)
    except (OverflowError, OSError, ValueError) as error:
        raise TokenMalformed() from error


def text_of(value: Any) -> str:
    """A claim as a text of sensible length. Raises TokenMalformed."""
    if not isinstance(value, str) or not 0 < len(value) <= _MAX_CLAIM:
        raise TokenMalformed()
    return value

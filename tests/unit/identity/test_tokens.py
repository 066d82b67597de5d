"""Host tokens: what is accepted, and that everything else is refused for its own reason."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from identity.errors import (
    IdentityError,
    SessionExpired,
    SessionUnknown,
    TokenExpired,
    TokenForged,
    TokenMalformed,
    WrongAudience,
)
from identity.keys import Key, KeyRing
from identity.tokens import (
    HostClaims,
    make_host_token,
    make_service_token,
    make_session_token,
    read_host_token,
    read_service_token,
    read_session_token,
)

SECRET = "a shared secret of more than thirty-two bytes"
RING = KeyRing((Key.of(SECRET),))
LIFE = timedelta(minutes=15)


def read(token: str, now: datetime, ring: KeyRing = RING) -> HostClaims:
    return read_host_token(
        token, ring, audience="yuqi-assistant", issuer="lender", max_life=LIFE, now=now
    )


def make(now: datetime, **changes: Any) -> str:
    values: dict[str, Any] = {
        "audience": "yuqi-assistant",
        "issuer": "lender",
        "life": timedelta(minutes=5),
        "now": now,
        **changes,
    }
    return make_host_token("zhang", values.pop("ring", RING), **values)


def rsa_pair() -> tuple[str, str]:
    """Returns (private PEM, public PEM)."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return (
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode(),
        private.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode(),
    )


def test_a_good_token_names_its_borrower(now: datetime) -> None:
    claims = read(make(now, display_name="张先生"), now)
    assert (claims.borrower_id, claims.display_name) == ("zhang", "张先生")


def test_a_token_signed_with_a_private_rsa_key_is_read_with_the_public_one(now: datetime) -> None:
    private, public = rsa_pair()
    claims = {
        "sub": "zhang",
        "aud": "yuqi-assistant",
        "iss": "lender",
        "iat": now,
        "exp": now + timedelta(minutes=5),
        "jti": "1",
    }
    token = jwt.encode(claims, private, algorithm="RS256")
    assert read(token, now, KeyRing((Key.of(public),))).borrower_id == "zhang"


def test_a_public_key_is_never_taken_for_a_shared_secret(now: datetime) -> None:
    # The attacker knows the public key and signs HS256 with its text as the secret.
    _, public = rsa_pair()
    claims = {
        "sub": "zhang",
        "aud": "yuqi-assistant",
        "iss": "lender",
        "iat": int(now.timestamp()),
        "exp": int(now.timestamp()) + 300,
        "jti": "1",
    }
    token = _hs256_by_hand(claims, public)
    with pytest.raises(TokenForged):
        read(token, now, KeyRing((Key.of(public),)))


def _hs256_by_hand(claims: dict[str, Any], secret: str) -> str:
    import hashlib
    import hmac

    def part(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

    head = part(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    signed = f"{head}.{part(json.dumps(claims).encode())}"
    return f"{signed}.{part(hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest())}"


def test_an_unsigned_token_is_forged(now: datetime) -> None:
    body = {"sub": "zhang", "aud": "yuqi-assistant", "iss": "lender", "jti": "1"}
    body |= {"iat": int(now.timestamp()), "exp": int(now.timestamp()) + 60}
    with pytest.raises(TokenForged):
        read(jwt.encode(body, "", algorithm="none"), now)


def test_a_changed_borrower_breaks_the_signature(now: datetime) -> None:
    head, body, signature = make(now).split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["sub"] = "li"
    changed = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    with pytest.raises(TokenForged):
        read(f"{head}.{changed}.{signature}", now)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"audience": "another-service"}, WrongAudience),
        ({"issuer": "another-lender"}, WrongAudience),
        ({"life": timedelta(minutes=16)}, TokenExpired),  # longer than the 15 minutes allowed
        ({"ring": KeyRing((Key.of("x" * 40),))}, TokenForged),
    ],
)
def test_refusals(now: datetime, changes: dict[str, Any], refusal: type[IdentityError]) -> None:
    with pytest.raises(refusal):
        read(make(now, **changes), now)


def test_a_token_ends_thirty_seconds_after_its_expiry(now: datetime) -> None:
    # Clocks of two servers differ a little: 30 seconds are granted, the 31st is not.
    token = make(now)  # five minutes
    assert read(token, now + timedelta(minutes=5, seconds=29)).borrower_id == "zhang"
    with pytest.raises(TokenExpired):
        read(token, now + timedelta(minutes=5, seconds=31))


def test_a_token_from_the_future_is_refused(now: datetime) -> None:
    with pytest.raises(TokenExpired):
        read(make(now + timedelta(minutes=2)), now)


@pytest.mark.parametrize("missing", ["sub", "aud", "iss", "iat", "exp", "jti"])
def test_every_claim_is_required(now: datetime, missing: str) -> None:
    claims = jwt.decode(make(now), options={"verify_signature": False})
    del claims[missing]
    with pytest.raises(TokenMalformed):
        read(jwt.encode(claims, SECRET, algorithm="HS256"), now)


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": "soon"},
        {"exp": 10**30},
        {"iat": True},
        {"sub": ""},
        {"sub": "x" * 129},
        {"jti": "\t" * 200},
    ],
)
def test_claims_of_the_wrong_kind_are_malformed(now: datetime, claims: dict[str, Any]) -> None:
    good = jwt.decode(make(now), options={"verify_signature": False})
    with pytest.raises(IdentityError):
        read(_hs256_by_hand({**good, **claims}, SECRET), now)


@pytest.mark.parametrize(
    "token", ["", "x", "a.b.c", "é.é.é", "x" * 5000, "....", "eyJhbGciOiJIUzI1NiJ9.e30."]
)
def test_garbage_is_refused_and_never_breaks(now: datetime, token: str) -> None:
    with pytest.raises(IdentityError):
        read(token, now)


def test_rotation_accepts_the_previous_key_and_no_older_one(now: datetime) -> None:
    oldest, previous, current = (Key.of(letter * 40) for letter in "abc")
    ring = KeyRing((current, previous))
    assert read(make(now, ring=KeyRing((previous,))), now, ring).borrower_id == "zhang"
    assert read(make(now, ring=ring), now, KeyRing((current,))).borrower_id == "zhang"
    with pytest.raises(TokenForged):
        read(make(now, ring=KeyRing((oldest,))), now, ring)


def test_session_tokens_end_and_are_not_interchangeable_with_others(now: datetime) -> None:
    token = make_session_token("web-1", 3, RING, expires_at=now + LIFE, now=now)
    claims = read_session_token(token, RING, now)
    assert (claims.sender_id, claims.generation) == ("web-1", 3)
    with pytest.raises(SessionExpired):
        read_session_token(token, RING, now + LIFE)
    with pytest.raises(SessionUnknown):
        read_session_token(make(now), RING, now)  # a host token signed with the same key
    with pytest.raises(IdentityError):
        read(token, now)


def test_service_tokens_are_for_one_scope(now: datetime) -> None:
    token = make_service_token("nightly", "push", RING, life=timedelta(minutes=1), now=now)
    claims = read_service_token(token, RING, scope="push", max_life=LIFE, now=now)
    assert claims.service == "nightly"
    with pytest.raises(WrongAudience):
        read_service_token(token, RING, scope="desk", max_life=LIFE, now=now)


def test_short_secrets_are_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Key.of("short")

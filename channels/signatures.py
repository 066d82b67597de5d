"""Signed calls from outside: who sent this, is it fresh, did it come before.

Everything here happens before a body is parsed.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from identity.service import IdentityService
from identity.store.sessions import use_token_once


class SignatureRefused(Exception):
    """The call was not signed by who it says, is too old, or came before.

    Attributes:
        reason: for the security log; never shown to the caller.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_hmac(secrets: Sequence[str], message: bytes, claimed: str) -> None:
    """Compares ``sha256=<hex>`` with what each of the accepted secrets would have made."""
    if not any(same(sign(secret, message), claimed.strip().lower()) for secret in secrets):
        raise SignatureRefused("wrong_signature")


def same(expected: str, claimed: str) -> bool:
    """Compares without telling by its duration how much was right.

    As bytes, because ``compare_digest`` fails on text that is not ASCII, and a claim can be any.
    """
    return hmac.compare_digest(expected.encode(), claimed.encode("utf-8", "replace"))


def sign(secret: str, message: bytes) -> str:
    """Returns ``sha256=<hex>``."""
    return "sha256=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def check_fresh(stamp: str, now: datetime, window: timedelta) -> datetime:
    """Returns the moment of a Unix timestamp that lies within ``window`` of now."""
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        raise SignatureRefused("bad_timestamp")
    moment = datetime.fromtimestamp(int(stamp), tz=timezone.utc)
    if abs(moment - now) > window:
        raise SignatureRefused("stale")
    return moment


def check_first_time(
    identity: IdentityService, channel: str, nonce: str, now: datetime, window: timedelta
) -> None:
    """Refuses a nonce that was used within the time in which its timestamp is good."""
    if not 0 < len(nonce) <= 128:
        raise SignatureRefused("bad_nonce")
    digest = identity.session_ring.digest(f"nonce:{channel}", nonce)
    with identity.database.write() as connection:
        if not use_token_once(connection, digest, now + 2 * window, now):
            raise SignatureRefused("replayed")

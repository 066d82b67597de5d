"""Facts about sessions, as plain frozen values."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum


class IdentityState(str, Enum):
    """What the server knows about the person behind a sender id."""

    ANONYMOUS = "anonymous"
    SIGNED_IN = "signed_in"
    EXPIRED = "expired"
    REVOKED = "revoked"


class SignInMethod(str, Enum):
    """How a borrower was proven."""

    HOST_TOKEN = "host_token"  # noqa: S105 - a name, not a secret
    ONE_TIME_CODE = "one_time_code"
    DEMO_CHOICE = "demo_choice"
    LINK = "link"


@dataclass(frozen=True)
class Identity:
    """The answer to "who is this?" for one turn.

    Attributes:
        borrower_id: set only while ``state`` is ``SIGNED_IN``; an expired binding names nobody.
        display_name: how to address the borrower; kept after expiry so that a reply can be polite.
        authenticated_at: when the borrower was last proven (UTC).
        expires_at: until when that proof holds (UTC).
        state: see ``IdentityState``.
    """

    borrower_id: str | None
    display_name: str | None
    authenticated_at: datetime | None
    expires_at: datetime | None
    state: IdentityState

    @property
    def signed_in(self) -> bool:
        """Whether a borrower is proven at this moment."""
        return self.state is IdentityState.SIGNED_IN


NOBODY = Identity(None, None, None, None, IdentityState.ANONYMOUS)


@dataclass(frozen=True)
class BorrowerClaim:
    """A borrower that was proven, however it was done."""

    borrower_id: str
    display_name: str | None
    method: SignInMethod


def new_sender_id(channel: str) -> str:
    """Returns an id of 128 random bits; no browser and no platform ever chooses it."""
    return f"{channel}-{secrets.token_hex(16)}"


@dataclass(frozen=True)
class Session:
    """One conversation's row: the sender id and what is bound to it. All times are UTC.

    Attributes:
        sender_id: prefix of the channel plus 128 random bits in hex.
        channel: name of the channel that owns the conversation.
        external_ref: the platform's own user or conversation id, where there is one.
        generation: raised at every sign-in and sign-out; tokens of an older one are refused.
    """

    sender_id: str
    channel: str
    external_ref: str | None
    generation: int
    created_at: datetime
    expires_at: datetime | None
    borrower_id: str | None
    display_name: str | None
    method: SignInMethod | None
    authenticated_at: datetime | None
    auth_expires_at: datetime | None
    revoked_at: datetime | None

    def identity(self, now: datetime) -> Identity:
        """Returns who is proven at ``now`` (aware, wall clock)."""
        if self.revoked_at is not None:
            return Identity(None, None, None, None, IdentityState.REVOKED)
        if self.borrower_id is None or self.auth_expires_at is None:
            return NOBODY
        alive = now < self.auth_expires_at
        return Identity(
            borrower_id=self.borrower_id if alive else None,
            display_name=self.display_name,
            authenticated_at=self.authenticated_at,
            expires_at=self.auth_expires_at,
            state=IdentityState.SIGNED_IN if alive else IdentityState.EXPIRED,
        )

    @classmethod
    def fresh(
        cls,
        sender_id: str,
        channel: str,
        now: datetime,
        *,
        external_ref: str | None = None,
        expires_at: datetime | None = None,
    ) -> Session:
        """A conversation in which nobody is proven yet."""
        return cls(
            sender_id=sender_id,
            channel=channel,
            external_ref=external_ref,
            generation=1,
            created_at=now,
            expires_at=expires_at,
            borrower_id=None,
            display_name=None,
            method=None,
            authenticated_at=None,
            auth_expires_at=None,
            revoked_at=None,
        )

    def bound(self, claim: BorrowerClaim, now: datetime, until: datetime) -> Session:
        """The conversation with this borrower proven."""
        return replace(
            self,
            borrower_id=claim.borrower_id,
            display_name=claim.display_name,
            method=claim.method,
            authenticated_at=now,
            auth_expires_at=until,
            revoked_at=None,
        )

    def ended(self, now: datetime) -> Session:
        """The conversation after a sign-out: its tokens are over, and nobody goes on with it."""
        return replace(
            self,
            generation=self.generation + 1,
            # The platform's user starts afresh: what was said here stays with its borrower.
            external_ref=None,
            borrower_id=None,
            display_name=None,
            method=None,
            authenticated_at=None,
            auth_expires_at=None,
            revoked_at=now,
        )

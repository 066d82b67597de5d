"""Signing in from a conversation that has no page of its own: by a link, and a code sent back.

The link opens the chat page, where the borrower is proven in any of its ways; the page then shows
a code, and only the conversation that asked for the link can use it. Both ends are needed: whoever
sends *their* link to somebody else does not get that person's account, because the code appears on
the other's page; whoever sees the code cannot use it in another conversation.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from identity.errors import CodeWrong, IdentityError, VerificationLocked
from identity.limits import Rate, SharedLimit
from identity.model import BorrowerClaim, Identity, SignInMethod
from identity.service import IdentityService
from identity.store.links import (
    LinkRow,
    add_link,
    close_links,
    confirm_link,
    confirmed_links,
    open_link,
)
from identity.store.sessions import find_session


class LinkUnknown(IdentityError):
    """No such link: never made, used, or past its time."""

    code = "link_unknown"


class SignInNeeded(IdentityError):
    """A link was to be confirmed by a page on which nobody is proven."""

    code = "sign_in_needed"


class TooManyLinks(Exception):
    """A conversation asked for one link after the other."""


@dataclass(frozen=True)
class LinkRule:
    """How long links and codes live, and how often they may be asked for and tried."""

    link_life: timedelta = timedelta(minutes=15)
    code_life: timedelta = timedelta(minutes=10)
    making: Rate = field(default_factory=lambda: Rate(burst=6, per_minute=0.5))
    trying: Rate = field(default_factory=lambda: Rate(burst=5, per_minute=0.2))


@dataclass(frozen=True)
class OpenedLink:
    """What the page may know of a link: for which channel, and until when."""

    channel: str
    expires_at: datetime


@dataclass(frozen=True)
class ShownCode:
    """The code that the page shows."""

    code: str
    expires_at: datetime


class SignInLinks:
    """Makes, confirms and redeems links."""

    def __init__(self, identity: IdentityService, rule: LinkRule | None = None) -> None:
        self._identity = identity
        self._database = identity.database
        self._ring = identity.session_ring
        self.rule = rule or LinkRule()
        self._making = self._limit("links", self.rule.making)
        self._trying = self._limit("link-codes", self.rule.trying)

    def make(self, sender_id: str, now: datetime) -> str:
        """Returns the secret part of a new link. Older ones stay good for their time.

        Raises:
            TooManyLinks: this conversation asked too often.
        """
        if self._making.wait_seconds(sender_id, now):
            raise TooManyLinks()
        link = secrets.token_urlsafe(24)
        row = LinkRow(self._digest(link), sender_id, now, now + self.rule.link_life)
        with self._database.write() as connection:
            add_link(connection, row)
        return link

    def look(self, link: str, now: datetime) -> OpenedLink:
        """Returns what the page may know. Raises LinkUnknown."""
        with self._database.write() as connection:
            row = open_link(connection, self._digest(link), now)
            session = find_session(connection, row.sender_id) if row else None
        if row is None or session is None:
            raise LinkUnknown()
        return OpenedLink(session.channel, row.expires_at)

    def confirm(self, link: str, proven: Identity, now: datetime) -> ShownCode:
        """Notes who was proven on the page; returns a new code, the one before is over.

        Raises:
            LinkUnknown, SignInNeeded.
        """
        if proven.borrower_id is None:
            raise SignInNeeded()
        digest, code = self._digest(link), f"{secrets.randbelow(10**6):06d}"
        with self._database.write() as connection:
            row = open_link(connection, digest, now)
            if row is None:
                raise LinkUnknown()
            confirmed = replace(
                row,
                borrower_id=proven.borrower_id,
                display_name=proven.display_name,
                code_digest=self._code_digest(digest, code),
                code_expires_at=now + self.rule.code_life,
            )
            confirm_link(connection, confirmed)
        return ShownCode(code, now + self.rule.code_life)

    def awaits_code(self, sender_id: str, now: datetime) -> bool:
        """Whether this conversation may send a code back."""
        with self._database.read() as connection:
            return bool(confirmed_links(connection, sender_id, now))

    def redeem(self, sender_id: str, code: str, now: datetime) -> BorrowerClaim:
        """Uses a code up; every link of the conversation ends with it.

        Raises:
            CodeWrong: not the code of a link of *this* conversation.
            VerificationLocked: too many tries.
        """
        wait = self._trying.wait_seconds(sender_id, now)
        if wait:
            raise VerificationLocked(now + timedelta(seconds=wait))
        with self._database.write() as connection:
            rows = confirmed_links(connection, sender_id, now)
            right = next((row for row in rows if self._fits(row, code)), None)
            if right is None:
                raise CodeWrong(0)
            close_links(connection, sender_id, now)
        return BorrowerClaim(str(right.borrower_id), right.display_name, SignInMethod.LINK)

    def _fits(self, row: LinkRow, code: str) -> bool:
        expected = self._code_digest(row.link_digest, code)
        return hmac.compare_digest(row.code_digest or "", expected)

    def _digest(self, link: str) -> str:
        return self._ring.digest("link", link)

    def _code_digest(self, link_digest: str, code: str) -> str:
        return self._ring.digest("link-code", f"{link_digest}\x1f{code}")

    def _limit(self, name: str, rate: Rate) -> SharedLimit:
        return SharedLimit(self._database, self._ring, name, rate)

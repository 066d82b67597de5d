"""Proving a borrower by a one-time code, with limits on asking and on trying.

A phone that nobody has gets the same answers as one that somebody has, so that asking tells
nothing about who is a customer.
"""

from __future__ import annotations

import hmac
import logging
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from identity.code_sender import CodeNotSent, CodeSender
from identity.directory import BorrowerDirectory
from identity.errors import ChallengeUnknown, CodeWrong, IdentityError, VerificationLocked
from identity.keys import KeyRing
from identity.model import BorrowerClaim, SignInMethod
from identity.store import Database
from identity.store.limits import lock_limit
from identity.store.verification import (
    Challenge,
    add_challenge,
    close_challenge,
    count_try,
    find_challenge,
    lock_challenge,
    starts_since,
    wrong_tries_since,
)

logger = logging.getLogger(__name__)
_PHONE = re.compile(r"1[0-9]{10}")
_SEPARATORS = re.compile(r"[\s-]")


class PhoneInvalid(IdentityError):
    """Not a mainland mobile number."""

    code = "phone_invalid"


@dataclass(frozen=True)
class VerificationLimits:
    """How often codes may be asked for and tried.

    Attributes:
        code_life: how long one code works.
        tries: wrong codes per challenge.
        wrong_before_lock: wrong codes per phone, over all its challenges, before it is locked.
        lock: length of the lock, and the span over which wrong codes are counted.
        starts: codes per phone, and per conversation, within ``starts_span``.
    """

    code_life: timedelta = timedelta(minutes=5)
    tries: int = 5
    wrong_before_lock: int = 5
    lock: timedelta = timedelta(minutes=15)
    starts: int = 5
    starts_span: timedelta = timedelta(hours=1)


@dataclass(frozen=True)
class Started:
    """A code on its way.

    Attributes:
        phone, code: null where nobody has the phone. The code may be shown by the demo only.
    """

    challenge: str
    expires_at: datetime
    phone: str | None
    code: str | None


class Verification:
    """Starts and finishes one-time codes."""

    def __init__(
        self,
        database: Database,
        ring: KeyRing,
        directory: BorrowerDirectory,
        sender: CodeSender,
        limits: VerificationLimits | None = None,
    ) -> None:
        self._database = database
        self._ring = ring
        self._directory = directory
        self._sender = sender
        self._limits = limits or VerificationLimits()

    def start(self, sender_id: str, phone: str, now: datetime) -> Started:
        """Makes a code for ``phone``; ``deliver`` sends it if somebody has that phone.

        Raises:
            PhoneInvalid, VerificationLocked.
        """
        # NFKC: Chinese keyboards type full-width digits as readily as plain ones.
        number = _SEPARATORS.sub("", unicodedata.normalize("NFKC", phone))
        if not _PHONE.fullmatch(number):
            raise PhoneInvalid()
        digest = self._ring.digest("phone", number)
        borrower = self._directory.find_by_phone(number)
        code = f"{secrets.randbelow(10**6):06d}"
        challenge = Challenge(
            challenge=secrets.token_urlsafe(24),
            sender_id=sender_id,
            phone_digest=digest,
            code_digest=self._ring.digest("code", code),
            borrower_id=borrower.borrower_id if borrower else None,
            display_name=borrower.display_name if borrower else None,
            created_at=now,
            expires_at=now + self._limits.code_life,
        )
        with self._database.write() as connection:
            lock_limit(connection, digest, now)
            self._refuse_locked(connection, digest, now)
            self._refuse_too_many(connection, digest, sender_id, now)
            add_challenge(connection, challenge)
        known = borrower is not None
        return Started(
            challenge.challenge,
            challenge.expires_at,
            phone=number if known else None,
            code=code if known else None,
        )

    def deliver(self, started: Started) -> None:
        """Sends the code. Callers answer before this, or waiting would tell who is a customer."""
        if started.phone is None or started.code is None:
            return
        minutes = int(self._limits.code_life.total_seconds() // 60)
        try:
            self._sender.send(started.phone, started.code, minutes)
        except CodeNotSent:
            logger.exception("identity.code.not_sent")

    def finish(self, sender_id: str, challenge_id: str, code: str, now: datetime) -> BorrowerClaim:
        """Checks a code and uses it up.

        Raises:
            ChallengeUnknown, CodeWrong, VerificationLocked.
        """
        refused: IdentityError | None = None
        with self._database.write() as connection:
            challenge = self._locked(connection, challenge_id, now)
            if (
                challenge is None
                or challenge.sender_id != sender_id
                or challenge.closed_at is not None
                or now >= challenge.expires_at
            ):
                raise ChallengeUnknown()
            self._refuse_locked(connection, challenge.phone_digest, now)
            typed = unicodedata.normalize("NFKC", code).strip()
            right = hmac.compare_digest(challenge.code_digest, self._ring.digest("code", typed))
            if right and challenge.borrower_id is not None:
                close_challenge(connection, challenge_id, now)
            else:
                # The count must survive, so the refusal is raised after the transaction.
                refused = self._count_wrong(connection, challenge, now)
        if refused is not None:
            raise refused
        return BorrowerClaim(
            str(challenge.borrower_id), challenge.display_name, SignInMethod.ONE_TIME_CODE
        )

    def _locked(self, connection: Connection, challenge_id: str, now: datetime) -> Challenge | None:
        """Locks the phone first, as ``start`` does: its tries are counted one process at a time."""
        found = find_challenge(connection, challenge_id)
        if found is None:
            return None
        lock_limit(connection, found.phone_digest, now)
        return lock_challenge(connection, challenge_id)

    def _count_wrong(
        self, connection: Connection, challenge: Challenge, now: datetime
    ) -> IdentityError:
        count_try(connection, challenge.challenge)
        left = self._limits.tries - challenge.tries - 1
        if left > 0:
            return CodeWrong(left)
        close_challenge(connection, challenge.challenge, now)
        return VerificationLocked(now + self._limits.lock)

    def _refuse_locked(self, connection: Connection, phone_digest: str, now: datetime) -> None:
        since = now - self._limits.lock
        wrong, latest = wrong_tries_since(connection, phone_digest, since)
        if wrong >= self._limits.wrong_before_lock and latest is not None:
            raise VerificationLocked(latest + self._limits.lock)

    def _refuse_too_many(
        self, connection: Connection, phone_digest: str, sender_id: str, now: datetime
    ) -> None:
        span = self._limits.starts_span
        of_phone, of_sender, oldest = starts_since(
            connection,
            since=now - span,
            phone_digest=phone_digest,
            sender_id=sender_id,
        )
        if max(of_phone, of_sender) >= self._limits.starts and oldest is not None:
            raise VerificationLocked(oldest + span)

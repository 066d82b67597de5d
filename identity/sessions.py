"""Which borrower is bound to which conversation; how one begins, is renewed and ends.

A proof comes in as a `BorrowerClaim`; no token is read here. Times are wall-clock and aware.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.engine import Connection

from identity.errors import OtherBorrower, SessionUnknown
from identity.model import NOBODY, BorrowerClaim, Identity, Session, new_sender_id
from identity.settings import IdentitySettings
from identity.store import Database
from identity.store.sessions import (
    add_session,
    find_external_session,
    find_session,
    lock_session,
    move_end,
    save_session,
)


class Sessions:
    """The conversations of one database."""

    def __init__(self, settings: IdentitySettings, database: Database) -> None:
        self.settings = settings
        self.database = database

    def current(self, sender_id: str, now: datetime) -> Identity:
        """Returns who is proven behind ``sender_id`` at ``now``."""
        with self.database.read() as connection:
            session = find_session(connection, sender_id)
        return NOBODY if session is None else session.identity(now)

    def open_session(self, channel: str, now: datetime) -> Session:
        """Starts an anonymous conversation under a fresh sender id of 128 random bits."""
        with self.database.write() as connection:
            return self._opened(connection, channel, now)

    def ensure_external_session(self, channel: str, external_ref: str, now: datetime) -> Session:
        """Returns the conversation of a platform's user, made at the first message.

        It lives as long as the platform knows the user; only the proof of identity ends.
        """
        with self.database.write() as connection:
            found = find_external_session(connection, channel, external_ref)
            if found is not None:
                return found
            session = Session.fresh(new_sender_id(channel), channel, now, external_ref=external_ref)
            add_session(connection, session)
        return session

    def renew(self, session: Session, now: datetime) -> Session:
        """Moves the end of a live conversation; the proof of identity is not made longer.

        Raises:
            SessionUnknown: somebody signed in or out since ``session`` was read.
        """
        renewed = replace(session, expires_at=now + self.settings.session_life)
        with self.database.write() as connection:
            if not move_end(connection, renewed):
                raise SessionUnknown()
        return renewed

    def bind(self, sender_id: str, claim: BorrowerClaim, now: datetime) -> Session:
        """Binds a proven borrower to a conversation.

        Raises:
            OtherBorrower: the conversation is (or was, until it expired) another borrower's.
        """
        with self.database.write() as connection:
            session = lock_session(connection, sender_id)
            if session is None:
                # A sender that no web channel opened: the local shell.
                session = Session.fresh(sender_id, "shell", now)
                add_session(connection, session)
            return self._bind(connection, session, claim, now)

    def sign_in(self, session: Session, claim: BorrowerClaim, now: datetime) -> Session:
        """Binds a borrower and ends the tokens given out before.

        A token that somebody planted before the sign-in is thereby worth nothing after it. Where
        the conversation is another borrower's, that one ends and a new one is opened.

        Raises:
            SessionUnknown: somebody signed out while the proof was being checked.
        """
        with self.database.write() as connection:
            current = lock_session(connection, session.sender_id)
            if current is None or current.revoked_at is not None:
                raise SessionUnknown()
            try:
                next_one = replace(current, generation=current.generation + 1)
                return self._bind(connection, next_one, claim, now)
            except OtherBorrower:
                save_session(connection, current.ended(now))
                fresh = self._opened(connection, session.channel, now)
                return self._bind(connection, fresh, claim, now)

    def sign_out(self, sender_id: str, now: datetime) -> None:
        """Ends the binding and every token of this conversation."""
        with self.database.write() as connection:
            session = lock_session(connection, sender_id)
            if session is not None:
                save_session(connection, session.ended(now))

    def _opened(self, connection: Connection, channel: str, now: datetime) -> Session:
        expires_at = now + self.settings.session_life
        session = Session.fresh(new_sender_id(channel), channel, now, expires_at=expires_at)
        add_session(connection, session)
        return session

    def _bind(
        self, connection: Connection, session: Session, claim: BorrowerClaim, now: datetime
    ) -> Session:
        if session.borrower_id not in (None, claim.borrower_id):
            raise OtherBorrower()
        bound = session.bound(claim, now, now + self.settings.sign_in_life)
        save_session(connection, bound)
        return bound

"""Offer ids in what comes in: one that is not this borrower's own never reaches the dialogue.

Nobody needs to send one (buttons carry random values), so whoever does is trying something. What
is somebody else's and what was never made get the same answer; the security log tells them apart.
"""

from __future__ import annotations

import json
import logging
import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from account_engine.services.settings import Settings
from account_engine.store import tables
from account_engine.store.database import open_database, reading
from identity.model import Session
from identity.service import IdentityService

logger = logging.getLogger(__name__)
EVENT = "offer_refused"
# The engine's ids (account_engine/domain/negotiation/fingerprint.py), and what imitates them.
_OFFER = re.compile(r"offer-[0-9a-z]{6,64}")
_MOST = 5


class Way(str, Enum):
    """How an offer id came in."""

    TEXT = "text"
    BUTTON = "button"
    FIELD = "field"
    PATH = "path"


class OfferBook(Protocol):
    """Who was made which offer."""

    def owner(self, offer_id: str) -> str | None:
        """Returns the borrower's id, or None where there is no such offer."""


class AccountOffers:
    """The offers of the account engine's database; it is opened when first needed."""

    def __init__(self) -> None:
        self._engine: Engine | None = None

    def owner(self, offer_id: str) -> str | None:
        """Returns the borrower's id, or None where there is no such offer."""
        if self._engine is None:
            self._engine = open_database(Settings.from_env().database_url)
        query = select(tables.offers.c.borrower_id).where(tables.offers.c.offer_id == offer_id)
        try:
            with reading(self._engine) as connection:
                found: str | None = connection.execute(query).scalar()
        except SQLAlchemyError:  # an owner that cannot be looked up is not the speaker
            logger.exception("channels.offers.unreadable")
            return None
        return found


def offers_named(text: str) -> tuple[str, ...]:
    """Returns the offer ids in a text, however they are disguised; a few are enough."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    visible = "".join(one for one in plain if unicodedata.category(one) != "Cf")
    return tuple(dict.fromkeys(_OFFER.findall(visible)))[:_MOST]


class OfferGuard:
    """Refuses and logs offer ids that are not the speaker's own."""

    def __init__(self, identity: IdentityService, book: OfferBook) -> None:
        self._identity = identity
        self._book = book

    def refuses(self, session: Session | None, text: str, way: Way, now: datetime) -> bool:
        """Whether ``text`` names an offer that is not this conversation's borrower's (logged).

        Neither the id nor the text is logged: the session and the reason are enough to look into.
        """
        reasons = {self._reason(session, one, now) for one in offers_named(text)} - {None}
        for reason in sorted(str(one) for one in reasons):
            sender_id = session.sender_id if session else None
            self._identity.record(EVENT, now, sender_id=sender_id, reason=reason, way=way.value)
        return bool(reasons)

    def refuses_fields(
        self,
        session: Session | None,
        body: Mapping[str, Any],
        known: Collection[str],
        now: datetime,
    ) -> bool:
        """Whether a field that the contract does not have names somebody else's offer (logged)."""
        unknown = {name: value for name, value in body.items() if name not in known}
        if not unknown:
            return False
        return self.refuses(session, json.dumps(unknown, ensure_ascii=False), Way.FIELD, now)

    def _reason(self, session: Session | None, offer_id: str, now: datetime) -> str | None:
        owner = self._book.owner(offer_id)
        if owner is None:
            return "no_such_offer"
        speaker = session.identity(now).borrower_id if session else None
        if speaker is None:
            return "not_signed_in"
        return None if owner == speaker else "another_borrowers"

"""Whom nobody may contact first: the engine keeps the record, the channels obey it.

A hold (somebody may be in danger, a death was reported, the borrower asked to be left alone) stops
reminders, on every channel, until a person lifts it. Answers and a person's words are never held.
"""

from __future__ import annotations

import logging
from threading import Lock
from typing import Protocol

from account_engine.services.engine import AccountEngine, Settings

logger = logging.getLogger(__name__)


class OutreachHolds(Protocol):
    """Whom nobody may contact first, at this moment."""

    def held(self) -> frozenset[str]:
        """Returns the ids of these borrowers."""


class AccountHolds:
    """The account engine's record; the engine is put together when first needed."""

    def __init__(self) -> None:
        self._engine: AccountEngine | None = None
        self._making = Lock()

    def held(self) -> frozenset[str]:
        """Returns the ids of the borrowers whom nobody may contact first."""
        with self._making:
            if self._engine is None:
                self._engine = AccountEngine.from_settings(Settings.from_env())
        return self._engine.outreach.held()


def held_now(holds: OutreachHolds) -> frozenset[str] | None:
    """Returns who is held, or None where that cannot be read: then nobody is contacted."""
    try:
        return holds.held()
    except Exception:  # whatever is broken there must not stop answers, which share the delivery
        logger.exception("channels.outreach.unreadable")
        return None

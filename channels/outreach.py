"""Whom nobody may contact first: the engine keeps the record, the channels obey it.

A hold (somebody may be in danger, a death was reported, the borrower asked to be left alone) stops
reminders, on every channel, until a person lifts it. Answers and a person's words are never held.
The notice before a negative entry in the credit register (征信业管理条例 15) is owed all the same:
whoever only asked for silence gets it, in the hours of contact; to the others a person brings it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock
from typing import Protocol

from account_engine.services.engine import AccountEngine, Settings
from account_engine.services.outreach import HoldReason, Outreach

logger = logging.getLogger(__name__)


class OutreachHolds(Protocol):
    """Whom nobody may contact first, at this moment."""

    def held(self) -> frozenset[str]:
        """Returns the ids of these borrowers."""

    def for_people_only(self) -> frozenset[str]:
        """Returns those of them to whom a person brings even what the law wants to be told."""


class AccountHolds:
    """The account engine's record; the engine is put together when first needed."""

    def __init__(self) -> None:
        self._engine: AccountEngine | None = None
        self._making = Lock()

    def held(self) -> frozenset[str]:
        """Returns the ids of the borrowers whom nobody may contact first."""
        return self._outreach().held()

    def for_people_only(self) -> frozenset[str]:
        """Returns who is held for another reason than their own wish (danger, a death)."""
        holds = self._outreach().in_force()
        return frozenset(
            hold.borrower_id for hold in holds if hold.reason is not HoldReason.ASKED_TO_STOP
        )

    def _outreach(self) -> Outreach:
        with self._making:
            if self._engine is None:
                self._engine = AccountEngine.from_settings(Settings.from_env())
        return self._engine.outreach


def held_now(ask: Callable[[], frozenset[str]]) -> frozenset[str] | None:
    """Returns who is held, or None where that cannot be read: then nobody is contacted."""
    try:
        return ask()
    except Exception:  # whatever is broken there must not stop answers, which share the delivery
        logger.exception("channels.outreach.unreadable")
        return None

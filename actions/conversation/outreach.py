"""Holding contact with a borrower, from within a conversation."""

from __future__ import annotations

import logging

from account_engine.services.outreach import HoldReason
from actions.conversation.desk import Desk
from actions.conversation.turn import Turn

logger = logging.getLogger(__name__)
_SOURCE = "conversation"

# What the slot `paused_for_safety` says: whether the borrower was known and a hold is on record.
HELD = "held"
NOT_KNOWN_YET = "not_known_yet"


def hold_outreach(turn: Turn, desk: Desk, reason: HoldReason) -> bool:
    """Holds all contact until a person lifts it; False where nobody is signed in or it failed."""
    if turn.borrower_id is None:
        return False
    try:
        desk.engine.outreach.hold(turn.borrower_id, reason, _SOURCE, desk.engine.clock.now())
    except Exception:  # the answer must not fail with the record; the person is called anyway
        logger.exception("outreach was not held")
        return False
    return True

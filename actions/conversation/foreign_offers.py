"""An offer that is not the borrower's: the engine refuses it, the security log hears of it."""

from __future__ import annotations

from actions.conversation.desk import Desk
from actions.conversation.turn import Turn


def note_foreign_offer(turn: Turn, desk: Desk) -> None:
    """Notes the session and where it was tried; not the offer, not the borrower, not the words."""
    desk.identity.record(
        "offer_refused",
        desk.wall_clock(),
        sender_id=turn.sender_id,
        reason="not_this_borrowers",
        way="dialogue",
    )

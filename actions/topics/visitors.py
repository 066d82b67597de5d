"""Wishes of a visitor: what can be said before it is known whose account it is."""

from __future__ import annotations

from typing import Any

from actions.conversation.cards import sign_in_card
from actions.conversation.desk import Desk
from actions.conversation.periods import days_of
from actions.conversation.reply import Reply
from actions.conversation.topic import special_side
from actions.conversation.turn import Turn
from actions.negotiation.hearing import hear


def told(key: str, desk: Desk, **values: Any) -> Reply:
    """A general answer, with the card to sign in."""
    return Reply(key, values, card=sign_in_card(desk.renderer.labels["card"]))


def later(turn: Turn, desk: Desk) -> Reply:
    """Somebody wants to pay later: until the day they named, after the days they named."""
    on, days = turn.coming_date(), days_of(turn.entity("duration"))
    named = (on is not None and on > turn.today) or bool(days and days > 0)
    wished = "extension.so_many_days" if named else "extension.general"
    key = special_side(turn, desk) or wished
    return told(key, desk, days=days, on=on if on and on > turn.today else None)


def in_hardship(turn: Turn, desk: Desk) -> Reply:
    """What has happened is taken up in the first sentence."""
    return told("hardship.general", desk, reason=hear(turn).wishes.get("hardship"))

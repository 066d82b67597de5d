"""A time that only says how often a sum is paid: "一周还400" waits no week."""

from __future__ import annotations

from dataclasses import replace

from actions.conversation.turn import Entity, Turn
from actions.negotiation.lexicon import hearing_lexicon

_HOW_OFTEN = frozenset({"P1D", "P7D", "P1W", "P1M"})


def without_how_often(turn: Turn) -> Turn:
    """The turn without such times, so that nothing is reckoned a week later."""
    kept = tuple(one for one in turn.entities if not _says_how_often(turn, one))
    return turn if len(kept) == len(turn.entities) else replace(turn, entities=kept)


def _says_how_often(turn: Turn, one: Entity) -> bool:
    words = hearing_lexicon()
    if one.kind != "duration" or one.value not in _HOW_OFTEN:
        return False
    if words.waits_for.search(turn.text[: one.start]):
        return False
    behind = [other for other in turn.entities if other.kind == "amount" and other.start >= one.end]
    first = min(behind, key=lambda other: other.start, default=None)
    between = turn.text[one.end : first.start] if first else ""
    return first is not None and words.pays_so_often.fullmatch(between) is not None

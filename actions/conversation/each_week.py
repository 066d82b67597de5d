"""A time that only says how often a sum is paid: "一周还400" waits no week."""

from __future__ import annotations

from dataclasses import replace

from actions.conversation.turn import Entity, Turn
from actions.negotiation.lexicon import hearing_lexicon
from nlu.entities.numerals import read_count

_WEEK = 7
_HOW_OFTEN = frozenset({"P1D", "P7D", "P1W", "P1M"})


def without_how_often(turn: Turn) -> Turn:
    """The turn without such times, so that nothing is reckoned a week later."""
    turn = _so_many_weeks_later(turn)
    kept = tuple(one for one in turn.entities if not _says_how_often(turn, one))
    return turn if len(kept) == len(turn.entities) else replace(turn, entities=kept)


def _so_many_weeks_later(turn: Turn) -> Turn:
    """ "晚两周一次还": all of it two weeks later, and not on a Monday."""
    found = hearing_lexicon().weeks_later_at_once.search(turn.text)
    weeks = read_count(found["number"]) if found else None
    if found is None or not weeks:
        return turn
    start, end = found.span("weeks")
    kept = (one for one in turn.entities if one.end <= start or one.start > end)
    later = Entity("duration", f"P{weeks * _WEEK}D", start, end)
    return replace(turn, entities=(*kept, later))


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

"""By how many days somebody wants to pay later."""

from __future__ import annotations

from actions.conversation.periods import days_of
from actions.conversation.turn import Entity, Turn
from actions.negotiation.lexicon import hearing_lexicon


def days_to_wait(turn: Turn) -> int | None:
    """The days named, but for those that have gone by ("工资停发两个月了")."""
    spans = (one for one in turn.entities if one.kind == "duration" and not _gone_by(turn, one))
    return days_of(next((one.value for one in spans), None))


def _gone_by(turn: Turn, span: Entity) -> bool:
    words = hearing_lexicon()
    before, behind = turn.text[: span.start], turn.text[span.end :]
    return bool(words.gone_before.search(before) or words.gone_behind.search(behind))

"""A day gone by that a payment is thought of on: the answer reckons as of today, and says so."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from actions.conversation.reply import Reply
from actions.conversation.turn import Entity, Turn
from actions.knowledge.figure_words import figure_words

_NOTE = "note.day_gone_by"
# Answers whose figures are those of today where no day to come was named.
_AS_OF_TODAY = frozenset(
    {"partial.personal", "early.personal", "early.called_in", "minimum.enough.personal"}
    | {"amount.due", "amount.not_due"}
)
_OF_A_DAY = frozenset({"date", "day_of_month"})
_CLAUSE = re.compile(r"[,，。;；!！?？]")


def with_a_day_gone_by(reply: Reply, turn: Turn) -> Reply:
    """`reply`, after a word that the day named for the payment has passed."""
    if reply.key not in _AS_OF_TODAY or reply.lead is not None or turn.borrower_id is None:
        return reply
    day = day_gone_by(turn)
    if day is None:
        return reply
    return reply.changed(lead=_NOTE, values={**reply.values, "gone_by": day})


def day_gone_by(turn: Turn) -> date | None:
    """The day, where money is to be paid on it; what fell due or was missed then is none."""
    days = [one for one in turn.entities if one.kind == "date"]
    if len(days) != 1 or not _is_paid_on(days[0], turn.text):
        return None
    said = days[0]
    others = (one for one in turn.entities if one.start == said.start or one.kind not in _OF_A_DAY)
    day = replace(turn, entities=tuple(others)).coming_date()
    return day if day is not None and day < turn.today else None


def _is_paid_on(day: Entity, text: str) -> bool:
    words = figure_words()
    behind = _CLAUSE.split(text[day.end :])[0]
    return words.to_be_paid.search(behind) is not None and words.happened.search(text) is None

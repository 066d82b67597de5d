"""Days that a follow-up means without naming them: "下个月呢", "那天一共多少"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from actions.conversation.follow_up_file import Around
from actions.conversation.last_question import Group, LastQuestion, groups_in
from actions.conversation.periods import days_of
from actions.conversation.turn import Entity, Turn

_OF_A_DAY = frozenset({"date", "day_of_month"})


def with_spoken_days(turn: Turn, around: Around) -> Turn:
    """The turn with the day that it means: so long from now, or the one named before.

    "下个月" by itself names no day; "那天" is the day of the question before.
    """
    if Group.DAY in groups_in(turn):
        return turn
    for words, value in around.spoken_days.items():
        if found := re.search(words, turn.text):
            day = turn.today + timedelta(days=days_of(value) or 0)
            both = (
                Entity("duration", value, *found.span()),
                Entity("date", day.isoformat(), *found.span()),
            )
            return replace(turn, entities=(*turn.entities, *both))
    before, found = LastQuestion.of(turn), around.that_day.search(turn.text)
    if before is None or found is None:
        return turn
    days = (one for one in before.entities if one.kind in _OF_A_DAY)
    placed = (replace(one, start=found.start(), end=found.end()) for one in days)
    return replace(turn, entities=(*turn.entities, *placed))

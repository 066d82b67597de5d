"""A part and the rest together: what both come to, beside paying all of it at once."""

from __future__ import annotations

from account_engine.domain.money import Money
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.topics.after_part import After
from actions.topics.left import about_the_rest, day_of_the_rest, on_a_day, told_of


@about_the_rest("ask_left_total")
def left_total(after: After, turn: Turn) -> Reply:
    """ "两次加起来多少": the part and the rest on the day named for it; else both of today."""
    day = day_of_the_rest(turn) or after.supposed.until
    if day is None or day <= after.supposed.on:
        return told_of("partial.left", after, turn, {})
    then = on_a_day(after, day)
    both = Money(after.supposed.fen) + then["due_then"]
    return told_of("partial.left_total", after, turn, {**then, "both": both})

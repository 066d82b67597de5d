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
    named = day_of_the_rest(turn)
    day = named if named and named > after.supposed.last_on else after.supposed.until
    if day is None:
        return told_of("partial.left", after, turn, {})
    then = on_a_day(after, day)
    # What is not due by then is paid all the same: the whole that is left.
    rest = then["due_then"] if then["due_then"].fen > 0 else then["left_then"]
    both = Money(after.supposed.sum_paid) + rest
    return told_of("partial.left_total", after, turn, {**then, "rest": rest, "both": both})

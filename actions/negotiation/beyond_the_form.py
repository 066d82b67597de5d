"""A message in which the open form hears nothing is read as it would be without one."""

from __future__ import annotations

from dataclasses import replace

from actions.conversation.desk import Desk
from actions.conversation.turn import Turn
from actions.negotiation.for_the_form import answers_the_form
from actions.negotiation.hearing import hear
from actions.negotiation.lexicon import hearing_lexicon

_WHEN = frozenset({"first_date", "day_of_month"})


def meant_beyond_the_form(turn: Turn, desk: Desk) -> str | None:
    """ "28号一起还清要多少" with offers open: what a question of the own books would mean.

    What the form can hear stays with it, and no answer is given that would begin or end a
    negotiation itself.
    """
    words = hearing_lexicon()
    if not turn.active_form or turn.text.startswith("/") or not turn.known:
        return None
    if turn.intent in words.plan_wish_never | words.small_talk:
        return None
    if not hear(turn).nothing and answers_the_form(turn) and not _asks_of_the_books(turn):
        return None
    found = desk.meaning(replace(turn, active_form=None, requested_slot=None))
    return None if found in words.never_beyond_the_form else found


def _asks_of_the_books(turn: Turn) -> bool:
    """ "两期都补上要多少，我后天能凑齐": a day beside a question for what is owed is no wish."""
    heard = hear(turn)
    only_when = heard.wishes.keys() <= _WHEN and not (heard.agrees or heard.declines)
    return only_when and hearing_lexicon().asks_of_the_books.search(turn.text) is not None

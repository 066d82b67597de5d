"""Whether a visitor's talk is about paying the debt that they told of in instalments."""

from __future__ import annotations

from actions.conversation.last_question import LastQuestion
from actions.conversation.own_case import OwnCase
from actions.conversation.turn import Turn

ANSWER = "ask_case_in_parts"


def speaks_of_parts(turn: Turn) -> bool:
    """A sum was told, and instalments were spoken of last or are wished for."""
    told = OwnCase.of(turn)
    if told is None or not told.begun or turn.active_form:
        return False
    last = LastQuestion.of(turn)
    lately = last is not None and last.answer == ANSWER
    return lately or bool(turn.wishes.keys() & {"terms", "monthly"})

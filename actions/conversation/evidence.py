"""Whether the words bear out what the classifier made of them (`data/wording/evidence.yml`)."""

from __future__ import annotations

from functools import lru_cache

from actions.conversation.desk import Desk
from actions.conversation.turn import Turn
from actions.knowledge.words import PatternFile, Regex


class Evidence(PatternFile):
    """The content of `data/wording/evidence.yml`: by intent, words of which one has to be found."""

    name = "evidence.yml"

    intents: dict[str, Regex]
    second_intents: dict[str, Regex]


@lru_cache(maxsize=1)
def evidence() -> Evidence:
    """The words of this process."""
    return Evidence.shipped()


def only_guessed(turn: Turn, desk: Desk) -> bool:
    """Whether nothing but the classifier's guess speaks for the intent.

    A button, and words that a side of the topic knows, are no guess.
    """
    words = evidence().intents.get(turn.intent or "")
    if words is None or turn.text.startswith("/") or words.search(turn.text):
        return False
    return not desk.focus.narrowed(turn.intent or "", turn.text, tuple(turn.values("product")))


def only_guessed_beside(turn: Turn) -> bool:
    """The same of a second question, whose few words are easily taken for another topic's side."""
    words = evidence().second_intents.get(turn.intent or "")
    return words is not None and not words.search(turn.text)

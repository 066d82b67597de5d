"""Whether the words bear out what the classifier made of them (`data/wording/evidence.yml`)."""

from __future__ import annotations

from functools import lru_cache

from actions.conversation.desk import Desk
from actions.conversation.turn import Turn
from actions.knowledge.words import PatternFile, Regex

# Two questions are surer than both together; a figure or a day makes a guess a fair one.
_SAYS_ENOUGH = frozenset({"second_intent", "amount", "date", "day_of_month", "duration", "terms"})


class Evidence(PatternFile):
    """The content of `data/wording/evidence.yml`: by intent, words of which one has to be found."""

    name = "evidence.yml"

    unsure_below: float
    answered_though_unsure: frozenset[str]
    told_in_words: dict[str, Regex]
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
    if turn.text.startswith("/"):
        return False
    words = evidence().intents.get(turn.intent or "")
    borne_out = words is None or words.search(turn.text)
    if borne_out and not _unsure(turn):
        return False
    return not desk.focus.narrowed(turn.intent or "", turn.text, tuple(turn.values("product")))


def _unsure(turn: Turn) -> bool:
    """Whether one question, asked outside of a form, was heard with too little confidence."""
    always = turn.intent in evidence().answered_though_unsure and not without_its_words(turn)
    if turn.active_form or always:
        return False
    plain = any(one.kind in _SAYS_ENOUGH for one in turn.entities)
    return not plain and turn.confidence < evidence().unsure_below


def only_guessed_beside(turn: Turn) -> bool:
    """The same of a second question, whose few words are easily taken for another topic's side."""
    words = evidence().second_intents.get(turn.intent or "")
    return words is not None and not words.search(turn.text)


def without_its_words(turn: Turn) -> bool:
    """Whether nothing of what such a message tells is in it: "这个月咋没有了" is no hardship."""
    words = evidence().told_in_words.get(turn.intent or "")
    return words is not None and not words.search(turn.text)

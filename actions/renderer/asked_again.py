"""Whether a message asks once more what was asked before, or something of its own.

What counts is the message as it was typed. Where a follow-up was read as the question before it,
`Turn.text` holds that question's words, which say nothing about what is asked now.
"""

from __future__ import annotations

from actions.conversation.last_question import Group, groups_in
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words

_SHORT = 12  # characters


def asks_the_same(turn: Turn) -> bool:
    """The same words but for particles, or a wish to hear it again with nothing new beside it.

    A day, a sum, a product or any other word that the message before lacked makes it another
    question.
    """
    said, before = turn.said_now, _bare(turn.said_before)
    rest = _bare(figure_words().once_more.sub("", said))
    if rest == _bare(said):
        return bool(rest) and rest == before
    return rest in before


def asks(turn: Turn) -> bool:
    """Whether the message asks at all; "嗯" and "我逾期3天" do not."""
    return bool(figure_words().asks_at_all.search(turn.said_now))


def only_adds_a_value(turn: Turn) -> bool:
    """A short message that states a value, or that only puts another product ("那花呗呢")."""
    groups = groups_in(turn)
    if not groups or len(turn.said_now) > _SHORT:
        return False
    return not asks(turn) or (groups == {Group.PRODUCT} and not _bare(_without_values(turn)))


def _without_values(turn: Turn) -> str:
    said = turn.said_now
    for one in turn.entities:
        said = said.replace(turn.text[one.start : one.end], "")
    return said


def _bare(text: str) -> str:
    """The words that carry meaning: no particles, no marks."""
    return figure_words().particles.sub("", text)

"""The questions of a message: the NLU's two, or two sides of one topic, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from actions.conversation.acts import ACT
from actions.conversation.desk import Desk
from actions.conversation.evidence import without_its_words
from actions.conversation.led_to import FollowUp
from actions.conversation.memory import LAST_QUESTION
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.knowledge.clause_words import clause_words

_MOST_CLAUSES = 3
_MARKS = re.compile(r"[,，。;；?？!！]+")
# What the whole message is, once any part of it is: nothing beside it is answered.
TAKES_ALL = frozenset(
    {
        "claimed_promise",
        "claimed_of_us",
        "claimed_record",
        "confirm_settled",
        "prompt_game",
        "ask_add_me",
        "ask_own_penalty_terms",
    }
    | {"not_the_borrower", "ask_third_party", "fraud_going_on", "ask_add_me"}
    | {"danger_to_self", "soft_distress", "threatens_others", "danger:home", "danger:violence"}
    | {"danger:blackmail", "danger:emergency"}
)


def questions_of(turn: Turn, desk: Desk, meaning: str | None) -> tuple[Turn, Turn | None]:
    """The turn as its first and, where there is one, its second question.

    `meaning` is the answering function that the situation has chosen, if it has.
    """
    first, second = turn.questions()
    if second is not None and without_its_words(second):
        return turn, None  # it is a part of the one question
    if second is not None:
        one = _one_situation(meaning, turn, desk)
        return (turn, None) if one else (first, _spoken_out(first, second))
    sides = None if meaning or turn.known or turn.active_form else _two_sides(turn, desk)
    return sides or (turn, None)


def leaning_second(turn: Turn, reply: Reply, desk: Desk) -> FollowUp | None:
    """What the last clause asks of the answer to those before it: "会上征信吗，多久能消".

    It has to be a short question that means nothing without them, after one that asks.
    """
    parts = [turn.text[start:end] for start, end in clauses(turn.text)]
    if not 1 < len(parts) <= _MOST_CLAUSES or not _asks_in_order(parts):
        return None
    kept = reply.slots.get(LAST_QUESTION)
    if not isinstance(kept, Mapping) or turn.entity("second_intent"):
        return None
    if desk.focus.reply_for(turn.intent, parts[-1], tuple(turn.values("product"))) == reply.key:
        return None  # it is the last clause that was answered
    about = desk.follow_ups.acts.about(reply.key)
    beside = {**kept, ACT: about} if about else dict(kept)
    slots = {**turn.slots, LAST_QUESTION: beside}
    alone = replace(turn, text=parts[-1], entities=(), slots=slots, turns=turn.turns + 1)
    found = desk.follow_ups.read_second(alone)
    if found is None:
        return None
    return replace(found, turn=replace(found.turn, turns=turn.turns))


def _asks_in_order(parts: list[str]) -> bool:
    """Whether both the last clause and some other ask, and no other merely leads in."""
    words = clause_words()
    before = [one for one in parts[:-1] if words.asks.search(one.rstrip("，,。；; "))]
    return bool(before) and not any(words.leads_in.search(one) for one in before)


def asked_before(one: Turn, other: Turn) -> bool:
    """Whether the words of one question stand before those of the other (blanks for the rest)."""
    return _leading(one.text) < _leading(other.text)


def _leading(text: str) -> int:
    return len(text) - len(text.lstrip())


def _one_situation(meaning: str | None, turn: Turn, desk: Desk) -> bool:
    """Whether only the whole message means it: what looked like two questions is one."""
    return meaning in TAKES_ALL or (
        meaning is not None
        and not any(part is not None and desk.meaning(part) == meaning for part in turn.questions())
    )


def _spoken_out(first: Turn, second: Turn) -> Turn:
    """The second question with the word before it that it leaves out, where there is room."""
    carried = clause_words().carried
    word, start = carried.search(first.text), _leading(second.text)
    if word is None or carried.search(second.text) or word.start() > start:
        return second
    room = start - len(word[0])
    if room < 0:
        return second
    return replace(second, text=" " * room + word[0] + second.text[start:])


def _two_sides(turn: Turn, desk: Desk) -> tuple[Turn, Turn] | None:
    """Two clauses that ask for different sides of the topic; each keeps its own words only."""
    products, words = tuple(turn.values("product")), clause_words()
    found: dict[str, Turn] = {}
    for start, end in clauses(turn.text):
        own = " " * start + turn.text[start:end]
        side = desk.focus.reply_for(turn.intent, own, products)
        if side is not None and words.asks.search(own.rstrip()) and not words.leads_in.search(own):
            found.setdefault(side, replace(turn, text=own))
    if len(found) != 2:
        return None
    first, second = found.values()
    return first, second


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """Half-open spans of the parts that marks set apart, each with the mark that ends it."""
    start = 0
    for mark in _MARKS.finditer(text):
        yield start, mark.end()
        start = mark.end()
    if start < len(text):
        yield start, len(text)

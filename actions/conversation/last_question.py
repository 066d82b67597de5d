"""What was asked last, kept so that a short message can lean on it ("那借呗呢")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from actions.conversation.memory import LAST_QUESTION
from actions.conversation.turn import Entity, Turn
from actions.knowledge.case_words import case_words


class Group(str, Enum):
    """Kinds of values that stand in for each other: "明天" for "十天", "800" for "两三百"."""

    PRODUCT = "product"
    AMOUNT = "amount"
    DAY = "day"
    TERMS = "terms"


KINDS: Mapping[Group, frozenset[str]] = {
    Group.PRODUCT: frozenset({"product"}),
    Group.AMOUNT: frozenset({"amount", "amount_range"}),
    Group.DAY: frozenset({"date", "day_of_month", "duration"}),
    Group.TERMS: frozenset({"terms", "terms_range"}),
}
_VALUES = frozenset().union(*KINDS.values()) | {"percentage"}


@dataclass(frozen=True, slots=True)
class LastQuestion:
    """A question that was answered: by which function, its words, its values.

    Attributes:
        turn: the number of the message, counted from one.
        topic: what was spoken of, where the reply says it and not the function (decision 54).
    """

    answer: str
    text: str
    entities: tuple[Entity, ...]
    turn: int
    topic: str = ""

    @classmethod
    def of(cls, turn: Turn) -> LastQuestion | None:
        """The one that the conversation remembers; None where nothing was asked yet."""
        kept = turn.slots.get(LAST_QUESTION)
        if not isinstance(kept, Mapping) or "answer" not in kept:
            return None
        entities = tuple(
            Entity(str(kind), str(value), int(start), int(end))
            for kind, value, start, end in kept["entities"]
        )
        topic = str(kept.get("topic", ""))
        return cls(str(kept["answer"]), str(kept["text"]), entities, int(kept["turn"]), topic)

    @classmethod
    def asked(cls, answer: str, turn: Turn) -> LastQuestion:
        """The question of this turn, with its values and without anything else it holds."""
        values = tuple(one for one in turn.entities if one.kind in _VALUES)
        return cls(answer, turn.text, values, turn.turns)

    def slot(self) -> dict[str, Any]:
        """As it is kept between messages."""
        values = [[one.kind, one.value, one.start, one.end] for one in self.entities]
        kept = {"answer": self.answer, "text": self.text, "entities": values, "turn": self.turn}
        return {**kept, "topic": self.topic} if self.topic else kept

    @property
    def products(self) -> tuple[Entity, ...]:
        return tuple(one for one in self.entities if one.kind == Group.PRODUCT.value)

    def has(self, group: Group) -> bool:
        return any(one.kind in KINDS[group] for one in self.entities)


def groups_in(turn: Turn) -> frozenset[Group]:
    """Which kinds of values the message names."""
    kinds = {one.kind for one in turn.entities}
    return frozenset(group for group, members in KINDS.items() if kinds & members)


def with_the_case_before(turn: Turn, last: LastQuestion) -> Turn:
    """The turn with sum, days and product of the question before, where it names none itself."""
    said = groups_in(turn)
    of_the_case = (Group.AMOUNT, Group.DAY, Group.PRODUCT)
    wanted = [KINDS[one] for one in of_the_case if one not in said]
    if _of_something_else(last.text):  # "没工作三个月了": no time of the debt
        wanted = [kinds for kinds in wanted if kinds != KINDS[Group.DAY]]
    kinds = frozenset().union(*wanted)
    carried = tuple(replace(one, start=0, end=0) for one in last.entities if one.kind in kinds)
    return replace(turn, entities=(*turn.entities, *carried))


def _of_something_else(text: str) -> bool:
    words = case_words()
    return bool(words.time_of_else.search(text)) and not words.surely_late.search(text)


def with_values_of(last: LastQuestion, turn: Turn, groups: Iterable[Group]) -> LastQuestion:
    """The last question with this message's values in place of its own of the same groups.

    Words and offsets are kept true: "500逾期三天罚多少" with "1000" is "1000逾期三天罚多少".
    """
    for group in groups:
        last = _replaced(last, turn, KINDS[group])
    return last


def _replaced(last: LastQuestion, turn: Turn, kinds: frozenset[str]) -> LastQuestion:
    new = [one for one in turn.entities if one.kind in kinds]
    old = sorted({(one.start, one.end) for one in last.entities if one.kind in kinds})
    old = [span for span in old if span[1] > span[0]]
    words, placed = _joined(new, turn.text, old[0][0] if old else 0)
    if not old and words:  # "借呗，会影响征信吗": beside the question, not a part of it
        old, words = [(0, 0)], f"{words}，"
    text, kept = last.text, [one for one in last.entities if one.kind not in kinds]
    for number, (start, end) in reversed(list(enumerate(old))):
        put = words if number == 0 else ""
        text = text[:start] + put + text[end:]
        kept = [_moved(one, after=end, by=len(put) - (end - start)) for one in kept]
    return replace(last, text=text, entities=(*kept, *placed))


def _joined(found: Sequence[Entity], text: str, at: int) -> tuple[str, list[Entity]]:
    """The words of the entities in a row, and the entities as they stand there from `at` on."""
    words, placed = "", []
    for start, end in sorted({(one.start, one.end) for one in found}):
        place = at + len(words)
        words += text[start:end]
        same = (one for one in found if (one.start, one.end) == (start, end))
        placed += [replace(one, start=place, end=place + end - start) for one in same]
    return words, placed


def _moved(one: Entity, *, after: int, by: int) -> Entity:
    return replace(one, start=one.start + by, end=one.end + by) if one.start >= after else one

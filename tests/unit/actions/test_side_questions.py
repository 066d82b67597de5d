"""The questions that measure the sides of a topic speak of sides that exist, each once."""

from __future__ import annotations

from collections import Counter

from actions.evaluation_sides import GENERAL, read_all
from actions.knowledge.focus import Focus

# Fewer say little about a side. One that only a product picks, or that is the topic's general
# answer, needs none: questions are put without a product.
_ENOUGH = 8


def test_every_question_is_for_a_side_of_its_intent(focus: Focus) -> None:
    sides = focus.sides.items()
    known = {intent: {GENERAL, *(side.reply for side in found)} for intent, found in sides}
    unknown = {
        (intent, reply) for intent, reply, _, _ in read_all() if reply not in known.get(intent, ())
    }
    assert unknown == set()


def test_no_question_is_put_twice_to_an_intent() -> None:
    put = Counter((intent, text) for intent, _, text, _ in read_all())
    assert [one for one, times in put.items() if times > 1] == []


def test_every_side_has_questions_enough_to_be_measured_by(focus: Focus) -> None:
    put = Counter((intent, reply) for intent, reply, _, _ in read_all())
    few = {
        (intent, side.reply): put[intent, side.reply]
        for intent, found in focus.sides.items()
        for side in found
        if side.asks.pattern and not side.products and side.reply != f"{intent}.{GENERAL}"
        if put[intent, side.reply] < _ENOUGH
    }
    assert few == {}

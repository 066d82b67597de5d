"""The question that a short message stands for: its words, its values, its intent."""

from __future__ import annotations

import pytest

from actions.conversation.follow_ups import FollowUps
from tests.unit.actions.conftest import MakeTurn
from tests.unit.actions.leaning import (
    PROMISE,
    STATUS,
    SUPPOSED,
    after,
    read_marked,
)


def test_the_question_is_asked_again_in_true_words(
    follow_ups: FollowUps, make_turn: MakeTurn
) -> None:
    found = follow_ups.read(after(make_turn, *STATUS, "那[借呗](product:jiebei)呢"))
    assert found is not None
    assert found.turn.text == "我想问下我借呗逾期了没"
    (product,) = found.turn.entities
    assert (product.value, found.turn.text[product.start : product.end]) == ("jiebei", "借呗")


def test_other_values_keep_their_place(follow_ups: FollowUps, make_turn: MakeTurn) -> None:
    found = follow_ups.read(after(make_turn, *SUPPOSED, "那[10000](amount:1000000)呢"))
    assert found is not None
    assert found.turn.text == "10000逾期三天罚多少"
    words = {one.kind: found.turn.text[one.start : one.end] for one in found.turn.entities}
    assert words == {"amount": "10000", "duration": "三天"}


def test_together_drops_the_product(follow_ups: FollowUps, make_turn: MakeTurn) -> None:
    before = ("query_amount_due", "[花呗](product:huabei)要还多少")
    found = follow_ups.read(after(make_turn, *before, "两个一起呢"))
    assert found is not None
    assert list(found.turn.values("product")) == []


@pytest.mark.parametrize("said", ["我欠多少", "一共要还多少", "我总共欠多少钱"])
@pytest.mark.parametrize("asked", ["ask_penalty", "query_overdue_status", "ask_full_recall"])
def test_a_total_is_of_everything_that_is_owed(
    follow_ups: FollowUps, make_turn: MakeTurn, asked: str, said: str
) -> None:
    found = follow_ups.read(after(make_turn, asked, "[花呗](product:huabei)怎么样了", said))
    assert found is not None
    assert found.answer == "query_amount_due"
    assert list(found.turn.values("product")) == []


def test_another_subject_keeps_the_product(follow_ups: FollowUps, make_turn: MakeTurn) -> None:
    found = follow_ups.read(after(make_turn, *STATUS, "那征信呢"))
    assert found is not None
    assert list(found.turn.values("product")) == ["huabei"]


def test_a_promise_said_anew_is_a_correction(follow_ups: FollowUps, make_turn: MakeTurn) -> None:
    found = follow_ups.read(after(make_turn, *PROMISE, "还是[后天](date:2026-11-23)吧"))
    assert found is not None
    assert found.turn.intent == "correct"
    assert {one.kind: one.value for one in found.turn.entities} == {
        "date": "2026-11-23",
        "amount": "500000",
    }


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("改成[600](amount:60000)", True),
        ("等等，我想改成[600](amount:60000)", True),
        ("换成[800](amount:80000)", True),
        ("算了还是[后天](date:2026-11-23)", True),
        ("要不[1000](amount:100000)吧", True),
        ("不是[800](amount:80000)是[600](amount:60000)", True),
        ("改成分期", False),
        ("[800](amount:80000)", False),
        ("我要还[800](amount:80000)", False),
    ],
)
def test_a_value_that_takes_anothers_place(
    follow_ups: FollowUps, make_turn: MakeTurn, said: str, expected: bool
) -> None:
    text, entities = read_marked(said)
    assert follow_ups.changes_a_value(make_turn(text, entities=entities)) is expected

"""What a message asks beside the one or two questions that the classifier told apart."""

from __future__ import annotations

import pytest

from actions.conversation.desk import Desk
from tests.unit.actions.test_two_questions import answers


@pytest.mark.parametrize(
    ("text", "intent", "first", "then"),
    [
        # the classifier hears one topic; the last clause asks of another one in plain words
        ("你们会打给我单位吗，晚这么多天会不会留征信", "ask_collection", "按规定不允许", "报送"),
        ("我会不会坐牢啊，罚息怎么算的", "ask_legal_risk", "民事", "逾期利息"),
    ],
)
def test_a_plain_question_beside_the_first_is_answered_too(
    desk: Desk, text: str, intent: str, first: str, then: str
) -> None:
    one, other = answers(desk, text, intent)
    assert first in one
    assert then in other


def test_three_questions_get_three_answers(desk: Desk) -> None:
    text = "会不会坐牢，会打给我爸妈吗，会不会影响征信"
    told = answers(desk, text, "ask_legal_risk", "ask_collection", "会打给我爸妈吗")
    for words, answer in zip(("民事", "家人", "报送"), told, strict=True):
        assert words in answer


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("生意亏了，会不会坐牢", "ask_legal_risk"),  # only one clause asks
        ("会上征信吗，会不会影响我买房", "ask_credit_impact"),  # one topic
        ("会不会被起诉，你们说呢", "ask_legal_risk"),  # the second asks nothing of its own
        ("听说会坐牢，会不会被起诉", "ask_legal_risk"),
    ],
)
def test_what_asks_nothing_more_gets_one_answer(desk: Desk, text: str, intent: str) -> None:
    assert len(answers(desk, text, intent)) == 1


def test_a_hardship_told_beside_a_question_takes_one_sentence(desk: Desk) -> None:
    """What is asked is answered at once; the kind word before it is short."""
    text = "这两个月手头实在太紧，会不会被起诉"
    (only,) = answers(desk, text, "state_hardship", "ask_legal_risk", "会不会被起诉")
    kind, answer = only.split("\n", 1)
    assert "不容易" in kind
    assert answer.startswith("有可能")

"""What only the classifier guessed is asked back, where the answer would presume too much."""

from __future__ import annotations

import pytest

from actions.conversation.desk import Desk
from actions.conversation.evidence import only_guessed, only_guessed_beside, without_its_words
from tests.unit.actions.conftest import MakeTurn


@pytest.mark.parametrize(
    ("text", "guessed"),
    [
        ("我妈住院花了五万 借呗这两个月缓不上", True),
        ("爸爸生日买了礼物 花呗这个月多了", True),
        ("我开了个小饭馆 借呗借了十万", True),
        ("去年买车用借呗 现在还有三万", True),
        ("这笔借款不是我借的", False),
        ("没有借过借呗哪来的账单", False),
        ("手机丢了被人刷了花呗", False),
        ("小孩拿手机刷的花呗", False),
        ("你们凭什么说我欠钱", False),
        ("我爸不会用智能机，怎么可能借钱", False),
        ("这笔八百的消费我没印象", False),
        ('/dispute_debt{"account": "wang-huabei"}', False),
    ],
)
def test_a_loan_is_not_disputed_without_a_word_of_it(
    desk: Desk, make_turn: MakeTurn, text: str, guessed: bool
) -> None:
    assert only_guessed(make_turn(text, "dispute_debt"), desk) is guessed


def test_other_intents_need_no_word(desk: Desk, make_turn: MakeTurn) -> None:
    assert not only_guessed(make_turn("啊啊啊", "ask_penalty"), desk)


@pytest.mark.parametrize(
    ("intent", "confidence", "guessed"),
    [
        ("ask_legal_risk", 0.2, True),
        ("ask_legal_risk", 0.6, False),
        ("state_hardship", 0.3, True),
        ("state_hardship", 0.6, False),
        # The general answer to anger fits whoever is angry.
        ("express_anger", 0.3, False),
    ],
)
def test_what_was_heard_faintly_and_no_pattern_knows_is_a_guess(
    desk: Desk, make_turn: MakeTurn, intent: str, confidence: float, guessed: bool
) -> None:
    assert only_guessed(make_turn("那天的事", intent, confidence=confidence), desk) is guessed


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("这回怎么就没见着", True),
        ("后头几期的利息也要一起交", True),
        ("老板三个月没发工钱", False),
        ("手里没那么多", False),
        ("我妈还在医院躺着", False),
    ],
)
def test_a_hardship_is_told_in_words_of_its_own(
    desk: Desk, make_turn: MakeTurn, text: str, without: bool
) -> None:
    turn = make_turn(text, "state_hardship", confidence=0.3)
    assert without_its_words(turn) is without
    assert only_guessed(turn, desk) is without


@pytest.mark.parametrize(
    ("text", "intent", "guessed"),
    [
        ("我同事都有就我没有", "ask_collection", True),
        ("会不会打给我同事", "ask_collection", False),
        ("去哪儿交", "ask_repayment_method", True),
        ("用哪张卡还", "ask_repayment_method", False),
        ("回不了消息", "ask_reminder", True),
        ("还款前会提醒我吗", "ask_reminder", False),
    ],
)
def test_a_second_question_needs_words_of_its_topic(
    make_turn: MakeTurn, text: str, intent: str, guessed: bool
) -> None:
    assert only_guessed_beside(make_turn(text, intent)) is guessed

"""Two questions in one message: each gets its answer, on its own words."""

from __future__ import annotations

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation.answering import answer_for, respond
from actions.conversation.desk import Desk
from tests.unit.actions.talking import said, tracker


def answers(desk: Desk, text: str, intent: str, second: str = "", asks: str = "") -> list[str]:
    """What is said to `text`; `asks` are the words in it that ask about the intent `second`."""
    start = text.index(asks)
    entity = {
        "entity": "second_intent",
        "value": second,
        "start": start,
        "end": start + len(asks),
    }
    dispatcher = CollectingDispatcher()
    respond(
        dispatcher,
        tracker(text, intent, [entity] if second else []),
        desk,
        answer_for(intent),
    )
    return said(dispatcher)


@pytest.mark.parametrize(
    ("text", "first", "then"),
    [
        ("会不会坐牢 会打给我爸妈吗", "民事", "家人"),
        # What was asked first is answered first, whichever topic the message was heard as.
        ("会打给我爸妈吗 会不会坐牢", "家人", "民事"),
    ],
)
def test_each_question_gets_its_answer_in_order(
    desk: Desk, text: str, first: str, then: str
) -> None:
    one, other = answers(desk, text, "ask_legal_risk", "ask_collection", "会打给我爸妈吗")
    assert first in one
    assert then in other


def test_a_situation_that_takes_the_whole_message_is_one_question(desk: Desk) -> None:
    text = "芝麻要多少分，才能再开借呗"
    (only,) = answers(desk, text, "out_of_scope", "ask_restore_access", "才能再开借呗")
    assert "没有公布" in only


def test_two_sides_of_one_topic_are_both_answered(desk: Desk) -> None:
    """No second topic is named, and dropping the first question would be no answer to it."""
    visit, family = answers(desk, "会不会上门？会打给我婆婆家里人吗？", "ask_collection")
    assert "两人以上" in visit
    assert "按规定不允许" in family


def test_a_question_keeps_the_word_that_it_leaves_out(desk: Desk) -> None:
    """ "影响信用吗" after the minimum asks about paying the minimum, not about being late."""
    text = "最低还款是怎么算的，影响信用吗"
    _, credit = answers(desk, text, "ask_minimum_payment", "ask_credit_impact", "影响信用吗")
    assert "报送的也是正常还款" in credit


def test_being_late_that_is_only_supposed_is_no_wish_for_it(desk: Desk) -> None:
    """ "26号可能晚一天" says when; whether it is reported is all that is asked."""
    (only,) = answers(
        desk,
        "26号我可能晚一天还，会不会上征信",
        "request_extension",
        "ask_credit_impact",
        "会不会上征信",
    )
    assert "征信" in only
    assert "申请晚几天" not in only


@pytest.mark.parametrize(
    ("text", "intent", "first", "then"),
    [
        # the second leans on what the first is about, and means nothing without it
        ("逾期会上征信吗，多久能消", "ask_credit_impact", "没有“逾期几天以内", "到期会自己删除"),
        ("在哪里查征信记录，要钱吗", "ask_credit_impact", "征信中心", "不要钱"),
        ("会被起诉吗，律师要花钱吗", "ask_legal_risk", "有可能", "12348"),
    ],
)
def test_a_last_clause_may_lean_on_the_first(
    desk: Desk, text: str, intent: str, first: str, then: str
) -> None:
    one, other = answers(desk, text, intent)
    assert first in one
    assert then in other


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("逾期会上征信吗，好的", "ask_credit_impact"),
        ("逾期了，会上征信吗", "ask_credit_impact"),  # the first clause tells, it does not ask
        ("会被起诉吗，真的吗", "ask_legal_risk"),
    ],
)
def test_a_clause_that_asks_nothing_more_gets_no_answer_of_its_own(
    desk: Desk, text: str, intent: str
) -> None:
    assert len(answers(desk, text, intent)) == 1

"""Two questions in one message: each gets its answer, on its own words."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.conversation.answering import answer_for, respond
from actions.conversation.desk import Desk
from tests.unit.actions.talking import said, tracker


def test_two_questions_get_two_answers_each_to_its_own_words(desk: Desk) -> None:
    text = "会不会坐牢 会打给我爸妈吗"
    second = {"entity": "second_intent", "value": "ask_collection", "start": 6, "end": 13}
    dispatcher = CollectingDispatcher()
    respond(
        dispatcher,
        tracker(text, "ask_legal_risk", [second]),
        desk,
        answer_for("ask_legal_risk"),
    )
    first, other = said(dispatcher)
    assert "民事" in first
    assert "家人" in other


def test_what_was_asked_first_is_answered_first(desk: Desk) -> None:
    text = "会打给我爸妈吗 会不会坐牢"
    asked_first = {"entity": "second_intent", "value": "ask_collection", "start": 0, "end": 7}
    dispatcher = CollectingDispatcher()
    respond(
        dispatcher,
        tracker(text, "ask_legal_risk", [asked_first]),
        desk,
        answer_for("ask_legal_risk"),
    )
    first, other = said(dispatcher)
    assert "家人" in first
    assert "民事" in other


def test_a_situation_that_takes_the_whole_message_is_one_question(desk: Desk) -> None:
    text = "芝麻要多少分，才能再开借呗"
    half = {"entity": "second_intent", "value": "ask_restore_access", "start": 7, "end": 13}
    dispatcher = CollectingDispatcher()
    respond(dispatcher, tracker(text, "out_of_scope", [half]), desk, answer_for("out_of_scope"))
    assert len(said(dispatcher)) == 1
    assert "没有公布" in said(dispatcher)[0]


def test_two_sides_of_one_topic_are_both_answered(desk: Desk) -> None:
    """No second topic is named, and dropping the first question would be no answer to it."""
    dispatcher = CollectingDispatcher()
    asked = tracker("会不会上门？会打给我婆婆家里人吗？", "ask_collection")
    respond(dispatcher, asked, desk, answer_for("ask_collection"))
    visit, family = said(dispatcher)
    assert "两人以上" in visit
    assert "按规定不允许" in family


def test_a_question_keeps_the_word_that_it_leaves_out(desk: Desk) -> None:
    """ "影响信用吗" after the minimum asks about paying the minimum, not about being late."""
    text = "最低还款是怎么算的，影响信用吗"
    second = {"entity": "second_intent", "value": "ask_credit_impact", "start": 10, "end": 15}
    dispatcher = CollectingDispatcher()
    respond(
        dispatcher,
        tracker(text, "ask_minimum_payment", [second]),
        desk,
        answer_for("ask_minimum_payment"),
    )
    assert "报送的也是正常还款" in said(dispatcher)[1]

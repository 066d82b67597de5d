"""What is asked about and stands in no answer is answered too, or asked back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation.answering import respond, the_answer
from actions.conversation.desk import Desk
from actions.conversation.matters import speaking_of_all
from actions.conversation.reply import Form, Reply
from actions.conversation.sending import printed
from actions.knowledge.matter_words import Matter, matter_words
from actions.topics import (  # noqa: F401 (registers their answers)
    access,
    authenticity,
    dispute,
    elsewhere,
    extension,
    hardship,
    negotiation,
    offers,
    priority,
    recall,
    repayment,
)
from tests.unit.actions.conftest import MakeTurn
from tests.unit.actions.talking import said, tracker

# Those that can be answered without accounts: sums, and the list of papers, are the engine's.
OF_THE_ENGINE = {"ask_partial_payment", "ask_hardship_papers"}
PLAIN = [one for one in matter_words().matters if one.question and one.answer not in OF_THE_ENGINE]


def keys(desk: Desk, make_turn: MakeTurn, text: str, *replies: Reply, **turn: object) -> list[str]:
    """The keys of what is sent for `text`, where `replies` were about to be."""
    asked = replace(make_turn(text=text, **turn), transcript=(("user", text),))
    return [one.key for one in speaking_of_all(asked, desk, list(replies))]


@pytest.mark.parametrize("matter", PLAIN, ids=lambda one: one.question)
def test_each_plain_question_is_answered_with_its_matter(
    desk: Desk, make_turn: MakeTurn, matter: Matter
) -> None:
    """Otherwise it would be asked back and never be answered."""
    turn = make_turn(text=matter.question, intent=matter.answer)
    reply = the_answer(matter.answer or "")(turn, desk)
    assert matter.told.search(matter_words().without_sources(printed(reply, turn, desk).text))


@pytest.mark.parametrize(
    ("text", "intent", "says"),
    [
        # the answer to the intent says nothing of what the clause asks
        ("摩托车撞坏了要修，最低还款是多少，我的房子会被拍卖吗", "ask_minimum_payment", "住房"),
        ("罚息我知道，可是会不会上门啊", "ask_penalty", "两人以上"),
        ("上礼拜才还的，罚息是多少，孩子以后政审有没有影响", "ask_penalty", "政审"),
    ],
)
def test_what_the_answers_leave_out_is_answered_too(
    desk: Desk, text: str, intent: str, says: str
) -> None:
    dispatcher = CollectingDispatcher()
    respond(dispatcher, tracker(text, intent), desk, the_answer(intent))
    assert any(says in one for one in said(dispatcher))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("出院了，会影响征信吗", "ask_credit_impact"),
        ("会不会上门", "ask_collection"),
        ("我投诉过了，最低还款是多少", "ask_minimum_payment"),  # told, and not asked
        ("他说要上门，最低还款是多少", "ask_minimum_payment"),
    ],
)
def test_an_answer_that_speaks_of_it_stays_alone(desk: Desk, text: str, intent: str) -> None:
    dispatcher = CollectingDispatcher()
    respond(dispatcher, tracker(text, intent), desk, the_answer(intent))
    assert len(said(dispatcher)) == 1


def test_the_only_question_is_answered_first(desk: Desk, make_turn: MakeTurn) -> None:
    """What was read into the story comes after it, and nothing is lost."""
    told = keys(desk, make_turn, "扫码付钱买的菜，催收会不会上门", Reply("penalty.general"))
    assert told == ["collection.visit", "penalty.general"]


def test_one_of_two_questions_is_answered_behind_the_other(desk: Desk, make_turn: MakeTurn) -> None:
    told = keys(desk, make_turn, "罚息怎么算，会不会上门", Reply("penalty.general"))
    assert told == ["penalty.general", "collection.visit"]


@pytest.mark.parametrize("key", ["safety.explicit", "danger.violence", "out_of_scope.other_lender"])
def test_nothing_is_added_to_danger_nor_to_what_is_elsewhere(
    desk: Desk, make_turn: MakeTurn, key: str
) -> None:
    assert keys(desk, make_turn, "我不想活了，会不会上门", Reply(key)) == [key]


def test_what_was_not_understood_gives_way(desk: Desk, make_turn: MakeTurn) -> None:
    unclear = Reply("unclear.first", trouble=True)
    assert keys(desk, make_turn, "那个啥，会不会上门", unclear) == ["collection.visit"]


def test_a_form_that_hears_a_value_is_left_alone(desk: Desk, make_turn: MakeTurn) -> None:
    """The value was the answer to the form's question, whatever stands beside it."""
    form = Reply("", form=Form.STAY)
    told = keys(desk, make_turn, "每月八百，会不会上门", form, active_form="instalment_form")
    assert told == [""]


def test_several_ways_are_asked_back_and_only_once(desk: Desk, make_turn: MakeTurn) -> None:
    text = "罚息是多少，会不会影响我上班"
    asked = replace(make_turn(text=text), transcript=(("user", text),))
    replies = speaking_of_all(asked, desk, [Reply("penalty.general")])
    assert [one.key for one in replies] == ["penalty.general", "note.asked_back"]
    assert 2 <= len(replies[-1].buttons or ()) <= 3  # a choice that a phone shows at once
    again = replace(asked, slots=dict(replies[-1].slots))
    assert len(speaking_of_all(again, desk, [Reply("penalty.general")])) == 1

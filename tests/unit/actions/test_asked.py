"""A story with one question: the clause that asks decides, and not a word of the story."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.conversation.asked import Asked, hidden_question
from actions.conversation.desk import Desk
from actions.conversation.follow_ups import FollowUps
from actions.conversation.topic import special_side
from actions.conversation.turn import Entity, Turn
from tests.unit.actions.conftest import MakeTurn
from tests.unit.actions.leaning import after


@pytest.fixture
def told(make_turn: MakeTurn) -> MakeTurn:
    """A message as the NLU hands it over, with the clause behind the last comma as what asks."""

    def make(text: str, intent: str, asked: str, confidence: float = 0.6) -> Turn:
        start = text.rindex("，") + 1
        entity = Entity("asked_intent", asked, start, len(text))
        turn = make_turn(text=text, intent=intent)
        said = (("user", text),)
        return replace(turn, entities=(entity,), transcript=said, confidence=confidence)

    return make


def test_a_word_of_the_story_picks_no_side_of_what_is_asked(desk: Desk, told: MakeTurn) -> None:
    """The wages were not paid: nobody asks whether a wage can be frozen."""
    turn = told("老板欠我工资，这期没有了，你们会起诉我吗", "ask_legal_risk", "ask_legal_risk")
    assert special_side(turn, desk) is None
    alone = replace(turn, entities=())
    assert special_side(alone, desk) == "legal.freeze"


def test_words_that_reach_into_the_question_still_pick_its_side(desk: Desk, told: MakeTurn) -> None:
    turn = told("我开网约车，工资卡会冻结吗", "ask_legal_risk", "ask_legal_risk")
    assert special_side(turn, desk) == "legal.freeze"


def test_where_the_story_decides_it_is_heard(desk: Desk, told: MakeTurn) -> None:
    """How many days it has been is told before, and is what the answer depends on."""
    text, topic = "手机坏了，花呗过期九天才知道，逾期严重吗", "ask_overdue_consequences"
    assert special_side(told(text, topic, topic), desk) == "overdue.week"


def test_a_hardship_that_is_only_told_leaves_the_question_its_answer(
    desk: Desk, told: MakeTurn
) -> None:
    topic = "ask_overdue_consequences"
    text = "电瓶车被偷了这个月还不上，逾期了有什么后果"
    assert desk.meaning(told(text, topic, topic)) is None
    assert desk.meaning(told(text, topic, "request_waiver")) == "state_hardship"


def test_what_a_story_hides_is_asked_where_the_whole_is_heard_unsurely(told: MakeTurn) -> None:
    text = "手机停机没看到短信，这条记录能消吗"
    unsure = told(text, "ask_reminder", "ask_credit_repair", 0.41)
    assert hidden_question(unsure) == "ask_credit_repair"
    sure = told(text, "ask_reminder", "ask_credit_repair", 0.92)
    assert hidden_question(sure) is None


def test_a_way_to_pay_is_no_hidden_question(told: MakeTurn) -> None:
    """怎么还 behind a shop that closed is a plea for help, whatever it is by itself."""
    turn = told("店关了每月只有一千，怎么还", "state_hardship", "ask_repayment_method", 0.5)
    assert hidden_question(turn) is None


def test_words_that_were_put_in_place_of_the_typed_ones_have_no_such_clause(
    told: MakeTurn,
) -> None:
    turn = told("店关了，会起诉吗", "ask_legal_risk", "ask_legal_risk")
    assert Asked.of(turn) is not None
    assert Asked.of(replace(turn, text="逾期会起诉吗")) is None


def test_a_contact_of_somebody_is_no_borrower_who_is_sued(told: MakeTurn) -> None:
    text = "朋友跑了，我只是他的紧急联系人，会被起诉吗"
    assert hidden_question(told(text, "ask_family_liability", "ask_legal_risk", 0.6)) is None


def test_however_plain_the_hardship_is_the_question_behind_it_is_heard(told: MakeTurn) -> None:
    text = "厂里停工没发工资，这期没法还，你们会起诉吗"
    sure = told(text, "state_hardship", "ask_legal_risk", 0.95)
    assert hidden_question(sure) == "ask_legal_risk"
    assert hidden_question(told(text, "state_hardship", "request_waiver", 0.95)) is None


def test_a_record_that_should_go_is_no_question_for_papers(desk: Desk, told: MakeTurn) -> None:
    """He has the papers of an illness, and asks for the record: no paper takes that away."""
    text = "上次是住院才没还，我有病历，能把征信那条消了吗"
    turn = told(text, "ask_credit_repair", "ask_credit_repair", 0.9)
    assert desk.meaning(turn) in (None, "ask_credit_repair")


def test_a_theft_is_never_a_mere_story(desk: Desk, told: MakeTurn) -> None:
    """Nobody is told how suits come about for a loan that somebody else took out."""
    used = told("手机丢了被人刷了花呗，会不会起诉我", "ask_legal_risk", "ask_legal_risk")
    assert desk.meaning(used) == "ask_stolen"
    taken = told("别人用我的身份借了借呗，会上征信吗", "ask_credit_impact", "ask_credit_impact")
    assert desk.meaning(taken) == "ask_unknown_loan"


def test_the_clause_that_asks_is_no_value_of_the_question_before(
    follow_ups: FollowUps, make_turn: MakeTurn
) -> None:
    """A lender's loan is named in it: the visits asked about before are not asked about again."""
    turn = after(
        make_turn, "ask_collection", "多久会上门", "我晚了，会连累老婆的[车贷](product:other)吗"
    )
    clause = Entity("asked_intent", "ask_credit_impact", turn.text.index("会"), len(turn.text))
    assert follow_ups.read(replace(turn, entities=(*turn.entities, clause))) is None

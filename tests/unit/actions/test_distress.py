"""Words of self-harm: help first, no talk of the debt, nobody gets in touch."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from account_engine.services.outreach import HoldReason
from actions.conversation.answering import respond
from actions.conversation.desk import Desk
from actions.topics.safety import distress
from tests.unit.actions.talking import FORM, WANG, followups, general, said, tracker

SELF_HARM = {"entity": "safety_signal", "value": "self_harm:explicit", "start": 0, "end": 4}


def told(desk: Desk, message: Any, otherwise: str = "thank") -> tuple[list[str], list[Any]]:
    """What is said to the message, and the events; `otherwise` is what its topic would say."""
    dispatcher = CollectingDispatcher()
    events = respond(dispatcher, message, desk, general(otherwise))
    return said(dispatcher), events


def test_distress_goes_before_every_other_answer(desk: Desk) -> None:
    message = tracker("不想活了，我要还多少", "query_amount_due", [SELF_HARM], loop=FORM)
    (text,), events = told(desk, message)
    assert "12356" in text
    assert "110" in text
    assert followups(events) == []
    assert desk.people.current("web-1").reason == "self_harm"  # type: ignore[union-attr]


def test_debt_is_not_talked_about_until_a_person_has_closed_the_case(desk: Desk) -> None:
    now = datetime(2026, 11, 21, tzinfo=timezone.utc)
    desk.people.request_handoff("web-1", "self_harm", {}, now)
    asked = tracker("我欠多少", "query_amount_due", slots={"paused_for_safety": True})
    (held,), _ = told(desk, asked, otherwise="sign_in.needed")
    assert "12356" in held
    desk.people.cases.clear()  # type: ignore[attr-defined]
    (answered,), _ = told(desk, asked, otherwise="sign_in.needed")
    assert "登录" in answered


@pytest.mark.parametrize(
    ("text", "intent", "sure", "answered"),
    [
        ("逾期会上征信吗", "ask_credit_impact", 0.95, True),
        ("几点前不算逾期", "ask_grace_period", 0.9, True),
        ("一共欠多少", "query_amount_due", 0.95, False),  # the sum of the debt can wait
        ("我没了家里要还吗", "ask_family_liability", 0.95, False),
        ("分期吧", "request_instalment", 0.95, False),  # no form is opened now
        ("征信", "ask_credit_impact", 0.4, False),  # only guessed
    ],
)
def test_a_calm_question_while_paused_is_answered_behind_the_help_lines(
    desk: Desk, text: str, intent: str, sure: float, answered: bool
) -> None:
    now = datetime(2026, 11, 21, tzinfo=timezone.utc)
    desk.people.request_handoff("web-1", "self_harm", {}, now)
    asked = tracker(text, intent, slots={"paused_for_safety": True})
    asked.latest_message["intent"]["confidence"] = sure
    texts, events = told(desk, asked, otherwise="thank")
    assert "12356" in texts[0]
    assert (len(texts) > 1) is answered
    assert followups(events) == []


def test_words_of_self_harm_hold_all_contact(desk: Desk) -> None:
    desk.identity.identity = WANG  # type: ignore[attr-defined]
    (text,), _ = told(desk, tracker("不想活了", "express_distress", [SELF_HARM]))
    assert desk.engine.outreach.kept == [("wang", HoldReason.WELLBEING)]  # type: ignore[attr-defined]
    assert "提醒" in text


def test_help_comes_although_the_hold_cannot_be_written(desk: Desk) -> None:
    desk.identity.identity = WANG  # type: ignore[attr-defined]
    desk.engine.outreach.broken = True  # type: ignore[attr-defined]
    (text,), _ = told(desk, tracker("不想活了", "express_distress", [SELF_HARM]))
    assert "12356" in text
    assert "停下" not in text  # nothing is promised that was not done


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("overdose", "120"),
        ("loved_one", "110"),
        ("loved_one", "120"),
    ],  # domain guide: ambulance, police; 12356 for all
)
def test_the_number_that_helps_at_once_comes_first(desk: Desk, kind: str, number: str) -> None:
    signals = [SELF_HARM, {**SELF_HARM, "value": f"{kind}:explicit"}]
    (text,), events = told(desk, tracker("药吃了一半了", "query_amount_due", signals, loop=FORM))
    assert number in text.splitlines()[0]
    assert "12356" in text
    assert "元" not in text
    assert followups(events) == []
    assert desk.people.current("web-1").reason == "self_harm"  # type: ignore[union-attr]


def test_a_faint_sign_is_answered_softly_and_holds_nothing(desk: Desk) -> None:
    desk.identity.identity = WANG  # type: ignore[attr-defined]
    faint = tracker("这日子像走到了头", "express_distress")
    faint.latest_message["intent"]["confidence"] = 0.4
    dispatcher = CollectingDispatcher()
    respond(dispatcher, faint, desk, distress)
    (text,) = said(dispatcher)
    assert "12356" in text
    assert desk.people.current("web-1") is None
    assert desk.engine.outreach.kept == []  # type: ignore[attr-defined]


DOUBT = {**SELF_HARM, "value": "self_harm:faint", "start": 0, "end": 0}


def test_a_doubt_asks_how_somebody_is_and_answers_too(desk: Desk) -> None:
    message = tracker("锁屏改简单了，他们好打开", "query_amount_due", [DOUBT])
    (asked, answered), _ = told(desk, message, otherwise="sign_in.needed")
    assert "还好吗" in asked
    assert "12356" in asked
    assert "登录" in answered
    assert desk.people.current("web-1") is None  # nothing stops for a doubt


def test_a_doubt_where_nothing_else_is_understood_gets_a_kind_word_alone(desk: Desk) -> None:
    message = tracker("锁屏改简单了，他们好打开", "nlu_fallback", [DOUBT])
    (text,), _ = told(desk, message, otherwise="sign_in.needed")
    assert "12356" in text
    assert "登录" not in text


def test_a_command_that_is_typed_is_no_doubt(desk: Desk) -> None:
    message = tracker('/inform{"x":1}', "query_amount_due", [DOUBT])
    (text,), _ = told(desk, message, otherwise="sign_in.needed")
    assert "还好吗" not in text


@pytest.mark.parametrize(
    ("text", "condoles"),
    [
        ("我爷爷前天过世，能晚几天还吗", True),
        ("我爸刚走，逾期会上征信吗", True),
        ("我妈昨晚走了，怎么关掉自动扣款", True),
        ("我妈刚走一会儿，她说替我还，可以吗", False),
        ("老公今天出差走了，晚点还行吗", False),
        ("我爷爷走了三年了，能晚几天还吗", False),
        ("我手机上周没了，怎么还款", False),
    ],
)
def test_a_death_of_these_days_is_met_with_sympathy_before_the_answer(
    desk: Desk, text: str, condoles: bool
) -> None:
    told_now, _ = told(desk, tracker(text, "request_extension"), otherwise="extension.general")
    assert ("节哀" in told_now[0]) is condoles
    assert "节哀" not in told_now[-1]  # the answer itself follows


def test_a_reply_that_condoles_by_itself_does_so_once(desk: Desk) -> None:
    message = tracker("我爷爷前天过世，他的花呗要我还吗", "ask_family_liability")
    texts, _ = told(desk, message, otherwise="family.death")
    assert "".join(texts).count("节哀") == 1

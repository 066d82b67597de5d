"""Words of self-harm: help first, no talk of the debt, nobody gets in touch."""

from __future__ import annotations

from datetime import datetime, timezone

from rasa_sdk.executor import CollectingDispatcher

from account_engine.services.outreach import HoldReason
from actions.conversation.answering import respond
from actions.conversation.desk import Desk
from tests.unit.actions.talking import FORM, WANG, followups, general, said, tracker


def test_distress_goes_before_every_other_answer(desk: Desk) -> None:
    signal = {"entity": "safety_signal", "value": "self_harm:explicit", "start": 0, "end": 4}
    dispatcher = CollectingDispatcher()
    events = respond(
        dispatcher,
        tracker("不想活了，我要还多少", "query_amount_due", [signal], loop=FORM),
        desk,
        general("thank"),
    )
    (text,) = said(dispatcher)
    assert "12356" in text
    assert "110" in text
    assert followups(events) == []
    assert desk.people.current("web-1").reason == "self_harm"  # type: ignore[union-attr]


def test_debt_is_not_talked_about_until_a_person_has_closed_the_case(desk: Desk) -> None:
    now = datetime(2026, 11, 21, tzinfo=timezone.utc)
    desk.people.request_handoff("web-1", "self_harm", {}, now)
    paused = {"paused_for_safety": True}
    dispatcher = CollectingDispatcher()
    respond(
        dispatcher,
        tracker("我欠多少", "query_amount_due", slots=paused),
        desk,
        general("sign_in.needed"),
    )
    assert "12356" in said(dispatcher)[0]
    desk.people.cases.clear()  # type: ignore[attr-defined]
    again = CollectingDispatcher()
    respond(
        again,
        tracker("我欠多少", "query_amount_due", slots=paused),
        desk,
        general("sign_in.needed"),
    )
    assert "登录" in said(again)[0]


def test_words_of_self_harm_hold_all_contact(desk: Desk) -> None:
    desk.identity.identity = WANG  # type: ignore[attr-defined]
    signal = {"entity": "safety_signal", "value": "self_harm:explicit", "start": 0, "end": 4}
    dispatcher = CollectingDispatcher()
    respond(dispatcher, tracker("不想活了", "express_distress", [signal]), desk, general("thank"))
    assert desk.engine.outreach.kept == [("wang", HoldReason.WELLBEING)]  # type: ignore[attr-defined]
    assert "提醒" in said(dispatcher)[0]


def test_help_comes_although_the_hold_cannot_be_written(desk: Desk) -> None:
    desk.identity.identity = WANG  # type: ignore[attr-defined]
    desk.engine.outreach.broken = True  # type: ignore[attr-defined]
    signal = {"entity": "safety_signal", "value": "self_harm:explicit", "start": 0, "end": 4}
    dispatcher = CollectingDispatcher()
    respond(dispatcher, tracker("不想活了", "express_distress", [signal]), desk, general("thank"))
    (text,) = said(dispatcher)
    assert "12356" in text
    assert "停下" not in text  # nothing is promised that was not done

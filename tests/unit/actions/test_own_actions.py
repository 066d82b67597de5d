"""Rasa's own actions, reworded: the first greeting, the next day, restart, not understood."""

from __future__ import annotations

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation.desk import Desk
from actions.topics import manners
from tests.unit.actions.talking import FORM, followups, said, tracker


@pytest.fixture
def opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk that Rasa's own actions, reworded, find."""
    monkeypatch.setattr(manners, "open_desk", lambda: desk)
    return desk


def test_a_first_session_greets_with_the_ai_label(opened: Desk) -> None:
    fresh = tracker("", "session_start")
    fresh.events = []
    dispatcher = CollectingDispatcher()
    events = manners.ActionSessionStart().run(dispatcher, fresh, {})
    assert "人工智能" in said(dispatcher)[0]
    assert events[0]["event"] == "session_started"
    assert events[-1] == {"event": "action", "name": "action_listen"}


def test_coming_back_next_day_keeps_the_wishes_and_asks_nothing_out_of_the_blue(
    opened: Desk,
) -> None:
    before = tracker("每月800", "inform", slots={"wishes": {"monthly": 80000}}, loop=FORM)
    dispatcher = CollectingDispatcher()
    events = manners.ActionSessionStart().run(dispatcher, before, {})
    assert "还没谈完" in said(dispatcher)[0]
    kept = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    assert kept["wishes"] == {"monthly": 80000}
    assert kept["requested_slot"] is None


def test_restart_forgets_the_talk_and_nothing_else(opened: Desk) -> None:
    dispatcher = CollectingDispatcher()
    running = tracker("/restart", "restart", slots={"wishes": {"monthly": 80000}}, loop=FORM)
    events = manners.ActionRestart().run(dispatcher, running, {})
    assert "没有变" in said(dispatcher)[0]
    assert not any(event["event"] == "restart" for event in events)
    assert followups(events) == ["action_listen"]


def test_what_is_not_understood_goes_in_two_stages_to_a_person(opened: Desk) -> None:
    def ask(trouble: int) -> tuple[str, list[str]]:
        dispatcher = CollectingDispatcher()
        puzzled = tracker("哦哟喂", "nlu_fallback", slots={"trouble_count": trouble})
        puzzled.latest_message["intent_ranking"] = [
            {"name": "ask_penalty", "confidence": 0.2},
            {"name": "ask_collection", "confidence": 0.1},
        ]
        manners.ActionDefaultFallback().run(dispatcher, puzzled, {})
        titles = [button["title"] for button in dispatcher.messages[0]["buttons"]]
        return said(dispatcher)[0], titles

    first, guesses = ask(0)
    assert "逾期利息怎么算" in guesses
    again, topics = ask(1)
    assert again != first
    assert "能不能分期" in topics
    third, _ = ask(2)
    assert "R1" in third


def test_half_sure_and_in_plain_words_is_answered(opened: Desk) -> None:
    """The classifier is not sure of the topic, and the words name a side of it: both agree."""
    dispatcher = CollectingDispatcher()
    asked = tracker("我这边没找着注销的地儿", "nlu_fallback")
    asked.latest_message["intent_ranking"] = [
        {"name": "nlu_fallback", "confidence": 0.7},
        {"name": "out_of_scope", "confidence": 0.24},
    ]
    manners.ActionDefaultFallback().run(dispatcher, asked, {})
    assert "关闭、注销产品" in said(dispatcher)[0]

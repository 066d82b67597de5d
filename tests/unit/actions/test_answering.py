"""The one way from a message to replies: digression, two questions, failures, safety."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from account_engine.domain.money import Money
from account_engine.services.outreach import HoldReason
from actions.conversation.answering import answer_for, respond
from actions.conversation.desk import Desk
from actions.conversation.follow_ups import FollowUps
from actions.conversation.reply import Form, Reply
from actions.conversation.situations import Situations
from actions.conversation.topic import personal
from actions.conversation.turn import Turn
from actions.knowledge.facts import FactBase
from actions.knowledge.focus import Focus
from actions.knowledge.terms import Terms
from actions.renderer.renderer import Renderer
from actions.topics import collection, credit, handoff, legal, manners, penalty, safety  # noqa: F401
from identity.handoff import Handoff, HandoffState
from identity.model import NOBODY, Identity, IdentityState
from tests.unit.actions.conftest import DATA

FORM = "instalment_form"
NOW = datetime(2026, 11, 21, 4, tzinfo=timezone.utc)


@dataclass
class Door:
    """An identity service that knows one person, or nobody."""

    identity: Identity = NOBODY

    def current(self, sender_id: str, now: datetime) -> Identity:
        return self.identity

    def sign_in_with_token(self, sender_id: str, token: str, now: datetime) -> Identity:
        return self.identity

    def sign_out(self, sender_id: str, now: datetime) -> None:
        self.identity = NOBODY


@dataclass
class Holds:
    """Outreach holds in memory."""

    kept: list[tuple[str, HoldReason]] = field(default_factory=list)
    broken: bool = False

    def hold(self, borrower_id: str, reason: HoldReason, source: str, now: datetime) -> None:
        if self.broken:
            raise OSError("the accounts cannot be written")
        self.kept.append((borrower_id, reason))


@dataclass
class Queue:
    """A queue in memory."""

    cases: list[Handoff] = field(default_factory=list)

    def request_handoff(self, sender_id: str, reason: str, summary: Any, now: datetime) -> Handoff:
        position = len(self.cases) + 1
        case = Handoff("R1", sender_id, HandoffState.WAITING, reason, summary, now, position)
        self.cases.append(case)
        return case

    def current(self, sender_id: str) -> Handoff | None:
        return next((case for case in self.cases if case.sender_id == sender_id), None)


WANG = Identity(
    "wang",
    "王女士",
    datetime(2026, 11, 21, tzinfo=timezone.utc),
    datetime(2026, 11, 22, tzinfo=timezone.utc),
    IdentityState.SIGNED_IN,
)


@pytest.fixture
def desk(
    facts: FactBase,
    renderer: Renderer,
    focus: Focus,
    situations: Situations,
    follow_ups: FollowUps,
) -> Desk:
    clock = SimpleNamespace(today=lambda: date(2026, 11, 21), now=lambda: NOW)
    engine: Any = SimpleNamespace(clock=clock, outreach=Holds())
    terms = Terms.load(DATA / "wording" / "terms.yml")
    return Desk(engine, Door(), facts, renderer, focus, Queue(), situations, follow_ups, terms)


def tracker(
    text: str,
    intent: str,
    entities: list[dict[str, Any]] | None = None,
    slots: dict[str, Any] | None = None,
    loop: str | None = None,
) -> Any:
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": 0.9},
        "entities": entities or [],
    }
    return SimpleNamespace(
        sender_id="web-1",
        latest_message=message,
        slots=slots or {},
        active_loop={"name": loop} if loop else {},
        events=[{"event": "user", "text": text}],
        get_latest_input_channel=lambda: "web",
    )


def said(dispatcher: CollectingDispatcher) -> list[str]:
    return [message["text"] for message in dispatcher.messages]


def followups(events: list[Any]) -> list[str]:
    return [event["name"] for event in events if event["event"] == "followup"]


def general(key: str) -> Any:
    return lambda turn, desk: Reply(key)


def test_every_answer_in_a_form_hands_the_word_back_to_it(desk: Desk) -> None:
    dispatcher = CollectingDispatcher()
    events = respond(
        dispatcher, tracker("会上征信吗", "ask_credit_impact", loop=FORM), desk, general("thank")
    )
    assert len(dispatcher.messages) == 1
    assert followups(events) == [FORM]


def test_an_answer_that_closes_the_form_does_not(desk: Desk) -> None:
    events = respond(
        CollectingDispatcher(),
        tracker("算了", "stop", loop=FORM),
        desk,
        lambda turn, desk: Reply("stop.form", form=Form.LEAVE),
    )
    assert followups(events) == []
    assert {"event": "active_loop", "name": None, "timestamp": None} in events


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


def test_a_refused_message_is_replaced_by_a_safe_one(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """An answer that would show an account's figure to a stranger never leaves."""
    dispatcher = CollectingDispatcher()
    respond(
        dispatcher,
        tracker("花呗账单什么时候出", "query_amount_due"),
        desk,
        lambda turn, desk: Reply("negotiation.promised", {"option": _option()}),
    )
    assert "999.99" not in said(dispatcher)[0]
    assert "怕说不准" in said(dispatcher)[0]
    assert "999.99" not in caplog.text


def _option() -> Any:
    return SimpleNamespace(total=Money(99999), last_due=date(2026, 12, 1))


def test_a_failure_becomes_a_kind_sentence_and_no_trace(desk: Desk) -> None:
    def broken(turn: Turn, desk: Desk) -> Reply:
        raise RuntimeError("secret detail")

    dispatcher = CollectingDispatcher()
    respond(dispatcher, tracker("花呗账单什么时候出", "query_amount_due"), desk, broken)
    assert "没能处理好" in said(dispatcher)[0]
    assert "secret" not in said(dispatcher)[0]


def test_slots_say_nothing_about_who_speaks(desk: Desk) -> None:
    """A slot named like an identity changes nothing: the identity service alone counts."""
    seen: list[Turn] = []

    def look(turn: Turn, desk: Desk) -> Reply:
        seen.append(turn)
        return Reply("thank")

    forged = {"borrower_id": "zhang", "signed_in": True}
    respond(CollectingDispatcher(), tracker("谢谢", "thank", slots=forged), desk, look)
    assert seen[0].borrower_id is None


def test_a_known_borrower_is_known_by_the_identity_service(desk: Desk) -> None:
    desk.identity.identity = WANG  # type: ignore[attr-defined]
    seen: list[Turn] = []

    def look(turn: Turn, desk: Desk) -> Reply:
        seen.append(turn)
        return Reply("thank")

    respond(CollectingDispatcher(), tracker("谢谢", "thank"), desk, look)
    assert seen[0].borrower_id == "wang"
    assert seen[0].display_name == "王女士"


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


def test_a_typed_sign_in_token_does_not_reach_the_summary(desk: Desk) -> None:
    typed = tracker("转人工", "request_human")
    typed.events = [
        {"event": "user", "text": "登录 eyJhbGciOi.eyJzdWIiOiJ3.T3C-RavH94yJ8"},
        {"event": "user", "text": "转人工"},
    ]
    respond(CollectingDispatcher(), typed, desk, handoff.request_human)
    told = str(desk.people.current("web-1").summary)  # type: ignore[union-attr]
    assert "eyJ" not in told
    assert "登录" in told


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


def test_a_question_of_ours_holds_for_one_message(desk: Desk) -> None:
    asked = {"pending_question": {"about": "withdraw_plan", "offer_id": "offer-1"}}
    events = respond(
        CollectingDispatcher(), tracker("谢谢", "thank", slots=asked), desk, general("thank")
    )
    assert {"event": "slot", "timestamp": None, "name": "pending_question", "value": None} in events


def test_the_rule_about_anothers_debt_comes_without_the_borrowers_own_figures(desk: Desk) -> None:
    desk.identity.identity = WANG  # type: ignore[attr-defined]
    own = personal("credit.general", lambda turn, desk, borrower_id: Reply("thank"))
    dispatcher = CollectingDispatcher()
    respond(dispatcher, tracker("我弟的花呗逾期影响他征信吗", "ask_credit_impact"), desk, own)
    assert "征信" in said(dispatcher)[0]
    mine = CollectingDispatcher()
    desk.engine.state = lambda borrower_id: SimpleNamespace(accounts=())  # type: ignore[attr-defined]
    respond(mine, tracker("逾期影响征信吗", "ask_credit_impact"), desk, own)
    assert "征信" not in said(mine)[0]


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

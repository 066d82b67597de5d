"""The one way from a message to replies: digression, two questions, failures, safety."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from account_engine.domain.money import Money
from actions.conversation.answering import respond
from actions.conversation.desk import Desk
from actions.conversation.reply import Form, Reply
from actions.conversation.topic import personal
from actions.conversation.turn import Turn
from actions.topics import handoff
from tests.unit.actions.talking import FORM, WANG, followups, general, said, tracker


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

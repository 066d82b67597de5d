"""What words mean where the talk stands: cases of their own beside the rows of `meanings/`."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import actions.topics
from actions.conversation.answering import answered_intents
from actions.conversation.memory import AGREEMENT, CHOSEN, MONTHLY
from actions.conversation.situations import Situations
from tests.unit.actions.conftest import MakeTurn

FORM = "instalment_form"
_HANDED_ON = re.compile(r"(?:the_answer|asked_as|answer_for)\(\"(\w+)\"\)")

for module in pkgutil.iter_modules(actions.topics.__path__):  # registers the answers
    importlib.import_module(f"actions.topics.{module.name}")


def test_every_entry_leads_to_an_answer(situations: Situations) -> None:
    assert situations.answers() <= answered_intents()


def test_whatever_a_topic_hands_on_to_answers() -> None:
    sources = (
        path.read_text("utf-8") for path in Path(actions.topics.__file__).parent.glob("*.py")
    )
    handed_on = {name for text in sources for name in _HANDED_ON.findall(text)}
    assert handed_on <= answered_intents()


def test_while_the_form_asks_a_cancellation_is_a_stop(
    situations: Situations, make_turn: MakeTurn
) -> None:
    turn = make_turn("我不想要方案了", "deny", active_form=FORM, requested_slot=MONTHLY)
    assert situations.meaning(turn) == "stop"


def test_a_button_says_what_it_means(situations: Situations, make_turn: MakeTurn) -> None:
    assert situations.meaning(make_turn("/deny", "deny")) is None


@pytest.mark.parametrize(
    ("text", "intent", "answer"),
    [
        ("我爸那笔借呗逾期了没有", "query_overdue_status", "ask_third_party"),
        ("我女婿那个花呗五千多，能办分期吗", "request_instalment", "ask_third_party"),
        ("我妈欠多少", "query_amount_due", "ask_third_party"),
        ("朋友的微粒贷还不上了", "state_hardship", "ask_third_party"),
        # Somebody else is named, and the debt is the borrower's own.
        ("我爸知道我的花呗吗，我欠多少", "query_amount_due", None),
        ("同事花呗都能分期，我能吗", "request_instalment", None),
        ("我老公帮我还花呗，还剩多少", "query_amount_due", None),
        # A question for a rule keeps its answer, for whomever it is asked.
        ("我爸的花呗要我还吗", "ask_family_liability", None),
        ("帮我哥问一下，逾期几天上征信", "ask_credit_impact", None),
        # Whoever asks on behalf of another, or with another's phone.
        ("替我婆婆看看她花呗", "dispute_debt", "ask_third_party"),
        ("帮同事查查他逾期没", "query_overdue_status", "ask_third_party"),
        ("我爸让我问他还要还多少", "query_amount_due", "ask_third_party"),
        ("我是他姐，他住院了，让我问还差多少", "query_amount_due", "not_the_borrower"),
        ("这手机是我妈的，她让我来问", "query_amount_due", "not_the_borrower"),
        ("我老公让我问问我这个月还多少", "query_amount_due", None),
    ],
)
def test_the_figures_of_another_persons_debt_are_not_for_the_borrower(
    situations: Situations, make_turn: MakeTurn, text: str, intent: str, answer: str | None
) -> None:
    turn = make_turn(text, intent, borrower_id="zhang")
    assert situations.meaning(turn) == answer


def test_the_yes_that_ends_the_form_is_no_wish_to_go_on(
    situations: Situations, make_turn: MakeTurn
) -> None:
    """Rasa has closed the form already when the agreement is booked."""
    booked = make_turn("同意", "affirm", slots={AGREEMENT: "yes"})
    assert situations.meaning(booked) is None


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("已经转了怎么办", "danger:fraud"),
        ("我刚把两千块打给他了", "danger:fraud"),
        ("验证码我都告诉对方了", "danger:fraud"),
        ("我转过去了", "danger:fraud"),
        ("催收说要把我照片P成裸照发群里", "danger:blackmail"),
        ("他拿我的视频敲诈我", "danger:blackmail"),
        ("有人在踹我家门", "danger:violence"),
        ("催收在门口堵着还动手打人", "danger:violence"),
        ("催收到我家门口了", "danger:violence"),
        ("我老婆被他们打了", "danger:violence"),
        ("我妈晕倒了叫不醒", "danger:emergency"),
        ("胸口好疼喘不上气", "danger:emergency"),
        ("我得了尿毒症，每周透析三次", "danger:illness"),
        ("我是他爱人，他上个月去世了，这花呗怎么办", "danger:bereavement"),
        # No danger of another kind: the talk stays where it is.
        ("没事我开玩笑的", None),
        ("现在要还多少", None),
        ("我打了12356没人接", "danger:line_busy"),
        ("转人工", None),
        ("他们天天打我电话", None),
        ("钱已经转到余额还款了", None),
        ("压得我喘不过气", None),
        ("他打了我八个电话", None),
        ("我想走了", None),
        ("上个月已经付了五百给花呗", None),
    ],
)
def test_a_new_danger_while_the_debt_is_not_spoken_of(
    situations: Situations, text: str, danger: str | None
) -> None:
    assert situations.danger(text) == danger


def test_a_complaint_beside_a_no_is_heard_in_the_form(
    situations: Situations, make_turn: MakeTurn
) -> None:
    turn = make_turn("不同意，我要去举报你们", "deny", active_form=FORM, requested_slot=CHOSEN)
    assert situations.meaning(turn) == "complain_in_form"


def test_what_paying_one_does_to_the_other_is_asked_by_a_borrower(
    situations: Situations, make_turn: MakeTurn
) -> None:
    turn = make_turn("我把借呗补齐，花呗这边会怎样", "nlu_fallback", borrower_id="zhang")
    assert situations.meaning(turn) == "ask_cross_product"

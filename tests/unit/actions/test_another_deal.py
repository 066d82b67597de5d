"""Words that are only about offers: wanted at once, of another kind, one just spoken of."""

from __future__ import annotations

import pytest

from account_engine.domain.negotiation.codes import Character
from actions.conversation import memory
from actions.conversation.desk import Desk
from actions.conversation.situations import Situations
from actions.negotiation.amounts import with_a_bare_sum
from actions.negotiation.another_deal import (
    another_deal,
    best_asked_for,
    said_at_once,
    wants_offers,
)
from actions.negotiation.hearing import hear
from tests.unit.actions.conftest import MakeTurn

FORM = "instalment_form"


@pytest.mark.parametrize(
    "text",
    [
        *("每月多少", "每个月大概要还多少啊", "选最少的那个", "第二个呢", "哪个划算", "便宜的那个"),
        *("这几个哪个压力小点", "加起来比现在全还多多少", "那要还多久"),
        *("有哪些方案", "分几期", "你看着办吧", "几号都行", "那你说的第一个方案一共要还多少"),
    ],
)
def test_offers_are_worked_out_when_they_are_asked_for(
    make_turn: MakeTurn, desk: Desk, text: str
) -> None:
    for slot in (memory.MONTHLY, memory.START):
        assert wants_offers(make_turn(text, "x", active_form=FORM, requested_slot=slot), desk)
    table = {memory.OFFERS: ["one"]}
    assert not wants_offers(make_turn(text, "x", requested_slot=memory.CHOSEN, slots=table), desk)


@pytest.mark.parametrize("text", ["每月800", "我每月工资多少说不准", "失业了", "会上征信吗"])
def test_an_answer_or_a_question_is_none(make_turn: MakeTurn, desk: Desk, text: str) -> None:
    turn = make_turn(text, "x", active_form=FORM, requested_slot=memory.MONTHLY)
    assert not wants_offers(turn, desk)


def test_why_not_is_answered_by_the_offers_once_a_sum_was_said(
    make_turn: MakeTurn, desk: Desk
) -> None:
    said = {memory.MONTHLY: "80000"}
    asking = {"active_form": FORM, "requested_slot": memory.START}
    assert wants_offers(make_turn("为啥不行", "x", slots=said, **asking), desk)
    assert not wants_offers(make_turn("为啥不行", "x", **asking), desk)


@pytest.mark.parametrize(
    "text",
    [
        *("能改成分期吗", "那能分期吗", "算了还是分期", "那算了 还是分期吧", "那分着还中不"),
        *("不 还是延期吧", "就延期吧", "那就延期", "还是延期 10天"),
    ],
)
def test_another_kind_of_deal(make_turn: MakeTurn, text: str) -> None:
    assert another_deal(make_turn(text, "x", active_form=FORM, requested_slot=memory.CHOSEN))


@pytest.mark.parametrize("text", ["分期要手续费吗", "分期影响征信吗", "延期要钱吗", "不同意"])
def test_a_question_about_it_is_none(make_turn: MakeTurn, text: str) -> None:
    assert not another_deal(make_turn(text, "x", active_form=FORM, requested_slot=memory.CHOSEN))


def test_parts_take_the_place_of_a_later_day(make_turn: MakeTurn) -> None:
    wishes = {"extension_days": 7, "extension_from": "2026-11-21", "hardship": "illness"}
    turn = make_turn("还是分期吧", "x", active_form=FORM, requested_slot=memory.CHOSEN)
    slots = said_at_once(turn, wishes, wanted=False)
    assert slots is not None
    assert slots[memory.WISHES] == {"hardship": "illness"}
    assert slots[memory.OFFERS] is None


def test_what_was_asked_for_a_moment_ago() -> None:
    assert best_asked_for("哪个一共花得少") is Character.LEAST_COST
    assert best_asked_for("哪个每月还得少") is Character.LEAST_MONTHLY
    assert best_asked_for("第一笔什么时候付") is None


def test_a_number_by_itself_behind_a_complaint_is_a_sum(make_turn: MakeTurn) -> None:
    turn = with_a_bare_sum(make_turn("不行太多了 300", "deny", requested_slot=memory.MONTHLY))
    assert hear(turn).wishes == {"monthly": 30_000}
    assert with_a_bare_sum(make_turn("不行太多了", "deny")).entities == ()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("延到12月5号", "request_extension"),
        ("缓到啥时候", "ask_longest_extension"),
        ("两个都晚行不行", "request_extension"),
        ("和延期15天比哪个便宜", "compare_deals"),
        ("哪个总成本低", "compare_offers"),
        ("有没有不用先付的", "ask_no_down_payment"),
        ("最多这么多", "ask_less"),
        ("我再看看", "think_it_over"),
        ("昨天那个方案还在吗", "compare_offers"),
    ],
)
def test_with_offers_on_the_table(
    make_turn: MakeTurn, situations: Situations, text: str, answer: str
) -> None:
    turn = make_turn(text, "x", borrower_id="zhao", active_form=FORM, requested_slot=memory.CHOSEN)
    assert situations.meaning(turn) == answer

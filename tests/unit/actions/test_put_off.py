"""To which day something is to be put off, and what a sum is for that only sounds like one."""

from __future__ import annotations

from datetime import date

import pytest

from actions.conversation import memory
from actions.conversation.each_week import without_how_often
from actions.conversation.leaving import asked_on_leaving
from actions.negotiation.hearing import hear
from actions.negotiation.put_off import about_the_later_day, due_in_the_month, into_a_month
from tests.unit.actions.conftest import MakeTurn, entity

FORM = "instalment_form"


def test_the_day_behind_the_word_is_meant_and_no_due_date(make_turn: MakeTurn) -> None:
    text = "花呗26号那个我怕是还不上 能推到12月中旬吗"
    found = (
        entity("date", "2026-11-26", text, "26号"),
        entity("day_of_month", 26, text, "26号"),
        entity("date", "2026-12-15", text, "12月中旬"),
    )
    turn = about_the_later_day(make_turn(text, "request_extension", entities=found))
    assert turn.coming_date() == date(2026, 12, 15)


def test_said_twice_the_second_day_is_meant(make_turn: MakeTurn) -> None:
    text = "缓到月底发补贴那天 12月5号"
    found = (
        entity("date", "2026-11-30", text, "月底"),
        entity("date", "2026-12-05", text, "12月5号"),
    )
    turn = about_the_later_day(make_turn(text, "request_extension", entities=found))
    assert turn.coming_date() == date(2026, 12, 5)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12月的能推到1月吗", 31),  # from 27 December to 27 January
        ("把这期挪到下个月", 30),  # from 27 November to 27 December
        ("能推到12月吗", 30),
    ],
)
def test_a_month_without_a_day(make_turn: MakeTurn, text: str, days: int) -> None:
    due, turn = date(2026, 11, 27), make_turn(text, "request_extension")
    until = into_a_month(turn, due)
    assert until is not None
    assert (until - due_in_the_month(turn, due)).days == days


def test_a_sum_a_week_waits_no_week(make_turn: MakeTurn) -> None:
    text = "一个礼拜给五百呢"
    found = (entity("duration", "P7D", text, "一个礼拜"), entity("amount", 50_000, text, "五百"))
    turn = without_how_often(make_turn(text, "request_extension", entities=found))
    assert turn.entity("duration") is None
    assert hear(turn).wishes == {"monthly": 200_000}  # 500 × 4 weeks
    text = "晚一个礼拜还五百"
    found = (entity("duration", "P7D", text, "一个礼拜"), entity("amount", 50_000, text, "五百"))
    late = without_how_often(make_turn(text, "request_extension", entities=found))
    assert late.entity("duration") == "P7D"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("你们一下子让我还三万多我哪有啊", "三万多"),
        ("不能一次要我三十万啊", "三十万"),
        ("花呗加借呗每个月要还六千多", "六千多"),
        ("三万四分三年每个月是多少", "三万四"),
    ],
)
def test_a_sum_that_is_demanded_or_owed_is_no_offer(
    make_turn: MakeTurn, text: str, words: str
) -> None:
    found = (entity("amount", 3_000_000, text, words),)
    wishes = hear(make_turn(text, "request_instalment", entities=found)).wishes
    assert "monthly" not in wishes


def test_what_comes_in_is_no_instalment(make_turn: MakeTurn) -> None:
    text = "我现在送外卖一个月四千多 每月能还多少你们看着定"
    found = (entity("amount", 400_000, text, "四千多"),)
    assert hear(make_turn(text, "inform", entities=found)).wishes == {"income": 400_000}


def test_of_two_sums_the_denied_one_says_which_wish_is_meant(make_turn: MakeTurn) -> None:
    text = "不是五百 八百"
    found = (entity("amount", 50_000, text, "五百"), entity("amount", 80_000, text, "八百"))
    slots = {memory.WISHES: {"down_payment": 50_000}}
    turn = make_turn(
        text,
        "correct",
        entities=found,
        slots=slots,
        active_form=FORM,
        requested_slot=memory.CHOSEN,
    )
    assert hear(turn).wishes == {"down_payment": 80_000}


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("算了 我先不办了 最低还款是多少来着", "最低还款是多少来着"),
        ("先不办了 我就问下现在停息行吗", "现在停息行吗"),
        ("先不弄了，你们会不会起诉", "你们会不会起诉"),
        ("算了不分了，我想晚十天一次还", "晚十天一次还"),
        ("不办了 缓两周再还吧", "缓两周再还吧"),
        ("不分了，晚上再说", None),
        ("先不办了", None),
        ("不办了 谢谢", None),
        ("不分期了会怎样", None),
        ("最低还款多少", None),
    ],
)
def test_leaving_with_a_question(make_turn: MakeTurn, text: str, rest: str | None) -> None:
    found = asked_on_leaving(make_turn(text, "x", active_form=FORM, requested_slot=memory.CHOSEN))
    assert (found.text if found else None) == rest
    assert found is None or found.active_form is None

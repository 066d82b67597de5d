"""Values as they are said in a talk about a plan: years for terms, weeks for months, shares."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from actions.conversation import memory
from actions.conversation.desk import Desk
from actions.negotiation.hearing import hear
from actions.negotiation.shares import share_paid_first, with_share
from actions.negotiation.wishes import merged
from tests.unit.actions.conftest import MakeTurn, amount, entity


@pytest.mark.parametrize(
    ("text", "words", "duration", "terms"),
    [
        ("分两年行不行", "两年", "P2Y", 24),
        ("分一年半", "一年半", "P18M", 18),
        ("36个月还完可以吗", "36个月", "P36M", 36),
        ("拉长到三年", "三年", "P3Y", 36),
        ("半年分完", "半年", "P6M", 6),
    ],
)
def test_a_time_to_spread_it_over_is_a_number_of_terms(
    make_turn: MakeTurn, text: str, words: str, duration: str, terms: int
) -> None:
    turn = make_turn(
        text, "request_instalment", entities=(entity("duration", duration, text, words),)
    )
    assert hear(turn).wishes == {"terms": terms}


@pytest.mark.parametrize(
    ("slot", "wishes", "terms"),
    [
        (memory.MONTHLY, {}, 6),
        (memory.CHOSEN, {}, 6),
        (memory.START, {}, None),  # half a year from now may be meant as well
        (memory.CHOSEN, {"extension_days": 7}, None),  # it is to be put off that long
    ],
)
def test_half_a_year_by_itself_is_so_many_terms_where_the_form_asks_how(
    make_turn: MakeTurn, slot: str, wishes: dict[str, Any], terms: int | None
) -> None:
    text = "半年吧"
    turn = make_turn(
        text,
        "inform",
        active_form="instalment_form",
        requested_slot=slot,
        slots={memory.WISHES: wishes},
        entities=(entity("duration", "P6M", text, "半年"),),
    )
    assert hear(turn).wishes.get("terms") == terms


@pytest.mark.parametrize("text", ["逾期三个月了", "三个月没还了", "还了半年了"])
def test_a_time_that_has_gone_by_is_no_number_of_terms(make_turn: MakeTurn, text: str) -> None:
    words = "半年" if "半年" in text else "三个月"
    turn = make_turn(text, "inform", entities=(entity("duration", "P3M", text, words),))
    assert "terms" not in hear(turn).wishes


@pytest.mark.parametrize(
    ("text", "words", "fen", "monthly"),
    [
        ("每周能还300", "300", 30000, 120000),  # four weeks
        ("一个礼拜给你们五百", "五百", 50000, 200000),
        ("一天能还20块", "20块", 2000, 60000),  # thirty days
        ("每个月还300", "300", 30000, 30000),
    ],
)
def test_what_is_paid_by_the_week_or_the_day_is_told_by_the_month(
    make_turn: MakeTurn, text: str, words: str, fen: int, monthly: int
) -> None:
    heard = hear(make_turn(text, "inform", entities=(amount(fen, text, words),)))
    assert heard.wishes == {"monthly": monthly}
    assert heard.by_the_month == (None if fen == monthly else monthly)


def test_the_first_instalment_that_is_named_is_paid_first(make_turn: MakeTurn) -> None:
    text = "第一期还2000"
    heard = hear(make_turn(text, "inform", entities=(amount(200000, text, "2000"),)))
    assert heard.wishes == {"down_payment": 200000}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("下个月再开始", "2026-12-01"),
        ("从下下个月开始", "2027-01-01"),
        ("下下下个月吧", "2027-02-01"),
    ],
)
def test_a_month_without_a_day_begins_on_its_first(
    make_turn: MakeTurn, text: str, first: str
) -> None:
    turn = make_turn(text, "inform", active_form="instalment_form", requested_slot=memory.START)
    assert hear(turn).wishes == {"first_date": first}


@pytest.mark.parametrize(
    ("text", "percent", "share"),
    [
        ("先还一半", None, Fraction(1, 2)),
        ("首付三成", "30", Fraction(3, 10)),
        ("先付百分之二十", "20", Fraction(1, 5)),
        ("先给三分之一行吗", None, Fraction(1, 3)),
        ("一半是利息吧", None, None),  # nothing is to be paid
        ("为什么首付要三成", "30", None),  # a question for the reason
        ("先还一半剩下的咋办", None, None),  # a question for the rest
    ],
)
def test_a_share_that_is_to_be_paid_first(
    make_turn: MakeTurn, text: str, percent: str | None, share: Fraction | None
) -> None:
    named = {"30": "三成", "20": "百分之二十"}.get(percent or "", "")
    found = (entity("percentage", percent, text, named),) if percent else ()
    assert share_paid_first(make_turn(text, "inform", entities=found)) == share


def test_a_share_is_of_what_is_due_and_rounded_up(make_turn: MakeTurn, desk: Desk) -> None:
    # Half of 3,271.67 is 1,635.835, and nobody can pay half a fen.
    def quote(borrower: str, kind: QuoteKind, **_: Any) -> Any:
        return SimpleNamespace(total=Money(327167))

    engine: Any = SimpleNamespace(quote=quote)
    turn = make_turn("先还一半", "inform", borrower_id="wang")
    heard = with_share(turn, replace(desk, engine=engine), hear(turn))
    assert heard.wishes == {"down_payment": 163584}


@pytest.mark.parametrize(
    ("text", "named", "terms"),
    [
        ("36期太长了 24期呢", (("36期", 36), ("24期", 24)), 24),
        ("那12期呢", (("12期", 12),), 12),
        ("当初说分12期的", (("12期", 12),), None),
    ],
)
def test_of_several_numbers_of_terms_the_one_wished_for(
    make_turn: MakeTurn, text: str, named: tuple[tuple[str, int], ...], terms: int | None
) -> None:
    found = tuple(entity("terms", count, text, words) for words, count in named)
    turn = make_turn(text, "inform", requested_slot=memory.CHOSEN, entities=found)
    assert hear(turn).wishes.get("terms") == terms


def test_years_beside_a_complaint_are_the_wish(make_turn: MakeTurn) -> None:
    text = "太长了 两年呢"
    turn = make_turn(
        text,
        "inform",
        active_form="instalment_form",
        requested_slot=memory.CHOSEN,
        entities=(entity("duration", "P2Y", text, "两年"),),
    )
    heard = hear(turn)
    assert (heard.wishes, heard.shift) == ({"terms": 24}, None)


@pytest.mark.parametrize(
    ("slot", "wishes"),
    [(memory.CHOSEN, {"terms": 24}), (memory.MONTHLY, {"monthly": 2400})],
)
def test_a_bare_number_beside_offers_is_a_number_of_terms(
    make_turn: MakeTurn, slot: str, wishes: dict[str, int]
) -> None:
    text = "还是24吧"
    turn = make_turn(
        text,
        "inform",
        active_form="instalment_form",
        requested_slot=slot,
        entities=(amount(2400, text, "24"),),
    )
    assert hear(turn).wishes == wishes


def test_what_was_asked_about_the_first_payment_is_answered(make_turn: MakeTurn) -> None:
    text = "5000吧"
    turn = make_turn(
        text,
        "inform",
        active_form="instalment_form",
        requested_slot=memory.CHOSEN,
        transcript=(("user", "第一期想多还点"), ("bot", "想付多少？"), ("user", text)),
        entities=(amount(500000, text, "5000"),),
    )
    assert hear(turn).wishes == {"down_payment": 500000}


def test_the_part_paid_first_stays_when_the_rest_gets_a_day(make_turn: MakeTurn) -> None:
    text = "剩下的5号给"
    before = {"down_payment": 109308, "extension_days": 7, "extension_from": "2026-11-21"}
    turn = make_turn(
        text,
        "inform",
        active_form="instalment_form",
        requested_slot=memory.CHOSEN,
        slots={memory.WISHES: before},
        entities=(entity("date", "2026-12-05", text, "5号"),),
    )
    # 5 December is fourteen days after 21 November.
    assert merged(turn, hear(turn)) == {**before, "extension_days": 14}

"""What a message means in a negotiation. Values come from the NLU; here they get their role."""

from __future__ import annotations

from datetime import date

import pytest

from actions.conversation import memory
from actions.negotiation.hearing import hear
from actions.negotiation.wishes import merged, to_engine
from tests.unit.actions.conftest import MakeTurn, amount, entity


@pytest.mark.parametrize(
    ("text", "words", "fen", "role"),
    [
        ("每月最多还800", "800", 80000, "monthly"),
        ("800一个月", "800", 80000, "monthly"),
        ("800", "800", 80000, "monthly"),
        ("我先还2000", "2000", 200000, "down_payment"),
        ("手头只有3000", "3000", 300000, "down_payment"),
        ("工资5000", "5000", 500000, "income"),
        ("房租1500", "1500", 150000, "living_costs"),
        ("一次性给你2万结清", "2万", 2000000, "settlement"),
    ],
)
def test_the_role_of_an_amount(
    make_turn: MakeTurn, text: str, words: str, fen: int, role: str
) -> None:
    turn = make_turn(text, "inform", entities=(amount(fen, text, words),))
    heard = dict(hear(turn).wishes)
    heard.pop("needs", None)  # the same once more, by name
    assert heard == {role: fen}


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("每个月700分期还", 70000),
        ("400不行的话600呢", 60000),
        ("你说400不够，那900可以吗", 90000),
        ("分期36期利息多少", None),
        ("扣了2000还不行吗", None),
        ("每期4500供不上了", None),
    ],
)
def test_a_number_that_only_its_place_makes_a_sum(
    make_turn: MakeTurn, text: str, fen: int | None
) -> None:
    assert hear(make_turn(text, "nlu_fallback")).wishes.get("monthly") == fen


def test_several_wishes_in_one_sentence(make_turn: MakeTurn) -> None:
    text = "我失业了每月最多还800 15号发工资"
    turn = make_turn(
        text,
        "request_instalment",
        entities=(
            amount(80000, text, "800"),
            entity("date", "2026-12-15", text, "15号"),
            entity("day_of_month", 15, text, "15号"),
        ),
    )
    assert hear(turn).wishes == {
        "monthly": 80000,
        "day_of_month": 15,
        "first_date": "2026-12-15",
        "hardship": "unemployment",
    }


def test_income_and_needs_in_one_sentence(make_turn: MakeTurn) -> None:
    text = "工资5000，房租1500"
    found = (amount(500000, text, "5000"), amount(150000, text, "1500"))
    wishes = hear(make_turn(text, "inform", entities=found)).wishes
    assert wishes == {"income": 500000, "living_costs": 150000, "needs": {"房租": 150000}}
    # 5,000 less 1,500 leaves 3,500
    assert to_engine(wishes).disposable.fen == 350000  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "words", "role"),
    [
        ("打零工一个月七百左右", "七百左右", "income"),
        ("我打零工，一个月七百左右", "七百左右", "income"),
        ("工资一个月七百", "七百", "income"),
        ("一个月七百，要养孩子", "七百", "income"),
        ("给出一个计划吧，一个月七百，还有房租要交", "七百", "income"),
        ("打零工一个月七百，怎么还", "七百", "income"),
        # A word of paying, a question or no earning at all: it is what can be paid.
        ("我打零工，一个月能还七百", "七百", "monthly"),
        ("打零工每月拿得出七百", "七百", "monthly"),
        ("工资降了，一个月七百行吗", "七百", "monthly"),
        ("要养孩子，一个月七百行吗", "七百", "monthly"),
        ("没收入，每月七百", "七百", "monthly"),
        ("15号发工资，每月七百", "七百", "monthly"),
        ("一个月七百", "七百", "monthly"),
        ("要养孩子，每月最多七百", "七百", "monthly"),
    ],
)
def test_what_comes_in_is_not_what_can_be_paid(
    make_turn: MakeTurn, text: str, words: str, role: str
) -> None:
    turn = make_turn(text, "inform", entities=(amount(70000, text, words),))
    wishes = hear(turn).wishes
    assert {name: wishes.get(name) for name in ("income", "monthly") if name in wishes} == {
        role: 70000
    }


def test_a_correction_takes_the_later_amount(make_turn: MakeTurn) -> None:
    text = "不是800是600"
    found = (amount(80000, text, "800"), amount(60000, text, "600"))
    assert hear(make_turn(text, "correct", entities=found)).wishes == {"monthly": 60000}


def test_a_first_day_that_has_gone_by_is_asked_about(make_turn: MakeTurn) -> None:
    text = "10月1日开始"
    turn = make_turn(text, "inform", entities=(entity("date", "2026-10-01", text, "10月1日"),))
    assert hear(turn).past_date == date(2026, 10, 1)


def test_a_day_of_the_month_read_as_past_is_a_day_of_the_month(make_turn: MakeTurn) -> None:
    text = "我15号发工资就还"
    found = (
        entity("date", "2026-11-15", text, "15号"),
        entity("day_of_month", 15, text, "15号"),
    )
    turn = make_turn(text, "inform", entities=found)
    assert hear(turn).wishes == {"day_of_month": 15}
    assert turn.coming_date() == date(2026, 12, 15)


def test_several_costs_of_living_add_up(make_turn: MakeTurn) -> None:
    text = "收入4500，房租1500，吃饭1000"
    amounts = (
        amount(450000, text, "4500"),
        amount(150000, text, "1500"),
        amount(100000, text, "1000"),
    )
    # 1,500.00 + 1,000.00 = 2,500.00
    heard = hear(make_turn(text, "inform", entities=amounts)).wishes
    assert heard == {
        "income": 450000,
        "living_costs": 250000,
        "needs": {"房租": 150000, "吃饭": 100000},
    }


@pytest.mark.parametrize(
    ("before", "text", "words", "total"),
    [
        ({"房租": 150000}, "吃饭1000", "1000", 250000),  # 1,500.00 + 1,000.00
        ({"房租": 150000, "吃饭": 100000}, "房租是1800", "1800", 280000),  # 1,800.00 + 1,000.00
        ({"房租": 150000}, "开销一共2600", "2600", 260000),  # all of it, in one figure
    ],
)
def test_needs_that_are_named_one_after_the_other(
    make_turn: MakeTurn, before: dict[str, int], text: str, words: str, total: int
) -> None:
    kept = {"needs": before, "living_costs": sum(before.values()), "income": 500000}
    found = (amount(int(words) * 100, text, words),)
    turn = make_turn(text, "inform", entities=found, slots={memory.WISHES: kept})
    wishes = merged(turn, hear(turn))
    assert (wishes["living_costs"], wishes["income"]) == (total, 500000)


@pytest.mark.parametrize(
    ("text", "words", "intent"),
    [
        ("每月2700真续不上了", "2700", "state_hardship"),
        ("一个月800我还不起", "800", "state_hardship"),
        ("这48块3麻烦冲掉", "48块3", "request_waiver"),
    ],
)
def test_an_amount_that_is_complained_of_is_no_offer(
    make_turn: MakeTurn, text: str, words: str, intent: str
) -> None:
    turn = make_turn(text, intent, entities=(amount(270000, text, words),))
    assert hear(turn).wishes.keys() <= {"waiver"}


@pytest.mark.parametrize(
    ("text", "words", "role", "fen"),
    [
        ("每月能还两三百", "两三百", "monthly", 20000),
        ("房租两三百", "两三百", "living_costs", 30000),
    ],
)
def test_of_a_range_of_money_the_careful_end_is_taken(
    make_turn: MakeTurn, text: str, words: str, role: str, fen: int
) -> None:
    found = (entity("amount_range", "20000-30000", text, words),)
    turn = make_turn(text, "inform", entities=found, requested_slot=memory.MONTHLY)
    assert hear(turn).wishes[role] == fen


@pytest.mark.parametrize(
    ("text", "words", "fen", "heard"),
    [
        ("28号之前我只能凑四千", "四千", 400000, {"down_payment": 400000}),
        ("每个月28号之前我能凑四千", "四千", 400000, {"monthly": 400000}),
        ("剩下的两千四月底补", "两千四", 240000, {}),
        ("剩下的每月还两百四", "两百四", 24000, {"monthly": 24000}),
        ("另外三万要发工资", "三万", 3000000, {}),
        ("两笔加起来快六十万", "六十万", 60000000, {}),
        ("每个月先给一万五", "一万五", 1500000, {"monthly": 1500000}),
        ("先给一万五", "一万五", 1500000, {"down_payment": 1500000}),
        ("花呗的三千多我想分开还", "三千", 300000, {}),
        ("每个月八百能分期还吗", "八百", 80000, {"monthly": 80000}),
        ("才减十二块", "十二块", 1200, {}),
        ("老婆上班一个月四千", "四千", 400000, {"income": 400000}),
    ],
)
def test_sums_that_are_offered_for_once_and_sums_that_nobody_offers(
    make_turn: MakeTurn, text: str, words: str, fen: int, heard: dict[str, int]
) -> None:
    turn = make_turn(
        text,
        "inform",
        entities=(amount(fen, text, words),),
        active_form="instalment_form",
        requested_slot=memory.MONTHLY,
    )
    assert hear(turn).wishes == heard


def test_a_range_is_heard_beside_a_first_part(make_turn: MakeTurn) -> None:
    text = "每月两三百块吧"
    turn = make_turn(
        text,
        "inform",
        entities=(entity("amount_range", "20000-30000", text, "两三百块"),),
        slots={memory.WISHES: {"down_payment": 50000}},
        active_form="instalment_form",
        requested_slot=memory.MONTHLY,
    )
    assert hear(turn).wishes == {"monthly": 20000}


def test_the_first_part_is_spoken_of_and_not_offered_by_the_month(make_turn: MakeTurn) -> None:
    text, before = "五百那种每个月还多少", {memory.WISHES: {"down_payment": 50000}}
    turn = make_turn(
        text,
        "inform",
        entities=(amount(50000, text, "五百"),),
        slots=before,
        active_form="instalment_form",
        requested_slot=memory.CHOSEN,
    )
    assert "monthly" not in hear(turn).wishes


_NUMBERS = {"一个": "1", "二个": "2", "案一": "1", "案三": "3"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("不要第二个了，第一个吧", 1),
        ("不选方案一，就方案三吧", 3),
        ("第一个吧，不要第二个了", 1),
        ("不要第二个了", None),
        ("第二个吧", 2),
    ],
)
def test_an_offer_that_is_refused_is_not_chosen(
    make_turn: MakeTurn, text: str, number: int | None
) -> None:
    named = [word for word in _NUMBERS if word in text]
    said = sorted(named, key=text.index)
    found = tuple(entity("option_number", _NUMBERS[word], text, word) for word in said)
    assert hear(make_turn(text, "choose_option", entities=found)).choice == number

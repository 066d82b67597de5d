"""Values in a talk that goes on: a wish in place of one turned down, sums said twice, a pay day."""

from __future__ import annotations

from datetime import date

from actions.conversation.memory import CHOSEN, MONTHLY, START, WISHES
from actions.conversation.turn import Entity
from actions.negotiation.first_day import is_vague_about_the_day
from actions.negotiation.for_the_form import answers_the_form
from actions.negotiation.hearing import hear
from actions.negotiation.lexicon import hearing_lexicon
from actions.negotiation.relative import months_to_spread_over, terms_wished
from tests.unit.actions.conftest import MakeTurn

FORM = "instalment_form"


def _named(text: str, words: str, kind: str, value: str) -> Entity:
    at = text.rindex(words)
    return Entity(kind, value, at, at + len(words))


def test_a_time_turned_down_leaves_the_one_behind_it(make_turn: MakeTurn) -> None:
    text = "不要两年，太久了，一年吧"
    entities = (_named(text, "两年", "duration", "P2Y"), _named(text, "一年", "duration", "P1Y"))
    turn = make_turn(
        text,
        "deny",
        active_form=FORM,
        requested_slot=START,
        entities=entities,
        slots={WISHES: {"terms": 24}},
    )
    assert months_to_spread_over(turn) == 12


def test_so_many_months_of_a_trouble_are_no_wish(make_turn: MakeTurn) -> None:
    text = "停工了，半年了"
    entities = (_named(text, "半年", "duration", "P6M"),)
    turn = make_turn(text, active_form=FORM, requested_slot=MONTHLY, entities=entities)
    assert months_to_spread_over(turn) is None


def test_the_rest_in_so_many_instalments_is_a_wish(make_turn: MakeTurn) -> None:
    text = "余下的分8期"
    turn = make_turn(text, entities=(_named(text, "分8期", "terms", "8"),))
    assert terms_wished(turn) == 8
    owed = "剩下8期没还"
    turn = make_turn(owed, entities=(_named(owed, "8期", "terms", "8"),))
    assert terms_wished(turn) is None


def test_another_number_by_itself_is_a_wish(make_turn: MakeTurn) -> None:
    text = "那18期"
    turn = make_turn(text, "inform", entities=(_named(text, "18期", "terms", "18"),))
    assert terms_wished(turn) == 18


def test_a_sum_said_twice_is_paid_each_time(make_turn: MakeTurn) -> None:
    text = "一个月三千三千地还行不行"
    entities = (_named(text, "三千三千", "amount", "600000"),)
    turn = make_turn(text, active_form=FORM, requested_slot=MONTHLY, entities=entities)
    assert hear(turn).wishes["monthly"] == 300_000  # fen: 3,000 each month, not 6,000


def test_figures_are_never_halved(make_turn: MakeTurn) -> None:
    text = "每月1212"
    entities = (_named(text, "1212", "amount", "121200"),)
    turn = make_turn(text, active_form=FORM, requested_slot=MONTHLY, entities=entities)
    assert hear(turn).wishes["monthly"] == 121_200


def test_a_smaller_sum_is_still_so_much_a_month(make_turn: MakeTurn) -> None:
    text = "再低一点呢，三百行不行"
    turn = make_turn(
        text,
        "ask_partial_payment",
        active_form=FORM,
        requested_slot=START,
        entities=(_named(text, "三百", "amount", "30000"),),
        slots={WISHES: {"monthly": 60_000}},
    )
    heard = hear(turn).wishes
    assert heard.get("monthly") == 30_000
    assert "down_payment" not in heard


def test_a_pay_day_told_before_is_not_asked_for_again(make_turn: MakeTurn) -> None:
    text = "发了工资我能拿出一千五"
    open_form = {"active_form": FORM, "requested_slot": CHOSEN}
    told = make_turn(text, "inform", slots={WISHES: {"first_date": "2026-12-05"}}, **open_form)
    assert not is_vague_about_the_day(told)
    assert is_vague_about_the_day(make_turn(text, "inform", **open_form))


def test_the_day_in_words_goes_before_the_end_of_the_year(make_turn: MakeTurn) -> None:
    text = "年底吧，就是十二月二十日"
    entities = (
        _named(text, "年底", "date", "2026-12-31"),
        _named(text, "十二月二十日", "date", "2026-12-20"),
    )
    assert make_turn(text, entities=entities).named_date() == date(2026, 12, 20)
    text = "下周五，要不就月底"
    entities = (
        _named(text, "下周五", "date", "2026-11-27"),
        _named(text, "月底", "date", "2026-11-30"),
    )
    assert make_turn(text, entities=entities).named_date() == date(2026, 11, 27)


def test_the_words_of_a_smaller_sum_are_narrow() -> None:
    words = hearing_lexicon().smaller_sum
    assert words.search("再少点行吗")
    assert not words.search("少说也要一千")


def test_what_is_left_of_the_debt_is_no_sum_a_month(make_turn: MakeTurn) -> None:
    text = "剩下三万分两年"
    entities = (
        _named(text, "三万", "amount", "3000000"),
        _named(text, "两年", "duration", "P2Y"),
    )
    wishes = hear(make_turn(text, "request_instalment", entities=entities)).wishes
    assert wishes.get("terms") == 24
    assert "monthly" not in wishes
    text = "剩下的每月还八百"
    offered = make_turn(text, "inform", entities=(_named(text, "八百", "amount", "80000"),))
    assert hear(offered).wishes["monthly"] == 80_000


def test_wages_told_by_the_work_and_costs_told_by_the_month(make_turn: MakeTurn) -> None:
    text = "我在饭店打工，一个月两千八"
    turn = make_turn(text, "inform", entities=(_named(text, "两千八", "amount", "280000"),))
    assert hear(turn).wishes["income"] == 280_000
    text = "工资5000，房租1100，学费一个月700"
    entities = (
        _named(text, "5000", "amount", "500000"),
        _named(text, "1100", "amount", "110000"),
        _named(text, "700", "amount", "70000"),
    )
    wishes = hear(make_turn(text, "inform", entities=entities)).wishes
    # Earned: 5,000; needed: 1,100 + 700 = 1,800.
    assert (wishes["income"], wishes["living_costs"]) == (500_000, 180_000)
    text = "我在工地干活，一个月能还九百"
    turn = make_turn(text, "inform", entities=(_named(text, "九百", "amount", "90000"),))
    assert hear(turn).wishes["monthly"] == 90_000


def test_a_small_sum_proposed_is_for_the_form_whatever_it_was_taken_for(
    make_turn: MakeTurn,
) -> None:
    text = "每个月象征性还两百行吗"
    turn = make_turn(
        text,
        "ask_credit_impact",
        active_form=FORM,
        requested_slot=CHOSEN,
        entities=(_named(text, "两百", "amount", "20000"),),
    )
    assert answers_the_form(turn)


def test_instalments_added_up_are_owed_and_no_wish(make_turn: MakeTurn) -> None:
    text = "三期加起来九千多拿不出"
    assert terms_wished(make_turn(text, entities=(_named(text, "三期", "terms", "3"),))) is None
    text = "3期一共多少钱"
    assert terms_wished(make_turn(text, entities=(_named(text, "3期", "terms", "3"),))) == 3


def test_what_is_paid_in_wages_is_earned(make_turn: MakeTurn) -> None:
    text = "我25号发工资，三千八"
    turn = make_turn(
        text,
        "inform",
        active_form=FORM,
        requested_slot=MONTHLY,
        entities=(_named(text, "三千八", "amount", "380000"),),
    )
    wishes = hear(turn).wishes
    assert wishes.get("income") == 380_000
    assert "monthly" not in wishes


def test_what_something_was_sold_for_is_paid_once(make_turn: MakeTurn) -> None:
    text = "我把电动车卖了有两千"
    turn = make_turn(
        text,
        "inform",
        active_form=FORM,
        requested_slot=CHOSEN,
        entities=(_named(text, "两千", "amount", "200000"),),
    )
    assert hear(turn).wishes == {"down_payment": 200_000}

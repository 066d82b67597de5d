"""Wishes against what is on the table: a choice by a quality, more terms, a few days."""

from __future__ import annotations

import pytest

from account_engine.domain.negotiation.codes import Character
from actions.conversation import memory
from actions.negotiation.for_the_form import answers_the_form
from actions.negotiation.hearing import hear
from actions.negotiation.relative import Shift, shifted
from tests.unit.actions.conftest import MakeTurn, entity


@pytest.mark.parametrize(
    ("text", "number"),
    [("第二个", 2), ("选方案一", 1), ("2", 2), ("最后一个", -1), ("中间那个", 2)],
)
def test_a_choice_in_words(make_turn: MakeTurn, text: str, number: int) -> None:
    assert hear(make_turn(text, "choose_option")).choice == number


@pytest.mark.parametrize("text", ["换一个", "换一个吧", "另外一个呢", "有没有别的方案"])
def test_another_one_is_no_choice_of_the_first(make_turn: MakeTurn, text: str) -> None:
    turn = make_turn(text, "deny", requested_slot=memory.CHOSEN)
    assert hear(turn).choice is None


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("选最便宜的", "least_cost"),
        ("就要便宜的", "least_cost"),
        ("我选每月最少的那个", "least_monthly"),
        ("要最快还完的", "soonest_done"),
        ("哪个最便宜", None),
    ],
)
def test_a_choice_by_what_an_offer_is_best_at(
    make_turn: MakeTurn, text: str, best: str | None
) -> None:
    found = hear(make_turn(text, "choose_option")).best
    assert (found.value if found else None) == best


@pytest.mark.parametrize(
    ("text", "words", "terms", "shift"),
    [
        ("能不能多分两期", "两期", 2, Shift(longer=True, by=2)),
        ("少分三期行吗", "三期", 3, Shift(longer=False, by=3)),
        ("多分几期", "", None, Shift(longer=True, by=None)),
        ("分久一点", "", None, Shift(longer=True, by=None)),
        ("期数少一点", "", None, Shift(longer=False, by=None)),
        ("分6期", "6期", 6, None),
        ("四期太少了，有久一点的没", "四期", 4, Shift(longer=True, by=None)),
    ],
)
def test_more_terms_than_now_is_no_number_of_terms(
    make_turn: MakeTurn, text: str, words: str, terms: int | None, shift: Shift | None
) -> None:
    found = (entity("terms", terms, text, words),) if terms else ()
    heard = hear(make_turn(text, "request_instalment", entities=found))
    assert heard.shift == shift
    assert heard.wishes == ({} if shift else {"terms": terms})


@pytest.mark.parametrize(
    ("shift", "now", "meant"),
    [
        (Shift(longer=True, by=2), 3, 5),  # said so: policy says whether there is a plan of five
        (Shift(longer=True, by=None), 12, 18),  # the next one that is offered
        (Shift(longer=False, by=None), 18, 12),
        (Shift(longer=True, by=None), 36, None),  # nothing beyond
        (Shift(longer=True, by=None), None, 12),  # no instalments on the table: the fewest
    ],
)
def test_counted_from_what_is_on_the_table(
    shift: Shift, now: int | None, meant: int | None
) -> None:
    assert shifted(shift, now, [12, 18, 24, 36]) == meant


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [("就两天", "两天", "P2D"), ("晚三天行吗", "三天", "P3D"), ("那就晚五天吧", "五天", "P5D")],
)
def test_a_few_days_in_the_form_are_a_wish_to_pay_later(
    make_turn: MakeTurn, text: str, words: str, days: str
) -> None:
    found = (entity("duration", days, text, words),)
    turn = make_turn(text, "inform", entities=found, active_form="instalment_form")
    assert answers_the_form(turn)
    assert hear(turn).wishes == {"extension_days": int(days[1])}


def test_how_long_it_has_been_is_no_wish(make_turn: MakeTurn) -> None:
    text = "都逾期三天了"
    found = (entity("duration", "P3D", text, "三天"),)
    turn = make_turn(text, "inform", entities=found, active_form="instalment_form")
    assert "extension_days" not in hear(turn).wishes


def test_the_cheaper_one_is_a_choice_and_no_wish_to_be_spared(make_turn: MakeTurn) -> None:
    heard = hear(make_turn("便宜点的那个", "request_waiver"))
    assert heard.best is Character.LEAST_COST
    assert "waiver" not in heard.wishes

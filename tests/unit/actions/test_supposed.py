"""A payment that was supposed: kept beside the last question, leant on, forgotten."""

from __future__ import annotations

from datetime import date

import pytest

from actions.conversation.last_question import LastQuestion
from actions.conversation.memory import CHOSEN, LAST_QUESTION, OFFERS
from actions.conversation.situations import Situations
from actions.conversation.supposed import Supposed, kept_beside
from actions.conversation.turn import Turn
from tests.unit.actions.conftest import TODAY, MakeTurn

THOUSAND = Supposed(100_000, TODAY, "huabei", turn=3)


def after_it(make_turn: MakeTurn, text: str, turns: int = 4, **changes: object) -> Turn:
    slot = kept_beside(LastQuestion("ask_partial_payment", "", (), 3).slot(), THOUSAND)
    changes = {"borrower_id": "wang", **changes}
    slots = {LAST_QUESTION: slot, **dict(changes.pop("slots", {}))}
    return make_turn(text, "nlu_fallback", slots=slots, turns=turns, **changes)


def test_it_is_kept_for_some_messages_and_for_borrowers_only(make_turn: MakeTurn) -> None:
    assert Supposed.of(after_it(make_turn, "那呢")) == THOUSAND
    assert Supposed.of(after_it(make_turn, "那呢", turns=9)) == THOUSAND
    assert Supposed.of(after_it(make_turn, "那呢", turns=10)) is None
    assert Supposed.of(after_it(make_turn, "那呢", borrower_id=None)) is None
    assert Supposed.of(make_turn("那呢", "nlu_fallback", borrower_id="wang")) is None


def test_a_day_that_has_gone_by_is_supposed_no_longer(make_turn: MakeTurn) -> None:
    later = after_it(make_turn, "那呢", today=date(2026, 11, 22))
    assert Supposed.of(later) is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("剩下的月底行吗", "ask_left_on"),
        ("剩下的下个月8号还行吗", "ask_left_on"),
        ("月底再还剩下的", "ask_left_on"),
        ("那剩下的每天还涨吗", "ask_left_interest"),
        ("那期间利息是多少", "ask_left_interest"),
        ("到下月5号一共多少利息", "ask_left_interest"),
        ("比全拖到12月5号省多少", "ask_left_saves"),
        ("剩下的还不上呢", "ask_left_unpaid"),
        ("那花呗能马上用吗", "ask_left_use"),
        ("还了以后能解冻吗", "ask_left_use"),
        ("那还有用吗", "ask_part_of_use"),
        ("不是白还吗", "ask_part_of_use"),
        ("补上以后花呗还要全还吗", "ask_part_recall"),
        ("还进去以后每个月还多少", "ask_left"),
        ("那还剩的怎么算", "ask_left"),
    ],
)
def test_what_leans_on_it(
    make_turn: MakeTurn, situations: Situations, text: str, answer: str
) -> None:
    assert situations.meaning(after_it(make_turn, text)) == answer
    assert situations.meaning(make_turn(text, "x", borrower_id="wang")) != answer


def test_it_is_leant_on_with_offers_on_the_table_too(
    make_turn: MakeTurn, situations: Situations
) -> None:
    table = {OFFERS: ["one"]}
    turn = after_it(
        make_turn,
        "剩下的月底行吗",
        slots=table,
        active_form="instalment_form",
        requested_slot=CHOSEN,
    )
    assert situations.meaning(turn) == "ask_left_on"


@pytest.mark.parametrize(
    "text",
    [
        "剩下的能分期吗",
        "方案一比方案二省多少",
        "花呗能分期付吗",
        "还清后还能用吗",
        "为什么要我全还",
    ],
)
def test_what_says_something_of_its_own(
    make_turn: MakeTurn, situations: Situations, text: str
) -> None:
    found = situations.meaning(after_it(make_turn, text)) or ""
    assert not found.startswith(("ask_left", "ask_part"))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("那还一半呢", "ask_part_called"),
        ("那先还最少的", "ask_part_called"),
        ("我先把借呗逾期的补上", "ask_part_called"),
        ("补上要多少钱", "ask_part_called"),
        ("先还一千，剩的下个月5号", "ask_part_and_rest"),
        ("今天先还1500，12月10号还要多少", "ask_part_and_rest"),
        ("还了最低的剩下的咋办", "ask_rest_of_minimum"),
        ("借呗补上了花呗是不是就不用一次还", "ask_cure_and_recall"),
    ],
)
def test_payments_called_by_no_sum(
    make_turn: MakeTurn, situations: Situations, text: str, answer: str
) -> None:
    assert situations.meaning(make_turn(text, "x", borrower_id="wang")) == answer

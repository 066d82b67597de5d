"""What an answer sets in the form, by the question that was asked."""

from __future__ import annotations

import pytest

from actions.conversation import memory
from actions.negotiation.for_the_form import answers_the_form
from actions.negotiation.hearing import hear
from actions.negotiation.slots import slots_from
from actions.negotiation.wishes import merged
from tests.unit.actions.conftest import MakeTurn, amount, entity


def test_a_new_number_of_terms_replaces_the_amount(make_turn: MakeTurn) -> None:
    text = "那分三期"
    before = {memory.WISHES: {"monthly": 50000, "hardship": "illness"}}
    turn = make_turn(text, "inform", slots=before, entities=(entity("terms", 3, text, "三期"),))
    assert merged(turn, hear(turn)) == {"terms": 3, "hardship": "illness"}


@pytest.mark.parametrize(
    ("text", "intent", "agreement", "chosen"),
    [("同意", "affirm", "yes", "offer-1"), ("不同意", "deny", None, None)],
)
def test_yes_to_the_offer_and_no(
    make_turn: MakeTurn, text: str, intent: str, agreement: str | None, chosen: str | None
) -> None:
    at_the_end = {"requested_slot": memory.AGREEMENT, "slots": {memory.CHOSEN: "offer-1"}}
    turn = make_turn(text, intent, **at_the_end)
    slots = slots_from(turn, hear(turn))
    assert slots[memory.AGREEMENT] == agreement
    # What the form does not set stays as it was.
    assert slots.get(memory.CHOSEN, "offer-1") == chosen


def test_a_number_of_terms_that_is_complained_of_turns_the_offers_down(
    make_turn: MakeTurn,
) -> None:
    text = "六期太短了"
    shown = {"requested_slot": memory.CHOSEN, "slots": {memory.OFFERS: ["a", "b"]}}
    turn = make_turn(text, "inform", entities=(entity("terms", 6, text, "六期"),), **shown)
    assert slots_from(turn, hear(turn))[memory.NOTE] == {"key": "note.what_else"}


@pytest.mark.parametrize(("text", "chosen"), [("第四个", None), ("第二个", "b")])
def test_a_choice_outside_of_the_offers_chooses_nothing(
    make_turn: MakeTurn, text: str, chosen: str | None
) -> None:
    shown = {"requested_slot": memory.CHOSEN, "slots": {memory.OFFERS: ["a", "b"]}}
    turn = make_turn(text, "choose_option", **shown)
    assert slots_from(turn, hear(turn)).get(memory.CHOSEN) == chosen


def test_a_counter_offer_after_the_options_asks_for_new_ones(make_turn: MakeTurn) -> None:
    text = "那每月1200吧"
    turn = make_turn(
        text,
        "inform",
        requested_slot=memory.CHOSEN,
        slots={memory.OFFERS: ["a"], memory.WISHES: {"monthly": 50000}},
        entities=(amount(120000, text, "1200"),),
    )
    slots = slots_from(turn, hear(turn))
    assert slots[memory.OFFERS] is None
    assert slots[memory.WISHES] == {"monthly": 120000}


def test_three_answers_that_are_none_lead_to_a_person(make_turn: MakeTurn) -> None:
    def answer(tries: int) -> dict[str, object]:
        slots = {memory.INVALID: tries}
        turn = make_turn("嗯", "inform", requested_slot=memory.MONTHLY, slots=slots)
        return slots_from(turn, hear(turn))

    assert answer(0)[memory.NOTE] == {"key": "note.not_heard"}
    assert answer(1)[memory.INVALID] == 2
    assert answer(2)[memory.AGREEMENT] == "person"


def test_one_sum_for_everything_replaces_what_was_wished_a_month(make_turn: MakeTurn) -> None:
    text = "一次性给五万结清"
    turn = make_turn(
        text,
        "ask_early_settlement",
        entities=(amount(5000000, text, "五万"),),
        slots={"wishes": {"monthly": 80000, "day_of_month": 15, "hardship": "unemployment"}},
    )
    assert merged(turn, hear(turn)) == {"settlement": 5000000, "hardship": "unemployment"}


def test_said_wrong_without_a_value_reads_back_and_is_no_trouble(make_turn: MakeTurn) -> None:
    turn = make_turn(
        "刚才说错了", "correct", requested_slot=memory.START, slots={"wishes": {"monthly": 80000}}
    )
    slots = slots_from(turn, hear(turn))
    assert slots == {
        memory.NOTE: {"key": "note.correct_what", "wishes": {"monthly": 80000}},
    }


def test_the_end_that_was_taken_is_said(make_turn: MakeTurn) -> None:
    text = "两三百块吧"
    found = (entity("amount_range", "20000-30000", text, "两三百块"),)
    turn = make_turn(text, "nlu_fallback", entities=found, requested_slot=memory.MONTHLY)
    assert answers_the_form(turn)
    slots = slots_from(turn, hear(turn))
    assert slots[memory.MONTHLY] == "20000"
    assert slots[memory.NOTE] == {"key": "note.amount_between", "low": 20000}


@pytest.mark.parametrize("slot", [memory.MONTHLY, memory.CHOSEN])
def test_a_range_of_terms_is_asked_about_and_is_no_trouble(make_turn: MakeTurn, slot: str) -> None:
    text = "3到5期"
    found = (entity("terms_range", "3-5", text, text),)
    turn = make_turn(text, "inform", entities=found, requested_slot=slot)
    assert slots_from(turn, hear(turn)) == {
        memory.INVALID: 0,
        memory.NOTE: {"key": "note.terms_between", "low": 3, "high": 5},
    }


@pytest.mark.parametrize(
    ("text", "said", "cents", "wishes"),
    [
        ("两万八呢", "两万八", 2800000, {"settlement": 2800000}),
        ("每月两千", "两千", 200000, {"monthly": 200000}),
    ],
)
def test_a_bare_amount_in_a_talk_about_settling_is_another_settlement(
    make_turn: MakeTurn, text: str, said: str, cents: int, wishes: dict[str, int]
) -> None:
    turn = make_turn(
        text,
        "inform",
        entities=(amount(cents, text, said),),
        active_form="instalment_form",
        slots={memory.WISHES: {"settlement": 2000000}},
    )
    assert hear(turn).wishes == wishes

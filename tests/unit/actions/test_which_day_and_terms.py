"""Which day is paid on, which terms are no wish, and what answers the question for a month."""

from __future__ import annotations

import pytest

from actions.conversation import memory
from actions.conversation.turn import Turn
from actions.negotiation.hearing import hear
from tests.unit.actions.conftest import MakeTurn, entity


def _two_days(make_turn: MakeTurn, text: str, *days: tuple[str, str]) -> Turn:
    found = [
        one
        for words, iso in days
        for one in (
            entity("date", iso, text, words),
            entity("day_of_month", int(iso[-2:]), text, words),
        )
    ]
    return make_turn(text, "inform", entities=tuple(found))


@pytest.mark.parametrize(
    ("text", "days", "paid_on"),
    [
        ("15号发工资20号还", (("15号", "2026-12-15"), ("20号", "2026-12-20")), "2026-12-20"),
        ("五号发货款 八号还", (("五号", "2026-12-05"), ("八号", "2026-12-08")), "2026-12-08"),
        # The first day is the due date; before the 25th nothing can be paid.
        ("20号还款，25号才有钱", (("20号", "2026-12-20"), ("25号", "2026-11-25")), "2026-11-25"),
        ("20号还，25号才发工资", (("20号", "2026-12-20"), ("25号", "2026-11-25")), "2026-11-25"),
        ("5号没钱，10号行", (("5号", "2026-12-05"), ("10号", "2026-12-10")), "2026-12-10"),
        ("不是15号，是20号", (("15号", "2026-12-15"), ("20号", "2026-12-20")), "2026-12-20"),
        ("15号或者20号", (("15号", "2026-12-15"), ("20号", "2026-12-20")), "2026-12-15"),
    ],
)
def test_of_several_days_the_one_that_is_paid_on(
    make_turn: MakeTurn, text: str, days: tuple[tuple[str, str], ...], paid_on: str
) -> None:
    wishes = hear(_two_days(make_turn, text, *days)).wishes
    assert (wishes["first_date"], wishes["day_of_month"]) == (paid_on, int(paid_on[-2:]))


@pytest.mark.parametrize(
    ("text", "words"),
    [("我两期没还了", "两期"), ("付不上一期怎么办", "一期"), ("逾期的那两期", "两期")],
)
def test_terms_that_were_missed_are_no_wish(make_turn: MakeTurn, text: str, words: str) -> None:
    turn = make_turn(text, "inform", entities=(entity("terms", 2, text, words),))
    assert "terms" not in hear(turn).wishes


@pytest.mark.parametrize(
    ("text", "role"), [("能拿出来两万左右吧", "monthly"), ("手头能拿出两万", "down_payment")]
)
def test_what_can_be_laid_out_answers_the_question_for_the_month(
    make_turn: MakeTurn, text: str, role: str
) -> None:
    found = (entity("amount", 2000000, text, "两万"),)
    slots = {"requested_slot": memory.START, memory.MONTHLY: "any"}
    turn = make_turn(
        text,
        "inform",
        entities=found,
        slots=slots,
        active_form="instalment_form",
        requested_slot=memory.START,
    )
    assert hear(turn).wishes == {role: 2000000}

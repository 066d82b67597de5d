"""What a short message leans on while the form is open."""

from __future__ import annotations

import pytest

from actions.conversation.follow_ups import FollowUps
from actions.conversation.last_question import LastQuestion
from actions.conversation.memory import AGREEMENT, CHOSEN, LAST_QUESTION, MONTHLY
from tests.unit.actions.conftest import MakeTurn
from tests.unit.actions.leaning import (
    DUE,
    after,
    meant,
    read_marked,
)

FORM = "instalment_form"


@pytest.mark.parametrize(
    ("slot", "said", "expected"),
    [
        (MONTHLY, "为什么", "follow_up.why.asking"),
        (MONTHLY, "还有别的办法吗", "ask_ways"),
        (MONTHLY, "每月还能剩多少", "ask_budget"),
        (MONTHLY, "我后悔了", "follow_up.regret"),
        (CHOSEN, "那剩下的呢", "ask_rest"),
        (CHOSEN, "还有别的办法吗", "follow_up.other_offers"),
        (CHOSEN, "为什么不能再少一点", "ask_less"),
        (CHOSEN, "为什么这么多", "explain_offers"),
        (CHOSEN, "凭什么要先付", "ask_why_down_payment"),
        (CHOSEN, "还有别的吗", "follow_up.other_offers"),
        (CHOSEN, "能给我书面的吗", "follow_up.plan.in_writing"),
        (CHOSEN, "我要书面的", "follow_up.plan.in_writing"),
        (CHOSEN, "那[借呗](product:jiebei)呢", "query_amount_due"),
        (MONTHLY, "为什么问这个", "follow_up.why.asking"),
        (CHOSEN, "要是我一直不还呢", "ask_doing_nothing"),
        (CHOSEN, "要是付不上呢", "ask_plan_breach"),
        (CHOSEN, "我后悔了", "follow_up.regret"),
        (CHOSEN, "什么意思", "compare_offers"),
        (AGREEMENT, "为什么要这么多", "explain_offers"),
        (AGREEMENT, "我后悔了", "follow_up.regret"),
        (AGREEMENT, "确定吗", "follow_up.nothing_agreed"),
        (AGREEMENT, "要是付不上呢", "ask_plan_breach"),
        # answers to the form's own question
        (MONTHLY, "[800](amount:80000)", None),
        (MONTHLY, "说不准", None),
        (CHOSEN, "第二个", None),
        (CHOSEN, "那[1000](amount:100000)呢", None),
        (CHOSEN, "那分[六期](terms:6)呢", None),
        (AGREEMENT, "同意", None),
        (AGREEMENT, "确认", None),
        (AGREEMENT, "改成[600](amount:60000)", None),
    ],
)
def test_an_open_form_is_leant_on_by_what_it_asks(
    follow_ups: FollowUps, make_turn: MakeTurn, slot: str, said: str, expected: str | None
) -> None:
    text, entities = read_marked(said)
    turn = make_turn(
        text, "out_of_scope", entities=entities, active_form=FORM, requested_slot=slot, turns=5
    )
    assert meant(follow_ups.read(turn)) == expected


@pytest.mark.parametrize(("ago", "expected"), [(1, "ask_credit_repair"), (2, "ask_until_when")])
def test_a_question_in_between_is_leant_on_only_at_once(
    follow_ups: FollowUps, make_turn: MakeTurn, ago: int, expected: str
) -> None:
    last = LastQuestion("ask_credit_impact", "会上征信吗", (), turn=5 - ago)
    turn = make_turn(
        "多久",
        slots={LAST_QUESTION: last.slot()},
        active_form=FORM,
        requested_slot=CHOSEN,
        turns=5,
    )
    assert meant(follow_ups.read(turn)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [("[15号](date:2026-12-15)", None), ("那[15号](date:2026-12-15)呢", "ask_later_amount")],
)
def test_a_bare_value_in_a_form_is_the_forms(
    follow_ups: FollowUps, make_turn: MakeTurn, said: str, expected: str | None
) -> None:
    turn = after(make_turn, *DUE, said, active_form=FORM, requested_slot=MONTHLY)
    assert meant(follow_ups.read(turn)) == expected

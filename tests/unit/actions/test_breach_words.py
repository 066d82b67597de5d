"""What a borrower reads about a breach is as the policy has it."""

from __future__ import annotations

import pytest

from account_engine.domain.negotiation.policy import BreachRule
from account_engine.domain.payloads import PenaltyDuringPlan, WaiversOnBreach
from actions.conversation.reply import Reply
from actions.renderer.renderer import Renderer
from tests.unit.actions.conftest import MakeTurn
from tests.unit.engine.histories import contract, event, state_of
from tests.unit.engine.three_rows import BILL, BILLS, PLAN


def rule(missed: int, effect: WaiversOnBreach = WaiversOnBreach.REVOKED) -> BreachRule:
    return BreachRule(missed, 7, PenaltyDuringPlan.STOPPED, effect)


@pytest.mark.parametrize(
    ("breach", "said", "unsaid"),
    [
        (rule(1), "万一没按时付，有 7 天补救时间", "同时有"),
        (rule(2), "万一同时有 2 期没按时付，有 7 天补救时间", "万一没按时付"),
        (rule(1), "减免的 6.00 元要补回", "那些期"),
        (
            rule(1, WaiversOnBreach.EARNED_KEPT),
            "减免的 6.00 元里，还没付清的那些期的一份要补回",
            "6.00 元要补回",
        ),
    ],
)
def test_what_follows_is_told_as_the_policy_has_it(
    renderer: Renderer, make_turn: MakeTurn, breach: BreachRule, said: str, unsaid: str
) -> None:
    agreed = event(PLAN, "2026-10-20", event_id="agreed")
    plan = state_of([contract()], [BILL, agreed], "2026-10-25").account(BILLS).plan
    text = renderer.render(
        Reply("plan_breach.personal", {"plan": plan, "breach": breach}), make_turn(borrower_id="b")
    ).text
    assert said in text
    assert unsaid not in text


def test_before_a_yes_too(renderer: Renderer, make_turn: MakeTurn) -> None:
    def told(breach: BreachRule) -> str:
        reply = Reply("choose.after_yes", {"days": 3, "breach": breach})
        return renderer.render(reply, make_turn(borrower_id="b")).text

    assert "哪一期没按时付，有 7 天可以补" in told(rule(1))
    assert "同时有 2 期没按时付，有 7 天可以补" in told(rule(2))

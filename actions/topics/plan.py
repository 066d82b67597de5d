"""The plan that was agreed: how far it is, and what a missed row does."""

from __future__ import annotations

from account_engine.domain.state import PlanState
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import TopicAction
from actions.conversation.turn import Turn
from actions.negotiation.cards import plan_card, runs
from actions.topics.amount import sign_in_first
from actions.topics.negotiation import RUNNING


class ActionPlan(TopicAction):
    """query_plan, ask_plan_breach."""

    topic = "plan"


def _current(desk: Desk, borrower_id: str) -> PlanState | None:
    """The running plan, else the last one."""
    plans = desk.engine.plan_status(borrower_id)
    running = [plan for plan in plans if plan.status in RUNNING]
    known = running or list(plans)
    return known[-1] if known else None


@answers("query_plan")
def plan_status(turn: Turn, desk: Desk) -> Reply:
    """How many rows are left and what comes next."""
    if turn.borrower_id is None:
        return sign_in_first(desk)
    plan = _current(desk, turn.borrower_id)
    if plan is None:
        waiting = any(item.borrower_id == turn.borrower_id for item in desk.engine.approvals())
        return Reply("plan.waiting" if waiting else "plan.none", {"name": turn.display_name})
    values = {"name": turn.display_name, "plan": plan, "runs": runs(plan.rows)}
    return Reply("plan.status", values, card=plan_card(plan, desk.renderer.labels))


@answers("ask_plan_breach")
def plan_breach(turn: Turn, desk: Desk) -> Reply:
    """What follows when a row is not paid."""
    plan = _current(desk, turn.borrower_id) if turn.borrower_id else None
    if plan is None or plan.status not in RUNNING:
        return Reply("plan_breach.general")
    return Reply("plan_breach.personal", {"plan": plan})

"""The plan that was agreed: how far it is, and what a missed row does."""

from __future__ import annotations

from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import PlanState, PlanStatus, PromiseStatus
from account_engine.ports import QueueStatus
from actions.conversation.answering import answers, by_intent
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.signing_in import signed_in
from actions.conversation.topic import TopicAction, fixed
from actions.conversation.turn import Turn
from actions.negotiation.cards import plan_card, runs
from actions.negotiation.lexicon import hearing_lexicon
from actions.topics.negotiation import RUNNING, plan_running

_STANDS = {
    PlanStatus.ACTIVE: "plan.status",
    PlanStatus.BROKEN: "plan.broken",
    PlanStatus.REVOKED: "plan.revoked",
    PlanStatus.COMPLETED: "plan.completed",
}


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
@signed_in
def plan_status(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """How many rows are left and what comes next."""
    plan = _current(desk, borrower_id)
    running = plan is not None and plan.status in RUNNING
    if not running and (extended := _extension(turn, desk, borrower_id)):
        return extended
    if plan is None:
        return _without_plan(turn, desk, borrower_id)
    values = {
        "name": turn.display_name,
        "plan": plan,
        "runs": runs(plan.rows),
        "due": desk.engine.quote(borrower_id, QuoteKind.DUE_NOW),
    }
    card = plan_card(plan, desk.renderer.labels)
    told = Reply(_STANDS[plan.status], values, card=card, details="quote:due_now")
    asked = plan.status is PlanStatus.ACTIVE and hearing_lexicon().if_approved.search(turn.text)
    return told.changed(lead="plan.approved") if asked else told


def _extension(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """An extension that runs, and what is to be paid by its end."""
    state = desk.engine.state(borrower_id)
    extended = tuple(
        one for one in state.accounts if one.extension_until and one.extension_until >= turn.today
    )
    if not extended:
        return None
    last = max(one.extension_until for one in extended if one.extension_until)
    values = {
        "name": turn.display_name,
        "extended": extended,
        "due": desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, last),
    }
    return Reply("plan.extension", values)


def _without_plan(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """A request that still waits, a promise, or what a person made of the last request."""

    def has(status: QueueStatus) -> bool:
        return any(one.borrower_id == borrower_id for one in desk.engine.approvals(status))

    values: dict[str, object] = {"name": turn.display_name}
    if has(QueueStatus.WAITING):
        days = desk.engine.negotiation.policy.offers.approval_days
        return Reply("plan.waiting", {**values, "days": days})
    promises = desk.engine.state(borrower_id).promises
    if open_ones := [one for one in promises if one.status is PromiseStatus.OPEN]:
        return Reply("plan.promised", values | {"promises": open_ones})
    return Reply("plan.declined" if has(QueueStatus.REJECTED) else "plan.none", values)


@answers("my_promises")
@signed_in
def my_promises(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "我承诺的是多少来着": what was said to be paid on which day, and is still open."""
    promises = desk.engine.state(borrower_id).promises
    still_open = [one for one in promises if one.status is PromiseStatus.OPEN]
    if not still_open:
        return Reply("plan.no_promise")
    return Reply("plan.my_promises", {"name": turn.display_name, "promises": still_open})


def plan_breach(turn: Turn, desk: Desk) -> Reply:
    """What follows when a row is not paid."""
    plan = _current(desk, turn.borrower_id) if turn.borrower_id else None
    if plan is None or plan.status not in RUNNING:
        return _extension_missed(turn, desk) or Reply("plan_breach.general")
    if plan.status is PlanStatus.BROKEN:
        return plan_status(turn, desk)
    breach = desk.engine.negotiation.policy.breach
    return Reply("plan_breach.personal", {"plan": plan, "breach": breach})


@answers("ask_plan_of_before")
def plan_of_before(turn: Turn, desk: Desk) -> Reply:
    """ "上月谈好的方案又没钱了": that none is on record comes first, where none is."""
    told = plan_breach(turn, desk)
    if turn.borrower_id is None or _current(desk, turn.borrower_id) is not None:
        return told
    return told.changed(lead="plan.none", values={**told.values, "name": turn.display_name})


@answers("ask_plan_change")
def plan_change(turn: Turn, desk: Desk) -> Reply:
    """ "想改成每月15号" with a plan that stands: until when it may be taken back."""
    if turn.borrower_id is None:
        return by_intent(turn, desk, "follow_up.plan.change")
    plan = _current(desk, turn.borrower_id)
    stands = plan is not None and plan.status in RUNNING
    if not stands and not desk.engine.withdrawable(turn.borrower_id):
        return by_intent(turn, desk, "follow_up.plan.change")
    told = plan_running(turn, desk, turn.borrower_id)
    return told.changed(key="plan.change")


@answers("ask_plan_trouble")
def plan_trouble(turn: Turn, desk: Desk) -> Reply:
    """ "这期没付怎么办": about the plan of whoever has one, else whatever the intent says."""
    if turn.borrower_id is None:
        return by_intent(turn, desk, "plan_breach.general")
    if (missed := _extension_missed(turn, desk)) is not None:
        return missed
    plan = _current(desk, turn.borrower_id)
    if plan is None:
        return by_intent(turn, desk, "plan_breach.general")
    ahead = plan.status is PlanStatus.ACTIVE and _speaks_of_later(turn)
    return plan_breach(turn, desk) if ahead else plan_status(turn, desk)


def _extension_missed(turn: Turn, desk: Desk) -> Reply | None:
    """What follows when the later day goes by; None where none is agreed on."""
    extended = _extension(turn, desk, turn.borrower_id) if turn.borrower_id else None
    if extended is None:
        return None
    values = {**extended.values, "breach": desk.engine.negotiation.policy.breach}
    return extended.changed(key="plan.extension_trouble", values=values)


def _speaks_of_later(turn: Turn) -> bool:
    """ "到时候要是还不上呢", beside "这期没付怎么办"."""
    return bool(hearing_lexicon().some_day.search(turn.text))


@answers("ask_when_i_pay")
def when_i_pay(turn: Turn, desk: Desk) -> Reply:
    """ "我什么时候还来着": by the plan or the later day that stands, else by the bill."""
    if turn.borrower_id is None:
        return by_intent(turn, desk, "due_date.general")
    plan = _current(desk, turn.borrower_id)
    arranged = plan is not None and plan.status in RUNNING
    if arranged or _extension(turn, desk, turn.borrower_id) is not None:
        return plan_status(turn, desk)
    return by_intent(turn, desk, "due_date.general")


answers("ask_meanwhile")(fixed("follow_up.meanwhile"))
answers("ask_first_part")(fixed("choose.first_part"))

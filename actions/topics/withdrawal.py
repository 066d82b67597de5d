"""Taking back a request that waits for a person, or a plan that was agreed a few days ago."""

from __future__ import annotations

from account_engine.domain.negotiation.withdrawal import WithdrawalRefusal
from account_engine.errors import EngineError
from account_engine.services.offers import NothingToWithdraw, UnknownOffer
from account_engine.services.withdrawal import Withdrawable, WithdrawalRefused
from actions.conversation import memory
from actions.conversation.answering import answers, by_intent
from actions.conversation.desk import Desk
from actions.conversation.foreign_offers import note_foreign_offer
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn

_ABOUT = "withdraw_plan"
_REFUSED = {
    WithdrawalRefusal.COOLING_OFF_OVER: "withdraw.too_late",
    WithdrawalRefusal.FULFILLED: "withdraw.fulfilled",
    WithdrawalRefusal.ENDED: "withdraw.ended",
    WithdrawalRefusal.RELIED_UPON: "withdraw.relied_upon",
}


def withdrawn(turn: Turn, desk: Desk) -> Reply | None:
    """A plain "算了" while a request waits can mean nothing else; None where none waits."""
    if turn.active_form or turn.borrower_id is None:
        return None
    return Reply("withdraw.done") if _withdraw_requests(turn.borrower_id, desk) else None


@answers(_ABOUT)
def withdraw_plan(turn: Turn, desk: Desk) -> Reply:
    """Takes a waiting request back at once; of a plan that stands, shows the effect and asks."""
    if turn.borrower_id is None:
        return by_intent(turn, desk, "withdraw.nothing")
    if taken_back := withdrawn(turn, desk):
        return taken_back
    standing = desk.engine.withdrawable(turn.borrower_id)
    if not standing:
        return by_intent(turn, desk, "withdraw.nothing")
    newest = standing[-1]
    if newest.refusal is not None:
        return _refusal(newest.refusal, newest)
    return Reply(
        "withdraw.confirm",
        {"plan": newest},
        slots={memory.PENDING: {"about": _ABOUT, "offer_id": newest.offer_id}},
    )


@answers(f"yes:{_ABOUT}")
def confirmed(turn: Turn, desk: Desk) -> Reply:
    """Takes the plan back; the engine checks the offer, the borrower and the day again."""
    pending = turn.slots.get(memory.PENDING) or {}
    if turn.borrower_id is None:
        return Reply("withdraw.nothing")
    try:
        done = desk.engine.withdraw_plan(turn.borrower_id, str(pending.get("offer_id")))
    except WithdrawalRefused as refused:
        return _refusal(refused.reason, None)
    except UnknownOffer:
        note_foreign_offer(turn, desk)
        return Reply("withdraw.nothing")
    return Reply("withdraw.plan_done", {"due": done.due_now}, details="quote:due_now")


@answers(f"no:{_ABOUT}")
def kept(turn: Turn, desk: Desk) -> Reply:
    """The plan stays."""
    return Reply("withdraw.kept")


def _refusal(reason: WithdrawalRefusal, plan: Withdrawable | None) -> Reply:
    if plan is None and reason is WithdrawalRefusal.COOLING_OFF_OVER:
        return Reply("withdraw.relied_upon")
    return Reply(_REFUSED.get(reason, "withdraw.nothing"), {"plan": plan})


def _withdraw_requests(borrower_id: str, desk: Desk) -> bool:
    waiting = [one for one in desk.engine.approvals() if one.borrower_id == borrower_id]
    try:
        for item in waiting:
            desk.engine.negotiation.withdraw(borrower_id, item.subject, desk.engine.clock.now())
    except NothingToWithdraw:
        return False  # a person decided in the same moment
    return bool(waiting)


def until_when(desk: Desk, borrower_id: str, offer_id: str) -> Withdrawable | None:
    """How long an agreement that was just made may be taken back; None where it may not."""
    try:
        standing = desk.engine.withdrawable(borrower_id)
    except EngineError:  # the agreement stands; saying less about it is no reason to fail
        return None
    found = (one for one in standing if one.offer_id == offer_id and one.refusal is None)
    return next(found, None)

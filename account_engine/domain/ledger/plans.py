"""Repayment plans: what they take over, how they are kept, when they end.

A plan that was revoked is folded again as if it had never been agreed: what was paid under it
counts on the old rows, and penalty it had stopped is charged from the due date that put it in
breach on (or from the agreement on, if the plan says so).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from account_engine.domain.ledger.book import NEVER, Book
from account_engine.domain.ledger.cure import check_cure
from account_engine.domain.ledger.row import KEPT, Row
from account_engine.domain.ledger.takeover import take_over
from account_engine.domain.ledger.undertakings import PlanBook, Revocation
from account_engine.domain.ledger.waivers import forgive, forgive_ahead
from account_engine.domain.money import Money
from account_engine.domain.payloads import (
    Component,
    PenaltyDuringPlan,
    PlanAgreed,
    PlanLeg,
    PlanScope,
    Waiver,
    WaiversOnBreach,
)
from account_engine.domain.state import (
    PlanRowState,
    PlanRowStatus,
    PlanState,
    PlanStatus,
)
from account_engine.domain.terms import PenaltyOnRevocation

_EARNED_OVER_TIME: Final = (Component.INTEREST, Component.FEE)
"""A plan over the whole balance takes over what is earned of these, due or not."""


class PlanEnded(Exception):
    """A plan was found revoked; the fold has to begin again knowing it."""

    def __init__(self, plan_id: str, account_id: str, revocation: Revocation) -> None:
        super().__init__(plan_id)
        self.plan_id = plan_id
        self.account_id = account_id
        self.revocation = revocation


def agree(book: Book, day: int, event_id: str, agreed: PlanAgreed, leg: PlanLeg) -> None:
    """Put a plan's rows in the place of what it covers."""
    revocation = book.revoked.get(f"{agreed.plan_id}/{book.account_id}")
    if revocation is not None:
        _agree_in_vain(book, day, event_id, agreed, leg, revocation)
        return
    plan_rows = take_over(book, day, event_id, agreed, leg)
    book.plans.append(PlanBook(event_id, agreed, leg, day, plan_rows))
    for row in plan_rows:
        book.ring(row.due + agreed.cure_days)
    if book.recall.noticed_on is not None:
        check_cure(book, day)


def _agree_in_vain(
    book: Book, day: int, event_id: str, agreed: PlanAgreed, leg: PlanLeg, ended: Revocation
) -> None:
    book.plans.append(PlanBook(event_id, agreed, leg, day, [], frozen=ended.state))
    for component, amount in ended.earned:
        left = forgive(book, day, event_id, Waiver(agreed.plan_id, component, amount))
        if left and agreed.scope is PlanScope.WHOLE_BALANCE and component in _EARNED_OVER_TIME:
            forgive_ahead(book, day, event_id, component, left)
    rule = book.rules.terms.plan.penalty_on_revocation
    if agreed.penalty is PenaltyDuringPlan.CHARGED_IF_REVOKED:
        return
    if rule is PenaltyOnRevocation.FROM_BREACH and ended.breached_on > day:
        for row in book.open:
            if row.due <= day or agreed.scope is PlanScope.WHOLE_BALANCE:
                row.pauses = (*row.pauses, (day, ended.breached_on))


def is_running(plan: PlanBook) -> bool:
    """Whether a plan still has rows to be paid."""
    return plan.frozen is None and plan.completed_on is None


def complete(plan: PlanBook) -> None:
    """Mark a plan whose rows are all paid (or taken over by a later plan or a recall)."""
    if is_running(plan) and all(
        row.settled_on is not None or row.fate != KEPT for row in plan.rows
    ):
        plan.completed_on = max((row.settled_on or 0 for row in plan.rows), default=0)
        plan.completed_on = max(plan.completed_on, plan.agreed_on)


def breaching_row(plan: PlanBook, day: int) -> Row | None:
    """The late row that puts a plan in breach: the first, or as many as it allows to be late."""
    left = plan.agreed.missed_rows
    for row in plan.rows:
        if row.due < day and row.settled_on is None and row.fate == KEPT:
            left -= 1
            if not left:
                return row
    return None


def end_of_day(book: Book, day: int) -> None:
    """Complete plans whose rows are all paid; end those whose cure period ran out."""
    for plan in book.plans:
        complete(plan)
        if not is_running(plan):
            continue
        row = breaching_row(plan, day)
        if row is None or row.due + plan.agreed.cure_days > day:
            continue
        if book.cured_plans.get(plan.agreed.plan_id, 0) > row.due:
            continue
        revoke(book, plan, row.due, day + 1)


def revoke(book: Book, plan: PlanBook, breached_on: int, day: int) -> None:
    """End a plan. Raises PlanEnded, which starts the fold again without it."""
    state = plan_state(plan, day, PlanStatus.REVOKED, day)
    ended = Revocation(breached_on, state, _earned(plan))
    raise PlanEnded(plan.agreed.plan_id, book.account_id, ended)


def _earned(plan: PlanBook) -> tuple[tuple[Component, Money], ...]:
    """What stays waived: the share of the rows paid in full, rounded down to whole fen."""
    if plan.agreed.waivers is WaiversOnBreach.REVOKED:
        return ()
    whole = sum(_asked(row) for row in plan.rows)
    paid = sum(_asked(row) for row in plan.rows if row.settled_on is not None)
    if not paid:
        return ()
    return tuple((part, Money(amount.fen * paid // whole)) for part, amount in plan.leg.waived)


def _asked(row: Row) -> int:
    return row.principal + row.interest + row.fee + row.posted


def next_deadline(book: Book, after: int) -> int:
    """The next day at whose end a running plan may end."""
    nearest = NEVER
    for plan in book.plans:
        if is_running(plan):
            for row in plan.rows:
                if row.settled_on is None and row.due + plan.agreed.cure_days > after:
                    nearest = min(nearest, row.due + plan.agreed.cure_days)
                    break
    return nearest


def plan_state(plan: PlanBook, day: int, status: PlanStatus, ended: int | None) -> PlanState:
    """A plan as it stands on a day."""
    rows = tuple(_row_state(row, day, status) for row in plan.rows)
    todo = [row for row in rows if row.status is not PlanRowStatus.PAID]
    running = status in (PlanStatus.ACTIVE, PlanStatus.BROKEN)
    missed = breaching_row(plan, day) if running else None
    return PlanState(
        plan_id=plan.agreed.plan_id,
        tool=plan.agreed.tool,
        status=status,
        agreed_on=date.fromordinal(plan.agreed_on),
        rows=rows,
        remaining_rows=len(todo) if running else 0,
        next_due=todo[0].due if todo and running else None,
        next_amount=Money(todo[0].amount.fen - todo[0].paid.fen if todo and running else 0),
        cure_until=date.fromordinal(missed.due + plan.agreed.cure_days) if missed else None,
        ended_on=date.fromordinal(ended) if ended else None,
        waived_on_completion=Money.total(amount for _, amount in plan.leg.waived),
        offer_id=plan.agreed.offer_id,
    )


def _row_state(row: Row, day: int, status: PlanStatus) -> PlanRowState:
    paid = row.paid_principal + row.paid_interest + row.paid_fee + row.paid_penalty
    if row.settled_on is not None:
        state = PlanRowStatus.PAID
    elif row.due < day:
        state = PlanRowStatus.MISSED
    elif status is PlanStatus.REVOKED:
        state = PlanRowStatus.CANCELLED
    elif row.due == day:
        state = PlanRowStatus.DUE_TODAY
    else:
        state = PlanRowStatus.UPCOMING
    amount = row.principal + row.interest + row.fee + row.posted + row.segments_total
    return PlanRowState(row.number, date.fromordinal(row.due), Money(amount), Money(paid), state)

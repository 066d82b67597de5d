"""Repayment plans: what they take over, how they are kept, when they end.

A plan that was revoked is folded again as if it had never been agreed: what was paid under it
counts on the old rows, and penalty it had stopped is charged from the missed due date on (or from
the agreement on, if the plan says so).
"""

from __future__ import annotations

from datetime import date

from account_engine.domain.ledger.accrual import penalty_owed, post_carry, post_penalty
from account_engine.domain.ledger.book import NEVER, Book, PlanBook, Revocation
from account_engine.domain.ledger.cap import reductions
from account_engine.domain.ledger.earned import stop_earning
from account_engine.domain.ledger.projection import project
from account_engine.domain.ledger.row import IN_PLAN, KEPT, Line, Row
from account_engine.domain.money import Money
from account_engine.domain.payloads import (
    Component,
    PenaltyDuringPlan,
    PlanAgreed,
    PlanLeg,
    PlanScope,
)
from account_engine.domain.state import (
    PlanRowState,
    PlanRowStatus,
    PlanState,
    PlanStatus,
    RowOrigin,
)
from account_engine.domain.terms import FeeOnRecall, PenaltyOnRevocation


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
    project(book, day)
    rows = _covered(book, day, agreed.scope)
    line = book.line(agreed.plan_id, RowOrigin.PLAN, day, event_id)
    moved = _Moved(book, rows, day, agreed, leg, line)
    moved.run()
    plan_rows = _plan_rows(book, line, day, event_id, leg, moved)
    book.plans.append(PlanBook(event_id, agreed, leg, day, plan_rows))
    for row in plan_rows:
        book.ring(row.due + agreed.cure_days)
    if book.recall.noticed_on is not None:
        book.check_cure(day)


def _covered(book: Book, day: int, scope: PlanScope) -> list[Row]:
    if scope is PlanScope.WHOLE_BALANCE:
        for row in book.open:
            if row.carry_from:
                post_carry(row, day, book.rules, book.pauses)
        stop_earning(book, day, FeeOnRecall.DROP, list(book.earning_lines()))
        return list(book.open)
    return [row for row in book.open if row.due <= day]


class _Moved:
    """Takes open amounts off covered rows, as far as the plan's rows and waivers account for."""

    def __init__(
        self, book: Book, rows: list[Row], day: int, agreed: PlanAgreed, leg: PlanLeg, line: Line
    ) -> None:
        self.book, self.rows, self.day, self.line = book, rows, day, line
        self.principal_only = agreed.scope is PlanScope.PRINCIPAL_ARREARS
        waived = {component: amount.fen for component, amount in leg.waived}
        self.want_principal = _sum(leg, Component.PRINCIPAL) + waived.get(Component.PRINCIPAL, 0)
        self.want_interest = _sum(leg, Component.INTEREST) + waived.get(Component.INTEREST, 0)
        self.want_fee = _sum(leg, Component.FEE) + waived.get(Component.FEE, 0)
        self.want_penalty = _sum(leg, Component.PENALTY) + waived.get(Component.PENALTY, 0)
        self.principal = self.charges = 0

    def run(self) -> None:
        """Move, and close what is empty."""
        cuts = reductions(self.book, self.day)
        for row in self.rows:
            post_penalty(row, self.day, self.book.rules, self.book.pauses)
            if row.carry_from:
                post_carry(row, self.day, self.book.rules, self.book.pauses)
        for row in self.rows:
            self._move_principal(row)
            if not self.principal_only:
                self._move_charges(row, cuts.get(row, 0))
            self._close(row, cuts.get(row, 0))
        self.line.carried_charges = self.charges

    def _move_principal(self, row: Row) -> None:
        part = min(row.open_principal, self.want_principal - self.principal)
        row.open_principal -= part
        row.line.change(-part, self.day)
        self.book.open_principal -= part
        self.principal += part

    def _move_charges(self, row: Row, cut: int) -> None:
        interest = min(row.open_interest, self.want_interest)
        row.open_interest -= interest
        self.want_interest -= interest
        fee = min(row.open_fee, self.want_fee)
        row.open_fee -= fee
        self.want_fee -= fee
        owed = penalty_owed(row, self.day, self.book.rules, self.book.pauses) - cut
        penalty = min(owed, self.want_penalty)
        row.moved_penalty += penalty
        self.want_penalty -= penalty
        row.line.paid_charges += interest + fee + penalty
        row.line.paid_penalty += penalty
        self.charges += interest + fee + penalty

    def _close(self, row: Row, cut: int) -> None:
        if row.open_principal or row.open_interest or row.open_fee:
            return
        owed = penalty_owed(row, self.day, self.book.rules, self.book.pauses)
        if owed > cut:
            return
        row.capped += owed
        row.fate = IN_PLAN
        row.carry_from = 0
        if self.day > row.due:
            self.book.late_episodes.append((row.due, self.day))
        self.book.open.remove(row)


def _sum(leg: PlanLeg, component: Component) -> int:
    return sum(getattr(row, component.value).fen for row in leg.rows)


def _plan_rows(
    book: Book, line: Line, day: int, event_id: str, leg: PlanLeg, moved: _Moved
) -> list[Row]:
    """Rows as agreed; principal that is not there to be re-aged comes off the last rows."""
    waived = sum(amount.fen for part, amount in leg.waived if part is Component.PRINCIPAL)
    excess = _sum(leg, Component.PRINCIPAL) - max(0, moved.principal - waived)
    rows: list[Row] = []
    start = day
    for agreed in leg.rows:
        due = agreed.due.toordinal()
        row = Row(
            f"{line.line_id}/{agreed.number}", agreed.number, RowOrigin.PLAN, line, due, due,
            agreed.principal.fen, agreed.interest.fen, agreed.fee.fen, event_id,
            book.rules.grace_lag,
        )  # fmt: skip
        row.posted = agreed.penalty.fen
        row.owed_interest, row.owed_fee = agreed.interest_owed.fen, agreed.fee_owed.fen
        row.period_start = start
        start = due
        rows.append(row)
    for row in reversed(rows):
        cut = min(max(0, excess), row.principal)
        row.principal -= cut
        row.open_principal -= cut
        excess -= cut
    for row in rows:
        book.add_row(row, day)
        if not (row.open_principal or row.open_interest or row.open_fee or row.posted):
            book.settle(row, day)  # nobody can miss a row of nothing
    return rows


def _agree_in_vain(
    book: Book, day: int, event_id: str, agreed: PlanAgreed, leg: PlanLeg, ended: Revocation
) -> None:
    book.plans.append(PlanBook(event_id, agreed, leg, day, [], frozen=ended.state))
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


def missed_row(plan: PlanBook, day: int) -> Row | None:
    """The oldest plan row whose due date passed unpaid."""
    for row in plan.rows:
        if row.due < day and row.settled_on is None and row.fate == KEPT:
            return row
    return None


def end_of_day(book: Book, day: int) -> None:
    """Complete plans whose rows are all paid; end those whose cure period ran out."""
    for plan in book.plans:
        complete(plan)
        if not is_running(plan):
            continue
        row = missed_row(plan, day)
        if row is None or row.due + plan.agreed.cure_days > day:
            continue
        if book.cured_plans.get(plan.agreed.plan_id, 0) > row.due:
            continue
        revoke(book, plan, row.due, day + 1)


def revoke(book: Book, plan: PlanBook, breached_on: int, day: int) -> None:
    """End a plan. Raises PlanEnded, which starts the fold again without it."""
    state = plan_state(plan, day, PlanStatus.REVOKED, day)
    raise PlanEnded(plan.agreed.plan_id, book.account_id, Revocation(breached_on, day, state))


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
    missed = missed_row(plan, day) if running else None
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

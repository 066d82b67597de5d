"""What a plan takes over: open amounts leave the rows it covers and come back in its own rows."""

from __future__ import annotations

from account_engine.domain.ledger.accrual import penalty_owed, post_carry, post_penalty
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.cap import reductions
from account_engine.domain.ledger.earned import stop_earning
from account_engine.domain.ledger.projection import project
from account_engine.domain.ledger.row import IN_PLAN, Line, Row
from account_engine.domain.payloads import Component, PlanAgreed, PlanLeg, PlanScope
from account_engine.domain.state import RowOrigin
from account_engine.domain.terms import FeeOnRecall


def take_over(book: Book, day: int, event_id: str, agreed: PlanAgreed, leg: PlanLeg) -> list[Row]:
    """Put a plan's rows in the place of what it covers; returns them."""
    project(book, day)
    rows = _covered(book, day, agreed.scope)
    line = book.line(agreed.plan_id, RowOrigin.PLAN, day, event_id)
    moved = _Moved(book, rows, day, agreed, leg, line)
    moved.run()
    return _plan_rows(book, line, day, event_id, leg, moved)


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

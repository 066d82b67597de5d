"""What a plan takes over: open amounts leave the rows it covers and come back in its own rows."""

from __future__ import annotations

from account_engine.domain.ledger.accrual import penalty_owed, post_carry, post_penalty
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.cap import reductions
from account_engine.domain.ledger.earned import stop_earning
from account_engine.domain.ledger.projection import project
from account_engine.domain.ledger.row import IN_PLAN, Line, Row
from account_engine.domain.money import Money
from account_engine.domain.payloads import Component, PlanAgreed, PlanLeg, PlanScope
from account_engine.domain.state import RowOrigin
from account_engine.domain.terms import FeeOnRecall

_PARTS = (Component.PRINCIPAL, Component.INTEREST, Component.FEE, Component.PENALTY)


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
    past = [row for row in book.open if row.due < day]
    return past or [row for row in book.open if row.due == day]


class _Moved:
    """Takes open amounts off covered rows, as far as the plan's rows and waivers account for.

    Attributes:
        missing: of what the plan's rows took for owed, what was not there, by component, in fen.
    """

    def __init__(
        self, book: Book, rows: list[Row], day: int, agreed: PlanAgreed, leg: PlanLeg, line: Line
    ) -> None:
        self.book, self.rows, self.day, self.line = book, rows, day, line
        self.principal_only = agreed.scope is PlanScope.PRINCIPAL_ARREARS
        self.waived = {component: amount.fen for component, amount in leg.waived}
        self.owed = _owed(leg)
        self.moved = dict.fromkeys(_PARTS, 0)
        self.missing = dict.fromkeys(_PARTS, 0)

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
        charges = sum(self.moved.values()) - self.moved[Component.PRINCIPAL]
        self.line.carried_charges = charges
        for part in _PARTS[:1] if self.principal_only else _PARTS:
            taken = max(0, self.moved[part] - self.waived.get(part, 0))
            self.missing[part] = max(0, self.owed[part] - taken)

    def _take(self, part: Component, open_amount: int) -> int:
        """As much of an open amount as the plan still accounts for."""
        wanted = self.owed[part] + self.waived.get(part, 0) - self.moved[part]
        taken = min(open_amount, wanted)
        self.moved[part] += taken
        return taken

    def _move_principal(self, row: Row) -> None:
        part = self._take(Component.PRINCIPAL, row.open_principal)
        row.open_principal -= part
        row.line.change(-part, self.day)
        self.book.open_principal -= part

    def _move_charges(self, row: Row, cut: int) -> None:
        interest = self._take(Component.INTEREST, row.open_interest)
        row.open_interest -= interest
        fee = self._take(Component.FEE, row.open_fee)
        row.open_fee -= fee
        owed = penalty_owed(row, self.day, self.book.rules, self.book.pauses) - cut
        penalty = self._take(Component.PENALTY, owed)
        row.moved_penalty += penalty
        row.line.paid_charges += interest + fee + penalty
        row.line.paid_penalty += penalty

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


def _owed(leg: PlanLeg) -> dict[Component, int]:
    """What a plan's rows take for owed when it is agreed, in fen."""
    interest, fee = 0, 0
    said = any(row.interest_owed is not None or row.fee_owed is not None for row in leg.rows)
    for row in leg.rows:
        interest += _fen(row.interest_owed) if said else row.interest.fen
        fee += _fen(row.fee_owed) if said else row.fee.fen
    return {
        Component.PRINCIPAL: sum(row.principal.fen for row in leg.rows),
        Component.INTEREST: interest,
        Component.FEE: fee,
        Component.PENALTY: sum(row.penalty.fen for row in leg.rows),
    }


def _fen(amount: Money | None) -> int:
    return 0 if amount is None else amount.fen


def _plan_rows(
    book: Book, line: Line, day: int, event_id: str, leg: PlanLeg, moved: _Moved
) -> list[Row]:
    """Rows as agreed; what was taken for owed and is not comes off the last rows."""
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
        row.owed_interest, row.owed_fee = _fen(agreed.interest_owed), _fen(agreed.fee_owed)
        row.period_start = start
        start = due
        rows.append(row)
    _leave_out(rows, moved.missing)
    for row in rows:
        book.add_row(row, day)
        if not (row.open_principal or row.open_interest or row.open_fee or row.posted):
            book.settle(row, day)  # nobody can miss a row of nothing
    return rows


def _leave_out(rows: list[Row], missing: dict[Component, int]) -> None:
    """Take what was paid or given up before, by events that came in late, off the last rows."""
    left = dict(missing)
    for row in reversed(rows):
        principal = min(left[Component.PRINCIPAL], row.principal)
        row.principal -= principal
        row.open_principal -= principal
        interest = min(left[Component.INTEREST], row.owed_interest)
        row.owed_interest -= interest
        row.interest -= interest
        row.open_interest -= interest
        fee = min(left[Component.FEE], row.owed_fee)
        row.owed_fee -= fee
        row.fee -= fee
        row.open_fee -= fee
        penalty = min(left[Component.PENALTY], row.posted)
        row.posted -= penalty
        for part, taken in zip(_PARTS, (principal, interest, fee, penalty), strict=True):
            left[part] -= taken

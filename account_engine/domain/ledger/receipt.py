"""Money on its way into rows: each cell of the order of allocation, paid as far as it goes."""

from __future__ import annotations

from account_engine.domain.ledger.accrual import post_carry, post_penalty
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.cap import shared_out, unpaid_penalties
from account_engine.domain.ledger.earned import drop_unearned, future_rows, interest_by
from account_engine.domain.ledger.minimum import minimum_open
from account_engine.domain.ledger.precedence import come_due, give_way
from account_engine.domain.ledger.repayment import close_if_settled, pay_principal, repay_for
from account_engine.domain.ledger.row import Row
from account_engine.domain.ledger.rules import FEE, INTEREST, MINIMUM, PENALTY, PRINCIPAL, Step


class Receipt:
    """Money on its way into the books on one day.

    Attributes:
        left: fen not used yet.
        taken: fen that went to principal, interest, fee and penalty, in that order.
        askable: penalty of rows that can be asked for today.
        touched: rows that something was paid on.
    """

    __slots__ = ("askable", "book", "cuts", "day", "event_id", "left", "taken", "touched")

    def __init__(self, book: Book, day: int, amount: int, event_id: str) -> None:
        self.book = book
        self.day = day
        self.left = amount
        self.event_id = event_id
        self.taken = [0, 0, 0, 0]
        self.askable: dict[Row, int] = {}
        self.cuts: dict[Row, int] = {}
        self.touched: list[Row] = []

    def run(self, steps: tuple[Step, ...], groups: tuple[list[Row], list[Row], list[Row]]) -> None:
        """Go through the cells in order until the money is used up."""
        self._find_penalties()
        for timing, components, by_row in steps:
            rows = groups[timing]
            if not rows:
                continue
            if by_row:
                for row in rows:
                    self._pay_cells([row], components)
                    if not self.left:
                        break
            else:
                self._pay_cells(rows, components)
            if not self.left:
                break
        self._finish()

    def _pay_cells(self, rows: list[Row], components: tuple[int, ...]) -> None:
        """Pay the components of rows in order, each across all rows."""
        for component in components:
            if component == PENALTY:
                if self.askable:
                    self._penalty(rows)
            elif component == PRINCIPAL:
                self._principals(rows)
            elif component == MINIMUM:
                self._minimum(rows)
            elif component == FEE:
                self._fees(rows)
            else:
                self._interests(rows)
            if not self.left:
                return

    def _principals(self, rows: list[Row]) -> None:
        for row in rows:
            if row.open_principal:
                self._principal(row, row.open_principal)

    def _fees(self, rows: list[Row]) -> None:
        for row in rows:
            if row.open_fee:
                self._fee(row)

    def _interests(self, rows: list[Row]) -> None:
        for row in rows:
            if row.open_interest or row.carry_from:
                self._interest(row)

    def _minimum(self, rows: list[Row]) -> None:
        for row in rows:
            if not row.takes_minimum:
                if row.open_principal:
                    self._principal(row, row.open_principal)
            elif row.open_principal:
                rest = row.open_interest + row.open_fee
                self._principal(row, max(0, minimum_open(self.book.rules, row) - rest))

    def _find_penalties(self) -> None:
        book, day = self.book, self.day
        self.askable = unpaid_penalties(book, day)
        if self.askable:
            self.cuts = shared_out(book, self.askable, day)
            for row, cut in self.cuts.items():
                self.askable[row] -= cut
            if book.pending_waivers:
                self._hold(book.held_penalty(day))

    def _hold(self, held: int) -> None:
        for row, amount in self.askable.items():
            part = min(held, amount)
            self.askable[row] -= part
            held -= part

    def _take(self, row: Row, component: int, part: int) -> None:
        self.left -= part
        self.taken[component] += part
        if row.events[-1] != self.event_id:
            row.events.append(self.event_id)
        if not self.touched or self.touched[-1] is not row:
            self.touched.append(row)

    def _principal(self, row: Row, wanted: int) -> None:
        part = min(wanted, self.left)
        if part:
            pay_principal(self.book, row, part, self.day)
            self._take(row, PRINCIPAL, part)

    def _give_way(self, row: Row) -> None:
        """Charges paid before they are due come in when they are paid."""
        if row.due > self.day and (self.askable or row.line.paid_penalty):
            come_due(self.book, [row], self.day)

    def _interest(self, row: Row) -> None:
        if row.line.by_balance and row.original_due > self.day:
            self._interest_that_ran(row)
            self._principal_for_interest(row)
            return
        self._give_way(row)
        if row.carry_from:
            post_carry(row, self.day, self.book.rules, self.book.pauses)
        part = min(row.open_interest, self.left)
        if part:
            if self.book.rules.base_interest:
                post_penalty(row, self.day, self.book.rules, self.book.pauses)
            row.open_interest -= part
            row.paid_interest += part
            self._charge_paid(row, INTEREST, part)

    def _interest_that_ran(self, row: Row) -> None:
        """Pay ahead of a row's due date what ran by today of the interest it will ask for."""
        book, day = self.book, self.day
        if self.askable or row.line.paid_penalty:
            give_way(book, day, {row: (interest_by(row, day), 0)})
        part = min(interest_by(row, day), self.left)
        if part:
            row.open_interest -= part
            row.paid_interest += part
            self._charge_paid(row, INTEREST, part)

    def _principal_for_interest(self, row: Row) -> None:
        """Repay principal with what a payment brings for interest that has not run yet.

        The row asks for that much less. The principal comes off the last rows.
        """
        wanted = min(row.open_interest, self.left, row.line.principal)
        for other in reversed(future_rows(row.line, self.day)):
            part = min(wanted, other.open_principal)
            if part:
                repay_for(self.book, row, other, part, self.day)
                self._take(row, PRINCIPAL, part)
                wanted -= part

    def _fee(self, row: Row) -> None:
        self._give_way(row)
        part = min(row.open_fee, self.left)
        if not part:
            return
        if self.book.rules.base_fee:
            post_penalty(row, self.day, self.book.rules, self.book.pauses)
        row.open_fee -= part
        row.paid_fee += part
        self._charge_paid(row, FEE, part)

    def _charge_paid(self, row: Row, component: int, part: int) -> None:
        row.line.paid_charges += part
        if row.due > self.day:
            self.book.paid_ahead += part
        self._take(row, component, part)

    def _penalty(self, rows: list[Row]) -> None:
        askable = self.askable
        if not askable:
            return
        for row in rows:
            part = askable.get(row, 0)
            if part:
                if not self.left:
                    return
                part = min(part, self.left)
                askable[row] -= part
                row.paid_penalty += part
                row.line.paid_charges += part
                row.line.paid_penalty += part
                self._take(row, PENALTY, part)

    def _finish(self) -> None:
        for line in {row.line: None for row in self.touched if row.line.by_balance}:
            if not line.principal:
                drop_unearned(self.book, line, self.day)
        for row in self.touched:
            if row.settled_on is None and not (
                row.open_principal or row.open_interest or row.open_fee
            ):
                close_if_settled(self.book, row, self.day, self.cuts.get(row, 0))
        self.touched = []

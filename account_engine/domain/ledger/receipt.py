"""Money on its way into rows: each cell of the order of allocation, paid as far as it goes."""

from __future__ import annotations

from account_engine.domain.ledger.accrual import penalty_owed, post_carry, post_penalty
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.cap import shared_out, unpaid_penalties
from account_engine.domain.ledger.earned import accrue, future_rows
from account_engine.domain.ledger.minimum import minimum_open
from account_engine.domain.ledger.precedence import come_due
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
        for row in self.touched:
            if row.settled_on is None and not (
                row.open_principal or row.open_interest or row.open_fee
            ):
                close_if_settled(self.book, row, self.day, self.cuts.get(row, 0))
        self.touched = []


def pay_principal(book: Book, row: Row, part: int, day: int) -> None:
    """Reduce a row's principal after closing the stretches that were charged on it."""
    if day > row.accrued_to and book.rules.base_principal:
        post_penalty(row, day, book.rules, book.pauses)
    if row.carry_from:
        post_carry(row, day, book.rules, book.pauses)
    line = row.line
    if row.due > day and line.price is not None:
        accrue(line, future_rows(line, day), day)
    row.open_principal -= part
    row.paid_principal += part
    row.cycle_principal += part
    line.change(-part, day)
    book.open_principal -= part


def close_if_settled(book: Book, row: Row, day: int, cut: int) -> None:
    """Settle a row without open principal, interest and fee once no penalty can be asked for."""
    if row.settled_on is not None or row.open_interest:
        return
    owed = penalty_owed(row, day, book.rules, book.pauses)
    if owed > cut:
        return
    row.capped += owed
    book.settle(row, day)

"""Where money goes: the terms' ordered cells of timing × component, oldest due date first."""

from __future__ import annotations

from account_engine.domain.ledger.accrual import penalty_owed, post_carry, post_penalty
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.cap import reductions
from account_engine.domain.ledger.row import Row
from account_engine.domain.ledger.rules import FEE, INTEREST, PRINCIPAL, Step

_LONGEST_STATEMENT_LEAD = 62


class Receipt:
    """Money on its way into the books on one day.

    Attributes:
        left: fen not used yet.
        taken: fen that went to principal, interest, fee and penalty, in that order.
        cuts: what the cap takes off each row's penalty today.
    """

    __slots__ = ("book", "cuts", "day", "event_id", "left", "taken")

    def __init__(self, book: Book, day: int, amount: int, event_id: str) -> None:
        self.book = book
        self.day = day
        self.left = amount
        self.event_id = event_id
        self.taken = [0, 0, 0, 0]
        self.cuts: dict[Row, int] = {}

    def take(self, row: Row, component: int) -> None:
        """Pay as much of one component of a row as there is money for."""
        part = min(self.left, self._askable(row, component))
        if not part:
            return
        if component == PRINCIPAL:
            pay_principal(self.book, row, part, self.day)
        elif component == INTEREST:
            self._pay_interest(row, part)
        elif component == FEE:
            self._pay_fee(row, part)
        else:
            row.paid_penalty += part
            row.line.paid_charges += part
        self.left -= part
        self.taken[component] += part
        if row.events[-1] != self.event_id:
            row.events.append(self.event_id)

    def _askable(self, row: Row, component: int) -> int:
        """What can be asked for one component of a row today, in fen."""
        if component == PRINCIPAL:
            return row.open_principal
        if component == FEE:
            return row.open_fee
        if component == INTEREST:
            if row.carry_from:
                post_carry(row, self.day, self.book.rules, self.book.pauses)
            return row.open_interest
        owed = penalty_owed(row, self.day, self.book.rules, self.book.pauses)
        return owed - self.cuts.get(row, 0) if owed else 0

    def _pay_interest(self, row: Row, part: int) -> None:
        if self.book.rules.base_interest:
            post_penalty(row, self.day, self.book.rules, self.book.pauses)
        row.open_interest -= part
        row.paid_interest += part
        row.cycle_paid += part
        row.line.paid_charges += part

    def _pay_fee(self, row: Row, part: int) -> None:
        if self.book.rules.base_fee:
            post_penalty(row, self.day, self.book.rules, self.book.pauses)
        row.open_fee -= part
        row.paid_fee += part
        row.cycle_paid += part
        row.line.paid_charges += part

    def run(self, steps: tuple[Step, ...], groups: tuple[list[Row], list[Row], list[Row]]) -> None:
        """Go through the cells in order until the money is used up."""
        if groups[0]:
            self.cuts = reductions(self.book, groups[0] + groups[1], self.day)
        for timing, components, by_row in steps:
            rows = groups[timing]
            if not rows:
                continue
            if by_row:
                self._by_row(rows, components)
            else:
                self._by_component(rows, components)
            if not self.left:
                break
        self._close(groups)

    def _by_row(self, rows: list[Row], components: tuple[int, ...]) -> None:
        for row in rows:
            for component in components:
                self.take(row, component)
                if not self.left:
                    return

    def _by_component(self, rows: list[Row], components: tuple[int, ...]) -> None:
        for component in components:
            for row in rows:
                self.take(row, component)
                if not self.left:
                    return

    def _close(self, groups: tuple[list[Row], list[Row], list[Row]]) -> None:
        for group in groups:
            for row in group:
                if not (row.open_principal or row.open_interest or row.open_fee):
                    close_if_settled(self.book, row, self.day, self.cuts.get(row, 0))


def pay_principal(book: Book, row: Row, part: int, day: int) -> None:
    """Reduce a row's principal after closing the stretches that were charged on it."""
    if book.rules.base_principal:
        post_penalty(row, day, book.rules, book.pauses)
    if row.carry_from:
        post_carry(row, day, book.rules, book.pauses)
    row.open_principal -= part
    row.paid_principal += part
    row.cycle_paid += part
    row.cycle_principal += part
    row.line.change(-part, day)
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


def classify(book: Book, day: int, only: str | None) -> tuple[list[Row], list[Row], list[Row]]:
    """Open rows that are past due, due (today, or billed), and in advance, oldest first."""
    past: list[Row] = []
    due: list[Row] = []
    later: list[Row] = []
    horizon = day + _LONGEST_STATEMENT_LEAD
    for index, row in enumerate(book.open):
        if row.due > horizon:
            later += book.open[index:]
            break
        if row.due < day:
            past.append(row)
        elif row.due == day or row.statement_on <= day:
            due.append(row)
        else:
            later.append(row)
    if only is None:
        return past, due, later
    return _named(past, only), _named(due, only), _named(later, only)


def _named(rows: list[Row], name: str) -> list[Row]:
    return [row for row in rows if name in (row.line.line_id, row.key)]


def allocate(book: Book, day: int, amount: int, event_id: str, only: str | None = None) -> int:
    """Spend money on open rows and note where it went.

    Args:
        book: the account's books, awake to `day`.
        day: the value date.
        amount: fen received.
        event_id: the payment.
        only: line or row the borrower named; what is left after it goes the ordinary way.

    Returns:
        Fen that no row could take.
    """
    receipt = Receipt(book, day, amount, event_id)
    steps = book.steps_on(day)
    if only is not None:
        receipt.run(steps, classify(book, day, only))
    if receipt.left:
        receipt.run(steps, classify(book, day, None))
    note(book, receipt, amount - receipt.left, 0)
    return receipt.left


def note(book: Book, receipt: Receipt, amount: int, credit: int) -> None:
    """Keep where money went, for the payment history."""
    principal, interest, fee, penalty = receipt.taken
    book.allocations.append(
        (
            receipt.event_id,
            receipt.day,
            amount + credit,
            principal,
            interest,
            fee,
            penalty,
            0,
            credit,
        )
    )

"""Where money goes: the terms' ordered cells of timing × component, oldest due date first."""

from __future__ import annotations

from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.receipt import Receipt
from account_engine.domain.ledger.row import Row

_LONGEST_STATEMENT_LEAD = 62


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

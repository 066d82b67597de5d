"""Principal that is repaid on a row, and rows that owe nothing any more."""

from __future__ import annotations

from account_engine.domain.ledger.accrual import penalty_owed, post_carry, post_penalty
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.earned import accrue, future_rows
from account_engine.domain.ledger.row import Row


def pay_principal(book: Book, row: Row, part: int, day: int) -> None:
    """Reduce a row's principal after closing the stretches that were charged on it."""
    if day > row.accrued_to and book.rules.base_principal:
        post_penalty(row, day, book.rules, book.pauses)
    if row.carry_from:
        post_carry(row, day, book.rules, book.pauses)
    line = row.line
    if row.original_due > day and line.price is not None:
        accrue(line, future_rows(line, day), day)
    row.open_principal -= part
    row.paid_principal += part
    row.cycle_principal += part
    line.change(-part, day)
    book.open_principal -= part


def repay_for(book: Book, row: Row, other: Row, part: int, day: int) -> None:
    """Repay principal of a row on account of an earlier one, which asks for less interest.

    Args:
        book: the books, awake and projected to `day`.
        row: the row that is paid ahead, on its actual balance.
        other: the row whose principal is repaid; it may be the same.
        part: fen.
        day: value date.
    """
    pay_principal(book, other, part, day)
    row.ahead += part
    row.interest -= part
    row.open_interest -= part


def close_if_settled(book: Book, row: Row, day: int, cut: int) -> None:
    """Settle a row without open principal, interest and fee once no penalty can be asked for."""
    if row.settled_on is not None or row.open_interest:
        return
    owed = penalty_owed(row, day, book.rules, book.pauses)
    if owed > cut:
        return
    row.capped += owed
    book.settle(row, day)

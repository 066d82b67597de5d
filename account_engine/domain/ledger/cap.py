"""The cap on interest, penalty and fees together since a debt was drawn.

Scheduled interest and fees are within the cap by their price, which is checked when a debt is
drawn; what can exceed it is penalty. A reduction is not booked while principal is open: it is what
the charges exceed the cap by on a day, so that one history always gives one answer. Penalty that
was paid stayed within the cap when it was paid, and the cap only grows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from account_engine.domain.ledger.accrual import penalty_owed, running_carry
from account_engine.domain.ledger.row import Line, Row

if TYPE_CHECKING:
    from account_engine.domain.ledger.book import Book


def allowed_charges(book: Book, line: Line, day: int) -> int | None:
    """What may have been charged on a line up to a day, in fen rounded down; None: no cap."""
    if book.rules.cap is None:
        return None
    numerator, denominator = book.rules.cap
    return line.carried_charges + line.principal_days_at(day) * numerator // denominator


def charged(
    book: Book, line: Line, day: int, known: dict[Row, int] | None = None
) -> tuple[int, int]:
    """Charges on a line up to a day in fen: (in all, of which unpaid penalty).

    Args:
        book: the account's books.
        line: the line of debt.
        day: the day of the question.
        known: unpaid penalty of rows, where the caller has it.
    """
    total, penalty = line.paid_charges, 0
    known = known or {}
    rules, pauses = book.rules, book.pauses
    for row in book.open:
        if row.line is not line:
            continue
        if row.due > day and not row.carry_from and not row.posted:
            continue
        owed = known.get(row)
        if owed is None:
            owed = penalty_owed(row, day, rules, pauses)
        penalty += owed
        total += owed
        if row.due <= day or row.carry_from:
            total += row.open_interest + row.open_fee
        if row.carry_from:
            total += sum(item.amount for item in running_carry(row, day, rules, pauses))
    return total, penalty


def reduction(book: Book, line: Line, day: int, known: dict[Row, int] | None = None) -> int:
    """By how many fen the unpaid penalty of a line exceeds what the cap still allows."""
    allowed = allowed_charges(book, line, day)
    if allowed is None:
        return 0
    total, penalty = charged(book, line, day, known)
    return min(penalty, max(0, total - allowed))


def headroom(book: Book, day: int) -> int | None:
    """How much more could have been charged on lines that owe principal; None: no cap."""
    if book.rules.cap is None:
        return None
    room = 0
    for line in book.lines.values():
        allowed = allowed_charges(book, line, day) if line.principal else None
        if allowed is not None:
            room += max(0, allowed - charged(book, line, day)[0])
    return room


def reductions(
    book: Book, rows: list[Row], day: int, owed: dict[Row, int] | None = None
) -> dict[Row, int]:
    """What the cap takes off the unpaid penalty of rows, the latest due row of a line first.

    Args:
        book: the account's books.
        rows: open rows, oldest due date first.
        day: the day of the question.
        owed: unpaid penalty of the rows that owe any, where the caller has it.
    """
    if book.rules.cap is None:
        return {}
    rules, pauses = book.rules, book.pauses
    if owed is None:
        found = ((row, penalty_owed(row, day, rules, pauses)) for row in rows)
        owed = {row: amount for row, amount in found if amount}
    if not owed:
        return {}
    cut: dict[Row, int] = {}
    for line in {row.line: None for row in owed}:
        left = reduction(book, line, day, owed)
        for row in reversed(rows):
            if not left:
                break
            if row.line is line:
                part = min(left, owed.get(row, 0))
                if part:
                    cut[row] = part
                    left -= part
    return cut

"""The calendar of an account: which day of the month its rows fall due on, and their bill days."""

from __future__ import annotations

from datetime import date

from account_engine.domain.calendar import add_months
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.row import Row


def statement_before(book: Book, due: int) -> int:
    """The statement day that precedes a due date by less than a month."""
    day, wanted = date.fromordinal(due), book.rules.statement_day
    if day.day >= wanted:
        return due - day.day + wanted
    statement = add_months(day, 0, wanted)
    if statement > day:
        statement = add_months(day, -1, wanted)
    return statement.toordinal()


def due_anchor(book: Book, first: date) -> int:
    """The day of the month of due dates that follow a first one.

    It is the contract's own due day where the first month was too short for it.
    """
    wanted = book.contract.effective_due_day
    ends_month = add_months(first, 0, 31) == first
    return wanted if ends_month and wanted > first.day else first.day


def next_due_after(book: Book, row: Row, day: int) -> int:
    """The first day after `day` that is the row's own monthly due day."""
    current = date.fromordinal(day)
    anchor = due_anchor(book, date.fromordinal(row.original_due))
    candidate = add_months(current, 0, anchor)
    if candidate <= current:
        candidate = add_months(current, 1, anchor)
    return candidate.toordinal()

"""Loans whose interest runs on what is really unpaid, day by day.

The interest of a running period is the sum of stretches of days with the same balance, each rounded
once. Rows still to come are projected as if everything past due were paid on the day. Equal
instalments keep their size and repay what interest leaves of it; other methods keep the principal
of each row.

A row that is paid ahead is met, but takes no interest that has not run yet: that part of the
payment repays principal at once (`receipt`), and the row is `ahead` by it. What runs later in the
row's period is put off to the last row, whose principal the payment lowered.
"""

from __future__ import annotations

from operator import attrgetter

from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.row import KEPT, Line, Row

_BY_PERIOD = attrgetter("original_due")


def project(book: Book, day: int) -> None:
    """Bring every loan that is kept on its actual balance up to a day, before anything changes."""
    for line in _lines(book):
        _project_line(book, line, day)
        row = _running_row(line, day)
        if row is not None and day > line.accrued_to:
            line.accrued += _interest(line, row, line.principal, line.accrued_to, day)
            line.accrued_to = day


def project_before_money(book: Book, day: int) -> None:
    """The same, once per day: the first payment of a day moves no rows for the second."""
    if book.projected_on != day:
        book.projected_on = day
        project(book, day)


def project_to_look(book: Book, day: int) -> None:
    """Bring rows up to a day on which nothing changes, so that no stretch of days ends there."""
    for line in _lines(book):
        _project_line(book, line, day)


def _lines(book: Book) -> list[Line]:
    if not book.rules.actual_balance:
        return []
    return [line for line in book.lines.values() if line.by_balance and line.principal]


def _rows(line: Line) -> list[Row]:
    """Rows of a line whose period is not closed, in order; an extension moves no period."""
    rows = [row for row in line.rows if row.fate == KEPT and row.original_due > line.accrued_to]
    return sorted((row for row in rows if row.number), key=_BY_PERIOD)


def _running_row(line: Line, day: int) -> Row | None:
    return next((row for row in _rows(line) if row.original_due > day), None)


def _project_line(book: Book, line: Line, day: int) -> None:
    rows = _rows(line)
    for row in rows:
        if row.original_due > day:
            break
        line.accrued += _interest(line, row, line.principal, line.accrued_to, row.original_due)
        line.accrued_to = row.original_due
        _close_period(book, line, row, rows)
    _project_future(line, [row for row in rows if row.original_due > day], day)


def _interest(line: Line, row: Row, balance: int, start: int, end: int) -> int:
    assert line.price is not None  # noqa: S101  checked by `project`
    days = line.earning_days(start, end)
    return line.price.interest(balance, days, row.original_due - row.period_start)


def _close_period(book: Book, line: Line, row: Row, rows: list[Row]) -> None:
    """Ask a row, as its period ends, for what ran in it."""
    own, line.accrued = line.accrued, 0
    end = row.original_due
    later = [other for other in rows if other.original_due > end and other.settled_on is None]
    asked = _asked(row, own, line.put_off, last=not later)
    line.put_off = max(0, line.put_off + own - asked)
    if row.settled_on is not None:
        return
    _set_interest(row, asked)
    if later and line.keeps_level:
        _set_principal(row, max(0, line.level - asked - row.ahead - row.paused_interest), line)
        _put_rest_on_last(line, later[-1])
    if not (row.open_principal or row.open_interest or row.open_fee):
        book.settle(row, end)


def _asked(row: Row, own: int, put_off: int, *, last: bool) -> int:
    """Interest that a row asks for, in fen, what was settled of it included.

    Args:
        row: the row.
        own: interest of its period.
        put_off: interest of earlier periods whose rows were paid ahead.
        last: whether no later row is open, so that it has to ask for everything.
    """
    if row.settled_on is not None:
        return row.settled_interest
    if last:
        return own + put_off
    return max(row.settled_interest, own - row.ahead)


def _project_future(line: Line, rows: list[Row], day: int) -> None:
    still_open = [row for row in rows if row.settled_on is None]
    if not still_open:
        return
    last = still_open[-1]
    balance = sum(row.open_principal for row in still_open)
    own, start, put_off = line.accrued, line.accrued_to, line.put_off
    if balance != line.principal and day > start:  # what is late bears interest up to the day
        own += _interest(line, rows[0], line.principal, start, day)
        start = day
    for row in rows:
        own += _interest(line, row, balance, start, row.original_due)
        asked = _asked(row, own, put_off, last=row is last)
        put_off = max(0, put_off + own - asked)
        own, start = 0, row.original_due
        if row.settled_on is not None:
            continue
        _set_interest(row, asked)
        if row is last:
            row.open_principal = balance
            row.principal = balance + row.paid_principal
        elif line.keeps_level:
            wanted = line.level - asked - row.ahead - row.paused_interest
            row.open_principal = min(balance, max(0, wanted - row.paid_principal))
            row.principal = row.open_principal + row.paid_principal
        balance -= row.open_principal


def _set_interest(row: Row, interest: int) -> None:
    """Ask the interest that really ran; what a pause kept from running stands beside it."""
    settled = row.settled_interest
    row.open_interest = max(interest, settled) - settled
    row.interest = settled + row.open_interest + row.paused_interest


def _set_principal(row: Row, principal: int, line: Line) -> None:
    open_part = min(line.principal, max(0, principal - row.paid_principal))
    row.open_principal = open_part
    row.principal = open_part + row.paid_principal


def _put_rest_on_last(line: Line, last: Row) -> None:
    others = sum(row.open_principal for row in line.rows if row is not last)
    last.open_principal = max(0, line.principal - others)
    last.principal = last.open_principal + last.paid_principal

"""Loans whose interest runs on what is really unpaid, day by day.

The interest of a running period is the sum of stretches of days with the same balance, each rounded
once. Rows still to come are projected as if everything past due were paid on the day. Equal
instalments keep their size and repay what interest leaves of it; other methods keep the principal
of each row.
"""

from __future__ import annotations

from typing import Final

from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.row import KEPT, Line, Row
from account_engine.domain.payloads import RepaymentMethod
from account_engine.domain.state import RowOrigin

_LOAN: Final = RowOrigin.LOAN
_EQUAL_INSTALMENT: Final = RepaymentMethod.EQUAL_INSTALMENT


def project(book: Book, day: int) -> None:
    """Bring every loan that is kept on its actual balance up to a day."""
    if not book.rules.actual_balance:
        return
    for line in book.lines.values():
        if line.origin is _LOAN and line.price is not None and line.principal:
            _project_line(line, day)


def project_before_money(book: Book, day: int) -> None:
    """The same, once per day: the first payment of a day moves no rows for the second."""
    if book.projected_on != day:
        book.projected_on = day
        project(book, day)


def _project_line(line: Line, day: int) -> None:
    rows = sorted(row for row in line.rows if row.fate == KEPT and row.number)
    rows = [row for row in rows if row.due > line.accrued_to]
    assert line.price is not None  # noqa: S101  checked by the caller
    for row in rows:
        period = row.due - row.period_start
        if row.due > day:
            if day > line.accrued_to:
                days = line.earning_days(line.accrued_to, day)
                line.accrued += line.price.interest(line.principal, days, period)
                line.accrued_to = day
            break
        days = line.earning_days(line.accrued_to, row.due)
        interest = line.accrued + line.price.interest(line.principal, days, period)
        line.accrued, line.accrued_to = 0, row.due
        if row.settled_on is not None:
            continue  # paid ahead with the interest of its whole period
        _set_interest(row, interest)
        later = [other for other in rows if other.due > row.due and other.settled_on is None]
        if later and line.method is _EQUAL_INSTALMENT:
            _set_principal(row, max(0, line.level - interest - row.paused_interest), line)
            _put_rest_on_last(line, later[-1])
    _project_future(line, [row for row in rows if row.due > day])


def _project_future(line: Line, rows: list[Row]) -> None:
    assert line.price is not None  # noqa: S101  checked by the caller
    still_open = [row for row in rows if row.settled_on is None]
    if not still_open:
        return
    last = still_open[-1]
    balance = sum(row.open_principal for row in still_open)
    accrued, start = line.accrued, line.accrued_to
    for row in rows:
        if row is last:
            break
        if row.settled_on is None:
            period = row.due - row.period_start
            days = line.earning_days(start, row.due)
            interest = accrued + line.price.interest(balance, days, period)
            _set_interest(row, interest)
            if line.method is _EQUAL_INSTALMENT:
                asked = line.level - interest - row.paused_interest
                row.open_principal = min(balance, max(0, asked - row.paid_principal))
                row.principal = row.open_principal + row.paid_principal
            balance -= row.open_principal
        # A row that was paid ahead was paid with the interest of its whole period.
        accrued, start = 0, row.due
    period = last.due - last.period_start
    days = line.earning_days(start, last.due)
    _set_interest(last, accrued + line.price.interest(balance, days, period))
    last.open_principal = balance
    last.principal = balance + last.paid_principal


def _set_interest(row: Row, interest: int) -> None:
    """Ask the interest that really ran; what a pause kept from running stands beside it."""
    settled = row.paid_interest + row.waived_interest - row.paused_interest
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

"""Interest and fees that were earned up to a day, and what becomes of the rest.

Repaying early, recalling the balance and re-ageing all of it need the same answer: interest to the
day (民法典677), nothing for the time after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from account_engine.domain.amortisation import Price
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.precedence import giving_way, paid_ahead
from account_engine.domain.ledger.row import KEPT, Line, Row
from account_engine.domain.money import divide
from account_engine.domain.payloads import RepaymentMethod
from account_engine.domain.state import RowOrigin
from account_engine.domain.terms import FeeOnRecall

_BY_PERIOD = attrgetter("original_due")
BY_BALANCE = (
    RepaymentMethod.EQUAL_INSTALMENT,
    RepaymentMethod.EQUAL_PRINCIPAL,
    RepaymentMethod.INTEREST_FIRST,
)


def future_rows(line: Line, day: int) -> list[Row]:
    """A line's rows whose periods have not ended, in order; those paid ahead of time included.

    An extension gives a row another due date, but neither adds days to its period nor takes any
    off: what ran before stays owed, and the later rows go on as they would have.
    """
    rows = [row for row in line.rows if row.original_due > day and row.fate == KEPT]
    rows.sort(key=_BY_PERIOD)
    return rows


def accrue(line: Line, rows: list[Row], day: int) -> None:
    """Close the running stretch of interest before the balance of rows not due yet changes."""
    if line.by_balance:
        return  # `projection` has done so
    current = rows[0]
    if line.accrued_to <= current.period_start:
        line.accrued, line.accrued_to = 0, current.period_start
    if line.price is not None and day > line.accrued_to:
        balance = sum(row.open_principal for row in rows)
        period = current.original_due - current.period_start
        line.accrued += line.price.interest(
            balance, line.earning_days(line.accrued_to, day), period
        )
        line.accrued_to = day


def earned_interest(line: Line, rows: list[Row], day: int) -> int:
    """Interest of the running period up to a day, in fen, paid or not.

    Args:
        line: a loan, plan or instalment line; on its actual balance: projected to the day.
        rows: its rows that are not due yet, in order.
        day: up to which day, not counted.
    """
    current = rows[0]
    period = current.original_due - current.period_start
    if line.by_balance and line.price is not None:
        days = line.earning_days(line.accrued_to, day)
        return line.put_off + line.accrued + line.price.interest(line.principal, days, period)
    elapsed = line.earning_days(current.period_start, day)
    if elapsed <= 0 or period <= 0:
        return 0
    price = line.price
    if price is not None and line.method in BY_BALANCE and line.level:
        return _by_balance(line, price, rows, day, elapsed, period)
    return divide((current.interest - current.owed_interest) * elapsed, period)


def _by_balance(
    line: Line, price: Price, rows: list[Row], day: int, elapsed: int, period: int
) -> int:
    current = rows[0]
    balance = sum(row.open_principal for row in rows)
    if line.accrued_to > current.period_start:
        rest = price.interest(balance, line.earning_days(line.accrued_to, day), period)
        return line.accrued + rest
    return price.interest(balance, elapsed, period)


def earned_parts(line: Line, rows: list[Row], day: int, fees: FeeOnRecall) -> list[tuple[int, int]]:
    """For each row not due yet: (interest, fee) still owed if everything is paid on the day."""
    if line.origin in (RowOrigin.BILL, RowOrigin.CHARGE):
        return [(row.open_interest, row.open_fee) for row in rows]
    left = _earned_unpaid(line, rows, day)
    parts = []
    for row in rows:
        owed = min(row.open_interest, max(0, row.owed_interest - _settled(row)))
        interest = min(row.open_interest - owed, left)
        left -= interest
        keep = fees is FeeOnRecall.KEEP or row.statement_on <= day
        owed_fee = min(row.open_fee, max(0, row.owed_fee - row.paid_fee))
        fee = row.open_fee if keep else owed_fee
        parts.append((owed + interest, fee))
    return parts


def _earned_unpaid(line: Line, rows: list[Row], day: int) -> int:
    """Interest prepaid on any row counts against what was earned; `unearned` returns the rest."""
    return max(0, earned_interest(line, rows, day) - sum(_prepaid(row) for row in rows))


def interest_unpaid_by(line: Line, day: int) -> int:
    """Interest of a line's running period that was earned by a day and is not paid, in fen."""
    rows = future_rows(line, day)
    return _earned_unpaid(line, rows, day) if rows else 0


def interest_by(row: Row, day: int) -> int:
    """Interest of a row not due yet that ran by a day and is not paid, in fen."""
    rows = future_rows(row.line, day)
    return earned_parts(row.line, rows, day, FeeOnRecall.DROP)[rows.index(row)][0]


def drop_unearned(book: Book, line: Line, day: int) -> None:
    """Ask rows not due yet for no more interest than ran by a day: no principal bears any."""
    rows = future_rows(line, day)
    parts = earned_parts(line, rows, day, FeeOnRecall.DROP) if rows else []
    for row, (interest, _) in zip(rows, parts, strict=True):
        row.interest -= row.open_interest - interest
        row.open_interest = interest
        if row.settled_on is None and not (row.open_principal or interest or row.open_fee):
            book.settle(row, day)


def _settled(row: Row) -> int:
    """Interest of a row not due yet that is not asked any more: paid, or given up as earned."""
    return row.paid_interest + row.forgiven_ahead


def _prepaid(row: Row) -> int:
    """Interest settled on a row beyond what a plan took over as owed already."""
    return max(0, _settled(row) - row.owed_interest)


def unearned_paid(line: Line, rows: list[Row], day: int, fees: FeeOnRecall) -> int:
    """Interest and dropped fees that were paid ahead of time and are not earned yet, in fen."""
    if line.origin in (RowOrigin.BILL, RowOrigin.CHARGE) or not line.principal:
        return 0
    paid = sum(_prepaid(row) for row in rows)
    back = sum(_unearned_fee(row, day, fees) for row in rows)
    if not paid:
        return back
    returnable = sum(min(_prepaid(row), row.paid_interest) for row in rows)
    return back + min(returnable, max(0, paid - earned_interest(line, rows, day)))


def _unearned_fee(row: Row, day: int, fees: FeeOnRecall) -> int:
    """Fee paid on a row that is not billed yet, beyond what a plan took over as owed."""
    dropped = fees is FeeOnRecall.DROP and row.statement_on > day
    return max(0, row.paid_fee - row.owed_fee) if dropped else 0


class EarnedCharges(NamedTuple):
    """What rows not due yet owe if everything is paid on a day.

    Attributes:
        parts: interest and fee of each row of lines that earn over time, in fen.
        unearned: fen that were paid ahead of time on a line and are not earned yet.
    """

    parts: dict[Row, tuple[int, int]]
    unearned: dict[Line, int]


def earned_charges(day: int, fees: FeeOnRecall, lines: Iterable[Line]) -> EarnedCharges:
    """What is earned on a day of interest and fees of rows not due yet."""
    earned = EarnedCharges({}, {})
    for line in lines:
        rows = future_rows(line, day)
        if rows:
            earned.parts.update(zip(rows, earned_parts(line, rows, day, fees), strict=True))
            excess = unearned_paid(line, rows, day, fees)
            if excess:
                earned.unearned[line] = excess
    return earned


def giving_way_ahead(book: Book, day: int, earned: EarnedCharges) -> dict[Row, tuple[int, int]]:
    """What rows not due yet leave to penalty under the cap, if everything is paid on a day."""
    coming = {
        row: earned.parts.get(row) or (row.open_interest, row.open_fee)
        for row in book.open
        if row.due > day and not row.carry_from
    }
    return giving_way(book, day, coming)


def stop_earning(book: Book, day: int, fees: FeeOnRecall, lines: Iterable[Line]) -> None:
    """Drop what is not earned on a day from every row that is not due yet."""
    earned = earned_charges(day, fees, lines)
    for row, (interest, fee) in earned.parts.items():
        # What gave way to penalty is dropped first: it was the last that would have been earned.
        earning = interest == row.open_interest and row.line not in earned.unearned
        billed = fees is FeeOnRecall.KEEP or row.statement_on <= day
        gone = row.keep_given_way(
            interest=row.over_cap_interest if earning else 0,
            fee=row.over_cap_fee if billed else 0,
        )
        row.interest -= row.open_interest - interest + gone[0]
        row.fee -= row.open_fee - fee + gone[1]
        row.open_interest, row.open_fee = interest, fee
    paid_ahead(book, day)
    for line, excess in earned.unearned.items():
        _return_to_principal(book, line, future_rows(line, day), excess, day, fees)


def _return_to_principal(
    book: Book, line: Line, rows: list[Row], excess: int, day: int, fees: FeeOnRecall
) -> None:
    for row in reversed(rows):
        fee = min(excess, _unearned_fee(row, day, fees))
        interest = min(excess - fee, _prepaid(row), row.paid_interest)
        part = fee + interest
        row.paid_fee -= fee
        row.fee -= fee
        row.paid_interest -= interest
        row.interest -= interest
        line.paid_charges -= part
        left = part
        for target in reversed(rows):
            repaid = min(left, target.open_principal)
            target.open_principal -= repaid
            target.paid_principal += repaid
            line.change(-repaid, day)
            book.open_principal -= repaid
            left -= repaid
        book.credit += left
        excess -= part

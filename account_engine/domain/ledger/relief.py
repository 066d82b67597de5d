"""Agreements that stop or move time: pauses, extensions."""

from __future__ import annotations

from account_engine.domain.ledger.accrual import post_carry, post_penalty
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.cure import check_cure
from account_engine.domain.ledger.earned import BY_BALANCE, future_rows
from account_engine.domain.ledger.projection import project
from account_engine.domain.ledger.row import Row
from account_engine.domain.money import divide
from account_engine.domain.payloads import ExtensionAgreed, InterestPaused, PauseScope
from account_engine.domain.state import RowOrigin


def pause(book: Book, day: int, payload: InterestPaused) -> None:
    """Stop penalty, interest or the counting of days from a day on; only overlaps count."""
    end = payload.until.toordinal()
    if end <= day:
        return
    if PauseScope.PENALTY in payload.scope:
        add_pause(book, day, end)
    if PauseScope.DELINQUENCY in payload.scope:
        book.delinquency_pauses = (*book.delinquency_pauses, (day, end))
    if PauseScope.INTEREST in payload.scope:
        _pause_interest(book, day, end)


def add_pause(book: Book, start: int, end: int, cause: str = "") -> None:
    """Add a stretch without penalty; `cause` names what may end it before its time."""
    book.pause_causes.append((start, end, cause))
    _merge_pauses(book)


def end_pause(book: Book, cause: str, end: int) -> None:
    """Cut off at `end` what one cause had paused; other pauses go on."""
    book.pause_causes = [
        (first, min(last, end) if named == cause else last, named)
        for first, last, named in book.pause_causes
    ]
    _merge_pauses(book)


def _merge_pauses(book: Book) -> None:
    merged: list[tuple[int, int]] = []
    for first, last, _ in sorted(book.pause_causes):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        elif first < last:
            merged.append((first, last))
    book.pauses = tuple(merged)


def _pause_interest(book: Book, start: int, end: int) -> None:
    """Take the interest of the paused days off a loan's rows to come; days paused twice count once.

    The line keeps the stretch, so that what is earned within it by an early payoff, a recall or a
    new schedule leaves these days out as well.
    """
    project(book, start)
    lines = {row.line for row in book.open if row.origin is RowOrigin.LOAN and row.due > start}
    rows = [row for row in book.open if row.line in lines and row.due > start]
    before = {row: _to_earn(row, start) for row in rows}
    for line in lines:
        line.pauses = (*line.pauses, (start, end))
    for row, interest in before.items():
        saved = min(row.open_interest, max(0, interest - _to_earn(row, start)))
        row.open_interest -= saved
        row.waived_interest += saved
        row.paused_interest += saved


def _to_earn(row: Row, day: int) -> int:
    """Fen that the rest of a row's period brings from its running stretch on, rounded once.

    Reckoned as an early payoff reckons it, so that a row asks at its end for what was earned.
    """
    line, period = row.line, row.original_due - row.period_start
    if period <= 0:
        return 0
    if line.price is not None and line.method in BY_BALANCE and line.level:
        start = max(row.period_start, min(line.accrued_to, day))
        others = future_rows(line, max(day, row.period_start))
        balance = sum(other.open_principal for other in others)
        return line.price.interest(balance, line.earning_days(start, row.original_due), period)
    return divide(row.interest * line.earning_days(row.period_start, row.original_due), period)


def extend(book: Book, day: int, event_id: str, payload: ExtensionAgreed) -> None:
    """Give rows a later due date (展期). Penalty up to the agreement stays owed."""
    project(book, day)
    due = payload.new_due.toordinal()
    named = set(payload.rows)
    rows = [row for row in book.open if (row.key in named if named else row.due <= day)]
    fee = payload.fee.fen
    for row in rows:
        post_penalty(row, day, book.rules, book.pauses)
        post_carry(row, day, book.rules, book.pauses)
        if day > row.due:
            book.late_episodes.append((row.due, day))
        book.move_due(row, max(due, row.due))
        row.fee += fee
        row.open_fee += fee
        row.owed_fee += fee
        row.minimum_met = row.minimum_met and not fee
        fee = 0
        row.events.append(event_id)
    if rows:
        book.extension_until = due
        book.extensions.append(day)
    if book.recall.noticed_on is not None:
        check_cure(book, day)

"""Under the cap on all charges together, who comes first is served first.

Penalty arises day by day and takes what room the cap leaves. Interest or a fee that comes due later
finds that room taken: then it gives way, by no more than the penalty it would push out. So penalty
never shrinks with days, and what is asked for in all is what it would be the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable

from account_engine.domain.ledger.accrual import penalty_owed
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.cap import allowed_charges, charged, fits, unpaid_penalties
from account_engine.domain.ledger.projection import project_to_look
from account_engine.domain.ledger.row import Line, Row

Charges = tuple[int, int]
"""Interest and fee of a row, in fen."""


def charges_of(book: Book, day: int) -> None:
    """Let the interest and fees come in whose due date is a day, as it begins."""
    if book.rules.cap is None or not book.open:
        return
    project_to_look(book, day)
    late = book.open[0].due < day or book.penalty_ahead
    rows = []
    for row in book.open:
        if row.due > day:
            break
        if row.due == day and (late or row.line.paid_penalty):
            rows.append(row)
    if not rows:
        return
    if not all(_surely_fits(book, line, day) for line in {row.line: None for row in rows}):
        come_due(book, rows, day)


def _surely_fits(book: Book, line: Line, day: int) -> bool:
    """Whether all that was paid or is due by a day, with all penalty, is within the cap."""
    charges = 0
    for row in book.open:
        if row.due > day:
            break
        if row.line is line:
            charges += row.open_interest + row.open_fee
            if row.due < day:
                charges += penalty_owed(row, day, book.rules, book.pauses)
    return not book.penalty_ahead and fits(book, line, day, charges)


def come_due(book: Book, rows: list[Row], day: int) -> None:
    """Book what gives way of the interest and fees of rows that are due from a day on."""
    give_way(book, day, _open_charges(rows))
    for row in rows:
        if row.open_principal or row.open_interest or row.open_fee or row.settled_on is not None:
            continue
        gave_way = row.over_cap_fee or row.over_cap_interest
        if gave_way and not penalty_owed(row, day, book.rules, book.pauses):
            book.settle(row, day)


def paid_ahead(book: Book, day: int) -> None:
    """Book what gives way of all that is not due yet, because everything is paid on a day."""
    give_way(book, day, _open_charges(row for row in book.open if row.due > day))


def give_way(book: Book, day: int, coming: dict[Row, Charges]) -> None:
    """Book what charges that come in leave to penalty that was there before them."""
    for row, (interest, fee) in giving_way(book, day, coming).items():
        row.open_interest -= interest
        row.over_cap_interest += interest
        row.open_fee -= fee
        row.over_cap_fee += fee
        row.line.given_way += interest + fee


def giving_way(book: Book, day: int, coming: dict[Row, Charges]) -> dict[Row, Charges]:
    """What charges that come in leave to penalty, the last row of a line first.

    Args:
        book: the books, awake to `day`.
        day: when the charges come in.
        coming: interest and fee of rows, in order.
    """
    if book.rules.cap is None:
        return {}
    coming = {row: part for row, part in coming.items() if any(part)}
    late = bool(book.open) and (book.open[0].due < day or book.penalty_ahead)
    lines = {row.line: None for row in coming if late or row.line.paid_penalty}
    if not lines:
        return {}
    owed = unpaid_penalties(book, day) if late else {}
    found: dict[Row, Charges] = {}
    for line in lines:
        of_line = {row: part for row, part in coming.items() if row.line is line}
        left = _pushed_out(book, line, day, owed, of_line)
        for row, (interest, fee) in reversed(of_line.items()):
            less_fee = min(left, fee)
            less_interest = min(left - less_fee, interest)
            left -= less_fee + less_interest
            if less_fee or less_interest:
                found[row] = (less_interest, less_fee)
    return found


def _open_charges(rows: Iterable[Row]) -> dict[Row, Charges]:
    """Interest and fees of rows, without those that came in when their rest was carried over."""
    return {row: (row.open_interest, row.open_fee) for row in rows if not row.carry_from}


def _pushed_out(
    book: Book, line: Line, day: int, owed: dict[Row, int], coming: dict[Row, Charges]
) -> int:
    """How many fen of penalty, admitted before, the charges that come in would push out."""
    allowed = allowed_charges(book, line, day)
    if allowed is None:
        return 0
    found = charged(book, line, day, owed)
    all_coming = sum(sum(part) for part in coming.values())
    counted = sum(sum(part) for row, part in coming.items() if row.due <= day)
    total, agreed = found.total - counted, found.agreed - counted
    cut = min(found.penalty, max(0, total - max(allowed, agreed)))
    return max(0, total - cut + all_coming - max(allowed, agreed + all_coming))

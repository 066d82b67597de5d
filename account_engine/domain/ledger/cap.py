"""The cap on interest, penalty and fees together since a debt was drawn.

Scheduled interest and fees are within the cap by their price, which is checked when a debt is
drawn; what exceeds it is penalty, and a reduction of penalty is not booked while principal is open:
it is what the charges exceed the cap by on a day, so that one history always gives one answer.

Who comes first is served first. Penalty that the cap let through stays; interest or a fee that
comes due later gives way to it, in `precedence`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from account_engine.domain.ledger.accrual import penalty_owed, running_carry
from account_engine.domain.ledger.row import Line, Row
from account_engine.domain.state import RowOrigin

if TYPE_CHECKING:
    from account_engine.domain.ledger.book import Book


class Charged(NamedTuple):
    """Charges on a line up to a day, in fen.

    Interest on carried remainders is not among them; `allowed_charges` knows it.

    Attributes:
        total: everything that was paid, waived or is due.
        penalty: unpaid penalty in `total`, before the cap.
        agreed: interest and fees as agreed, before any of them gave way to penalty.
    """

    total: int
    penalty: int
    agreed: int


def allowed_charges(book: Book, line: Line, day: int) -> int | None:
    """What may have been charged on a line up to a day, in fen rounded down; None: no cap.

    Interest on carried remainders is taken off here, exactly: rounded by itself it could take a fen
    of room from one day to the next. Charges the lender posted by itself have no
    principal of their own to be judged by.
    """
    rules = book.rules
    if rules.cap is None or line.origin is RowOrigin.CHARGE:
        return None
    numerator, denominator = rules.cap
    allowed = line.principal_days_at(day) * numerator
    if rules.minimum is not None:
        carried = line.carried_days + _running_days(book, line, day)
        if carried:
            carry, parts = rules.carry
            allowed = allowed * parts - carried * carry * denominator
            denominator *= parts
    return line.carried_charges + allowed // denominator


def _running_days(book: Book, line: Line, day: int) -> int:
    """Fen·days on which carried interest is running and not yet part of its row."""
    return sum(
        item.base * item.days
        for row in book.open
        if row.carry_from and row.line is line
        for item in running_carry(row, day, book.rules, book.pauses)
    )


def fits(book: Book, line: Line, day: int, charges: int) -> bool:
    """Whether charges that come on top of what was paid stay within the cap."""
    allowed = allowed_charges(book, line, day)
    return allowed is None or line.paid_charges - line.carried_interest + charges <= allowed


def charged(book: Book, line: Line, day: int, known: dict[Row, int] | None = None) -> Charged:
    """What was charged on a line up to a day.

    Args:
        book: the account's books.
        line: the line of debt.
        day: the day of the question.
        known: unpaid penalty of every open row that owes any, where the caller has it.
    """
    total, penalty = line.paid_charges - line.carried_interest, 0
    if known is None:
        known = unpaid_penalties(book, day)
    ahead = book.penalty_ahead
    for row in book.open:
        if row.due > day and not ahead:
            break
        if row.line is line:
            owed = known.get(row, 0)
            penalty += owed
            total += owed
            if row.due <= day or row.carry_from:
                total += row.open_interest + row.open_fee
    return Charged(total, penalty, total - penalty - line.paid_penalty + line.given_way)


def reduction(book: Book, line: Line, day: int, known: dict[Row, int] | None = None) -> int:
    """By how many fen the unpaid penalty of a line exceeds what the cap still allows."""
    allowed = allowed_charges(book, line, day)
    if allowed is None:
        return 0
    found = charged(book, line, day, known)
    return min(found.penalty, max(0, found.total - max(allowed, found.agreed)))


def headroom(book: Book, day: int) -> int | None:
    """How much more could have been charged on lines that owe principal; None: no cap."""
    if book.rules.cap is None:
        return None
    room = 0
    for line in book.lines.values():
        allowed = allowed_charges(book, line, day) if line.principal else None
        if allowed is not None:
            room += max(0, allowed - charged(book, line, day).total)
    return room


def unpaid_penalties(book: Book, day: int) -> dict[Row, int]:
    """Open rows that owe penalty on a day, with how many fen before the cap on the total."""
    rules, pauses = book.rules, book.pauses
    owed: dict[Row, int] = {}
    for row in book.open:
        if row.due >= day and not book.penalty_ahead:
            break
        if row.accrued_to < day or row.posted or row.segments_total:
            amount = penalty_owed(row, day, rules, pauses)
            if amount:
                owed[row] = amount
    return owed


def reductions(book: Book, day: int) -> dict[Row, int]:
    """What the cap takes off the unpaid penalty of rows, the latest due row of a line first."""
    if book.rules.cap is None:
        return {}
    owed = unpaid_penalties(book, day)
    return shared_out(book, owed, day) if owed else {}


def shared_out(book: Book, owed: dict[Row, int], day: int) -> dict[Row, int]:
    """Share what the cap takes off between rows.

    Args:
        book: the account's books.
        owed: unpaid penalty of every open row that owes any, oldest due date first.
        day: the day of the question.
    """
    cut: dict[Row, int] = {}
    if book.rules.cap is None:
        return cut
    left = {line: reduction(book, line, day, owed) for line in {row.line: None for row in owed}}
    if not any(left.values()):
        return cut
    for row in reversed(owed):
        part = min(left[row.line], owed[row])
        if part:
            cut[row] = part
            left[row.line] -= part
    return cut

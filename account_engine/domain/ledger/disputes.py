"""Objections of the borrower, and what one that is upheld takes off the debt."""

from __future__ import annotations

from account_engine.domain import payloads as p
from account_engine.domain.errors import InvalidHistory
from account_engine.domain.ledger.accrual import charge, penalty_owed, post_carry, post_penalty
from account_engine.domain.ledger.book import NEVER, Book
from account_engine.domain.ledger.cap import reductions
from account_engine.domain.ledger.credits import add_credit_note, after_money, spend
from account_engine.domain.ledger.earned import drop_unearned, interest_unpaid_by
from account_engine.domain.ledger.projection import project
from account_engine.domain.ledger.relief import add_pause, end_pause
from account_engine.domain.ledger.repayment import close_if_settled
from account_engine.domain.ledger.row import KEPT, Line, Row
from account_engine.domain.ledger.rules import Rules
from account_engine.domain.money import divide
from account_engine.domain.state import RowOrigin, Segment
from account_engine.domain.terms import Conduct


def opened(book: Book, day: int, _event_id: str, payload: p.DisputeOpened) -> None:
    """A dispute over the whole account stops penalty, if the terms say so."""
    book.disputes[payload.dispute_id] = (day, payload)
    if payload.towards is None and book.rules.terms.special.dispute is Conduct.STOPS:
        add_pause(book, day, NEVER, payload.dispute_id)


def closed(book: Book, day: int, event_id: str, payload: p.DisputeClosed) -> None:
    """Close a dispute; what was upheld was never owed."""
    found = book.disputes.pop(payload.dispute_id, None)
    if found is None:
        raise InvalidHistory(event_id, "closes a dispute that is not open")
    end_pause(book, payload.dispute_id, day)
    if payload.outcome is p.DisputeOutcome.UPHELD and payload.amount is not None:
        _take_off(book, day, event_id, found[1].towards, payload.amount.fen)


def _take_off(book: Book, day: int, event_id: str, towards: str | None, amount: int) -> None:
    """Take principal off with what was charged on it; what was paid of it goes to other debts."""
    project(book, day)
    cuts = reductions(book, day)
    left = amount
    before: dict[Line, int] = {}
    rows = [row for row in book.open if towards is None or towards in (row.line.line_id, row.key)]
    for row in rows:
        part = min(left, row.open_principal)
        if part:
            before.setdefault(row.line, row.line.principal)
            _take_off_row(book, row, day, part, cuts.get(row, 0))
            row.events.append(event_id)
            left -= part
    for line, principal in before.items():
        if line.origin not in (RowOrigin.BILL, RowOrigin.CHARGE):
            _take_off_charges(line, principal - line.principal, principal, day)
            if line.by_balance and not line.principal:
                drop_unearned(book, line, day)
    for row in rows:
        if not (row.open_principal or row.open_interest or row.open_fee):
            close_if_settled(book, row, day, reductions(book, day).get(row, 0))
    if left:
        left = spend(book, day, event_id, left, None)
    if left:
        book.credit += left
        add_credit_note(book, event_id, day, left)
    after_money(book, day)


def _take_off_row(book: Book, row: Row, day: int, part: int, cut: int) -> None:
    rules, line = book.rules, row.line
    post_penalty(row, day, rules, book.pauses)
    post_carry(row, day, rules, book.pauses)
    owed = penalty_owed(row, day, rules, book.pauses) - cut
    penalty = min(owed, _charged_on(row.segments, part, rules.penalty, rules))
    row.waived_penalty += penalty
    line.paid_penalty += penalty
    interest = min(row.open_interest, _charged_on(row.carried, part, rules.carry, rules))
    row.open_interest -= interest
    row.waived_interest += interest
    line.paid_charges += penalty + interest
    row.open_principal -= part
    row.waived_principal += part
    line.change(-part, day)
    book.open_principal -= part


def _take_off_charges(line: Line, part: int, whole: int, day: int) -> None:
    """Interest and fees of a loan, not paid yet, shrink as its principal does.

    On the actual balance interest of rows to come follows the principal by itself, but for what
    ran by the day.
    """
    if line.by_balance:
        ran = divide(interest_unpaid_by(line, day) * part, whole)
        of_period = min(ran, line.accrued)
        line.accrued -= of_period
        line.put_off -= ran - of_period
        line.paid_charges += ran
    for row in line.rows:
        if row.fate != KEPT:
            continue
        if not line.by_balance or row.original_due <= day:
            interest = divide(row.open_interest * part, whole)
            row.open_interest -= interest
            row.waived_interest += interest
            line.paid_charges += interest
        fee = divide(row.open_fee * part, whole)
        row.open_fee -= fee
        row.waived_fee += fee
        line.paid_charges += fee


def _charged_on(
    segments: tuple[Segment, ...], part: int, rate: tuple[int, int], rules: Rules
) -> int:
    """How much less would have been charged, had a part of the principal not been there."""
    return sum(
        one.amount - charge(one.base - min(part, one.principal), rate, one.days, rules)
        for one in segments
    )

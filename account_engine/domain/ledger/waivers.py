"""What is given up: waivers at once or on condition, and what of them outlives a broken plan."""

from __future__ import annotations

from account_engine.domain.errors import InvalidHistory
from account_engine.domain.ledger.accrual import penalty_owed, post_penalty
from account_engine.domain.ledger.allocation import classify
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.cap import reductions
from account_engine.domain.ledger.cure import check_cure
from account_engine.domain.ledger.earned import earned_charges
from account_engine.domain.ledger.projection import project
from account_engine.domain.ledger.repayment import close_if_settled
from account_engine.domain.ledger.row import Row
from account_engine.domain.ledger.undertakings import PendingWaiver
from account_engine.domain.payloads import Component, Waiver, WaiverCondition
from account_engine.domain.terms import FeeOnRecall


def waive(book: Book, day: int, event_id: str, waiver: Waiver) -> None:
    """Give up part of the debt now, or once its condition is met. Principal needs a person."""
    if waiver.component is Component.PRINCIPAL and not waiver.approved_by:
        raise InvalidHistory(event_id, "principal is only given up with an approval")
    if waiver.condition is WaiverCondition.ON_PAYMENT:
        book.pending_waivers.append(PendingWaiver(event_id, waiver, day))
        return
    forgive(book, day, event_id, waiver)


def forgive(book: Book, day: int, event_id: str, waiver: Waiver) -> int:
    """Take a waived amount off the oldest rows first; returns fen that none of them could take."""
    project(book, day)
    book.waivers.append(day)
    past, due, later = classify(book, day, None)
    rows = past + due + (later if waiver.component is Component.PRINCIPAL else [])
    cuts = reductions(book, day)
    left = waiver.amount.fen if waiver.amount is not None else None
    for row in rows:
        part = _forgive_row(book, row, day, waiver.component, left, cuts.get(row, 0))
        if part:
            row.events.append(event_id)
        if left is not None:
            left -= part
            if not left:
                break
    for row in rows:
        if row.settled_on is None and not (row.open_principal or row.open_fee):
            close_if_settled(book, row, day, reductions(book, day).get(row, 0))
    if book.recall.noticed_on is not None:
        check_cure(book, day)
    if book.rules.minimum is not None:
        book.may_cure = True
        book.ring(day)
    return left or 0


def forgive_ahead(book: Book, day: int, event_id: str, component: Component, amount: int) -> None:
    """Give up interest or fees that were earned by a day but not due, oldest rows first.

    Interest counts as if it had been paid ahead: neither a payoff nor a recall asks for it again.
    """
    earned = earned_charges(day, FeeOnRecall.DROP, book.earning_lines())
    _, _, later = classify(book, day, None)
    for row in later:
        interest, fee = earned.parts.get(row, (0, 0))
        part = min(amount, interest if component is Component.INTEREST else fee)
        if not part:
            continue
        amount -= _forgive_row(book, row, day, component, part, 0)
        if component is Component.INTEREST:
            row.forgiven_ahead += part
        row.events.append(event_id)
        if not (row.open_principal or row.open_interest or row.open_fee):
            book.settle(row, day)


def _forgive_row(
    book: Book, row: Row, day: int, component: Component, left: int | None, cut: int
) -> int:
    if component is Component.PENALTY:
        owed = penalty_owed(row, day, book.rules, book.pauses) - cut
        part = owed if left is None else min(left, owed)
        row.waived_penalty += part
        row.line.paid_charges += part
        row.line.paid_penalty += part
        return part
    post_penalty(row, day, book.rules, book.pauses)
    if component is Component.INTEREST:
        part = row.open_interest if left is None else min(left, row.open_interest)
        row.open_interest -= part
        row.waived_interest += part
        row.line.paid_charges += part
    elif component is Component.FEE:
        part = row.open_fee if left is None else min(left, row.open_fee)
        row.open_fee -= part
        row.waived_fee += part
        row.line.paid_charges += part
    else:
        part = row.open_principal if left is None else min(left, row.open_principal)
        row.open_principal -= part
        row.waived_principal += part
        row.line.change(-part, day)
        book.open_principal -= part
    return part

"""Money that comes in: payments and refunds."""

from __future__ import annotations

from typing import Final

from account_engine.domain.errors import InvalidHistory
from account_engine.domain.ledger.accrual import running_carry
from account_engine.domain.ledger.allocation import allocate, classify, note
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.cap import reductions
from account_engine.domain.ledger.cure import check_cure
from account_engine.domain.ledger.minimum import note_minimum_met
from account_engine.domain.ledger.payoff import (
    begin_payoff,
    late_with_charges_ahead,
    payoff_amount,
    prepay_principal,
)
from account_engine.domain.ledger.projection import project_before_money
from account_engine.domain.ledger.receipt import Receipt
from account_engine.domain.ledger.repayment import close_if_settled, pay_principal
from account_engine.domain.ledger.row import Row
from account_engine.domain.ledger.usual_payment import take_usual
from account_engine.domain.ledger.waivers import forgive
from account_engine.domain.payloads import (
    Payment,
    PaymentPurpose,
    Refund,
    RefundKind,
)

_ORDINARY: Final = PaymentPurpose.ORDINARY
_PREPAY_PRINCIPAL: Final = PaymentPurpose.PREPAY_PRINCIPAL


def receive(book: Book, day: int, event_id: str, payment: Payment, amount: int) -> None:
    """Take a payment in.

    An amount that covers the payoff of the day settles the account; more than that is kept as a
    credit balance.

    Args:
        book: the books, awake to `day`.
        day: value date.
        event_id: the payment event.
        payment: what the borrower said about it; the debt it names comes first where the terms
            let a payment name one (民法典560).
        amount: fen of it that came to this account.
    """
    towards = payment.towards if book.rules.designation else None
    project_before_money(book, day)
    if book.pending_waivers:
        meet_conditions(book, day, amount)
    elif (
        towards is None and payment.purpose is _ORDINARY and take_usual(book, day, event_id, amount)
    ):
        after_money(book, day)
        return
    if payment.purpose is _PREPAY_PRINCIPAL:
        left = _prepay(book, day, event_id, towards, amount)
    else:
        left = spend(book, day, event_id, amount, towards)
    if left:
        book.credit += left
        add_credit_note(book, event_id, day, left)
    after_money(book, day)


def spend(book: Book, day: int, event_id: str, amount: int, towards: str | None) -> int:
    """Pay rows in the order of the terms; returns what is left."""
    may_cover = amount >= book.open_principal - book.paid_ahead and (
        book.earning_lines() or late_with_charges_ahead(book, day)
    )
    if may_cover and amount >= payoff_amount(book, day):
        begin_payoff(book, day, event_id)
        towards = None
    return allocate(book, day, amount, event_id, towards)


def spend_credit(book: Book, day: int, event_id: str) -> None:
    """Use a credit balance for a debt that just came in."""
    if book.credit and book.open:
        project_before_money(book, day)
        amount, book.credit = book.credit, 0
        book.credit = allocate(book, day, amount, event_id)


def add_credit_note(book: Book, event_id: str, day: int, credit: int) -> None:
    """Show in the payment history what stayed as a credit balance."""
    if book.allocations and book.allocations[-1][0] == event_id:
        last = book.allocations.pop()
        entry = (last[0], last[1], last[2] + credit, *last[3:8], last[8] + credit)
        book.allocations.append(entry)
    else:
        book.allocations.append((event_id, day, credit, 0, 0, 0, 0, 0, credit))


def _prepay(book: Book, day: int, event_id: str, towards: str | None, amount: int) -> int:
    if amount >= payoff_amount(book, day):
        return spend(book, day, event_id, amount, None)
    receipt = Receipt(book, day, amount, event_id)
    past, due, _ = classify(book, day, None)
    receipt.run(book.steps_on(day), (past, due, []))
    left = receipt.left
    if left:
        left = prepay_principal(book, day, left, event_id, towards)
        receipt.taken[0] += receipt.left - left
    note(book, receipt, amount - left, 0)
    return allocate(book, day, left, event_id) if left else 0


def meet_conditions(book: Book, day: int, amount: int) -> None:
    """Grant waivers whose required payment is complete with this one, before it is spent."""
    for pending in list(book.pending_waivers):
        if pending.lapsed(day):
            book.pending_waivers.remove(pending)
            continue
        pending.paid += amount
        required = pending.waiver.required
        if required is not None and pending.paid >= required.fen:
            book.pending_waivers.remove(pending)
            forgive(book, day, pending.event_id, pending.waiver)


def after_money(book: Book, day: int) -> None:
    """What a payment may change besides the rows."""
    if book.rules.minimum is not None and book.open:
        if book.open[0].due < day:
            book.may_cure = True
            book.ring(day)
        _note_minimums(book, day)
    if book.recall.noticed_on is not None:
        check_cure(book, day)


def _note_minimums(book: Book, day: int) -> None:
    for row in book.open:
        if row.carry_from and row.takes_minimum and row.due >= day:
            running = running_carry(row, day, book.rules, book.pauses)
            note_minimum_met(book.rules, row, sum(item.amount for item in running))


def refund(book: Book, day: int, event_id: str, payload: Refund) -> None:
    """A returned purchase lowers the debt; a returned overpayment lowers the credit balance."""
    amount = payload.amount.fen
    if payload.kind is RefundKind.OVERPAYMENT_RETURNED:
        if amount > book.credit:
            raise InvalidHistory(event_id, "more is returned than was overpaid")
        book.credit -= amount
        return
    project_before_money(book, day)
    left = amount
    for row in book.bills.get(payload.bill_id or "", ()):
        part = min(left, row.open_principal)
        if part and row.settled_on is None:
            pay_principal(book, row, part, day)
            _take_back(row, part)
            left -= part
            row.events.append(event_id)
            if not (row.open_principal or row.open_interest or row.open_fee):
                close_if_settled(book, row, day, reductions(book, day).get(row, 0))
    taken = amount - left
    if taken:
        book.allocations.append((event_id, day, taken, taken, 0, 0, 0, 0, 0))
    if left:
        left = spend(book, day, event_id, left, None)
    if left:
        book.credit += left
        add_credit_note(book, event_id, day, left)
    after_money(book, day)


def _take_back(row: Row, part: int) -> None:
    """A returned purchase was not paid: the bill is smaller, and so is its minimum."""
    row.principal -= part
    row.paid_principal -= part
    row.cycle_principal -= part

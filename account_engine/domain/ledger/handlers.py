"""What each kind of event does to the books."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from account_engine.domain import payloads as p
from account_engine.domain.errors import InvalidHistory
from account_engine.domain.events import PAYLOADS, Event, EventKind
from account_engine.domain.ledger import credits as money_in
from account_engine.domain.ledger import debts, disputes, marks, plans, recall, relief, waivers
from account_engine.domain.ledger.book import NEVER, Book
from account_engine.domain.ledger.borrower import BorrowerBook
from account_engine.domain.ledger.clockwork import wake
from account_engine.domain.ledger.cure import check_cure
from account_engine.domain.ledger.payoff import payoff_amount
from account_engine.domain.ledger.projection import project_before_money
from account_engine.domain.terms import Conduct


def for_borrower(whole: BorrowerBook, event: Event, day: int) -> None:
    """An event that names no account: money for all, a plan over several, what befalls a person."""
    payload = event.payload
    if isinstance(payload, p.Payment):
        _pay_borrower(whole, day, event.event_id, payload)
    elif isinstance(payload, p.PlanAgreed):
        for leg in payload.legs:
            book = _find(whole, leg.account_id, event.event_id)
            wake(book, day)
            plans.agree(book, day, event.event_id, payload, leg)
    elif isinstance(payload, p.PromiseMade):
        whole.promises.append((day, None, payload))
    elif isinstance(payload, p.HardshipDeclared):
        _hardship(whole, None, day, event.event_id, payload)
    elif isinstance(payload, p.BorrowerDeceased):
        _died(whole, None, day, event.event_id, payload)
    else:
        for book in whole.books.values():
            wake(book, day)
            HANDLERS[type(payload)](whole, book, day, event.event_id, payload)


def cure_across(whole: BorrowerBook, day: int) -> None:
    """End notices for another account's lateness once that account owes nothing late.

    Whatever put it in order counts: money, a waiver, an extension, a plan. The account that was
    given notice is woken first, since a recall that has taken effect is cured no more.
    """
    for book in whole.cross_recalled:
        wake(book, day)
        check_cure(book, day)


def _find(whole: BorrowerBook, account_id: str, event_id: str) -> Book:
    try:
        return whole.books[account_id]
    except KeyError:
        raise InvalidHistory(event_id, "names an account without a contract") from None


def _pay_borrower(whole: BorrowerBook, day: int, event_id: str, payment: p.Payment) -> None:
    """Money for the borrower: the named account, else arrears oldest first, then what is next."""
    if payment.designated_account is not None:
        book = _find(whole, payment.designated_account, event_id)
        if book.rules.designation:
            wake(book, day)
            _pay(whole, book, day, event_id, payment)
            return
    left = payment.amount.fen
    for book in whole.books.values():
        wake(book, day)
        project_before_money(book, day)
    order = _by_oldest_due(whole)
    for book in order:
        part = min(left, book.arrears(day) + book.due_today(day))
        if part:
            _pay(whole, book, day, event_id, payment, part)
            left -= part
    # No account keeps a credit while another still owes something.
    for book in _by_oldest_due(whole):
        part = min(left, payoff_amount(book, day)) if left and book.open else 0
        if part:
            _pay(whole, book, day, event_id, payment, part)
            left -= part
    if left:
        _pay(whole, order[0], day, event_id, payment, left)


def _by_oldest_due(whole: BorrowerBook) -> list[Book]:
    """All accounts, those that owe the oldest first and those that owe nothing last."""
    never = NEVER
    return sorted(
        whole.books.values(), key=lambda b: (b.open[0].due if b.open else never, b.account_id)
    )


def _pay(
    whole: BorrowerBook,
    book: Book,
    day: int,
    event_id: str,
    payment: Any,
    amount: int | None = None,
) -> None:
    fen = payment.amount.fen if amount is None else amount
    money_in.receive(book, day, event_id, payment, fen)
    whole.payments.append((day, book.account_id, fen))


def _refund(_whole: BorrowerBook, book: Book, day: int, event_id: str, payload: Any) -> None:
    money_in.refund(book, day, event_id, payload)


def _notice(whole: BorrowerBook, book: Book, day: int, event_id: str, payload: Any) -> None:
    source = whole.books.get(payload.source_account or "")
    if source is not None:
        wake(source, day)
        whole.cross_recalled.append(book)
    recall.notice(book, day, event_id, payload, source)


def _plan(whole: BorrowerBook, _book: Book, day: int, event_id: str, payload: Any) -> None:
    for leg in payload.legs:
        target = _find(whole, leg.account_id, event_id)
        wake(target, day)
        plans.agree(target, day, event_id, payload, leg)


def _plan_revoked(whole: BorrowerBook, _book: Book, day: int, _event_id: str, payload: Any) -> None:
    for target in whole.books.values():
        wake(target, day)
        for plan in target.plans:
            if plan.agreed.plan_id == payload.plan_id and plans.is_running(plan):
                missed = plans.breaching_row(plan, day)
                plans.revoke(target, plan, missed.due if missed else day, day)


def _promise(whole: BorrowerBook, book: Book, day: int, _event_id: str, payload: Any) -> None:
    whole.promises.append((day, book.account_id, payload))


def _hardship(
    whole: BorrowerBook, _book: Book | None, day: int, _event_id: str, payload: Any
) -> None:
    first = whole.hardships.get(payload.hardship_id)
    whole.hardships[payload.hardship_id] = (first[0] if first else day, payload)


def _died(whole: BorrowerBook, _book: Book | None, day: int, _event_id: str, _payload: Any) -> None:
    whole.deceased_on = day
    for each in whole.books.values():
        if each.rules.terms.special.death is Conduct.STOPS:
            wake(each, day)
            relief.add_pause(each, day, NEVER)


def _account(handler: Callable[..., None]) -> Callable[..., None]:
    def handle(_whole: BorrowerBook, book: Book, day: int, event_id: str, payload: Any) -> None:
        handler(book, day, event_id, payload)

    return handle


def _pause(book: Book, day: int, _event_id: str, payload: Any) -> None:
    relief.pause(book, day, payload)


_OF_ONE_ACCOUNT: dict[EventKind, Callable[..., None]] = {
    EventKind.BILL_ISSUED: debts.issue_bill,
    EventKind.LOAN_DISBURSED: debts.disburse,
    EventKind.BILL_INSTALMENT_BOOKED: debts.book_instalments,
    EventKind.CHARGE_POSTED: debts.post_charge,
    EventKind.WAIVER: waivers.waive,
    EventKind.INTEREST_PAUSED: _pause,
    EventKind.EXTENSION_AGREED: relief.extend,
    EventKind.ACCOUNT_OPENED: marks.opened,
    EventKind.BREACH_REPORTED: marks.breach,
    EventKind.SCORE_REPORTED: marks.score,
    EventKind.RISK_WARNED: marks.warned,
    EventKind.RECALL_WITHDRAWN: marks.recall_ended,
    EventKind.RECALL_REINSTATED: marks.recall_ended,
    EventKind.FACILITY_FROZEN: marks.facility,
    EventKind.FACILITY_RESTORED: marks.facility,
    EventKind.PLAN_BROKEN: marks.evidence,
    EventKind.PLAN_CURED: marks.evidence,
    EventKind.CONSENT_GIVEN: marks.evidence,
    EventKind.CONSENT_WITHDRAWN: marks.evidence,
    EventKind.DISPUTE_OPENED: disputes.opened,
    EventKind.DISPUTE_CLOSED: disputes.closed,
    EventKind.WRITTEN_OFF: marks.written_off,
    EventKind.TRANSFERRED: marks.transferred,
    EventKind.CLOSED: marks.closed,
}


_BY_KIND: dict[EventKind, Callable[..., None]] = {
    EventKind.PAYMENT: _pay,
    EventKind.REFUND: _refund,
    EventKind.RECALL_NOTICED: _notice,
    EventKind.PLAN_AGREED: _plan,
    EventKind.PLAN_REVOKED: _plan_revoked,
    EventKind.PROMISE_MADE: _promise,
    EventKind.HARDSHIP_DECLARED: _hardship,
    EventKind.BORROWER_DECEASED: _died,
    **{kind: _account(handler) for kind, handler in _OF_ONE_ACCOUNT.items()},
}


HANDLERS: dict[type, Callable[..., None]] = {
    PAYLOADS[kind]: handler for kind, handler in _BY_KIND.items()
}

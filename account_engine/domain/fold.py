"""`state = fold(contracts, events, as_of)`: the one way from events to a borrower's state.

Events are taken in order of value date; within a day debts come before
relief and relief before money, so that the order in
which events arrive never matters. A reversed event is left out from the reversal's value date on,
and everything after it is folded as if it had never happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from account_engine.domain import payloads as p
from account_engine.domain.errors import InvalidHistory
from account_engine.domain.events import PAYLOADS, Event, EventKind, event_hash
from account_engine.domain.ledger import credits as money_in
from account_engine.domain.ledger import debts, marks, plans, recall, relief
from account_engine.domain.ledger.book import NEVER, Book, Revocation
from account_engine.domain.ledger.clockwork import look, wake
from account_engine.domain.ledger.plans import PlanEnded
from account_engine.domain.ledger.view import borrower_state
from account_engine.domain.state import BorrowerState, RecallStage
from account_engine.domain.terms import Conduct, Contract

_ORDER_WITHIN_A_DAY: tuple[tuple[type, ...], ...] = (
    (p.AccountOpened, p.Transferred, p.BorrowerDeceased),
    (p.InterestPaused, p.DisputeOpened, p.DisputeClosed),
    (p.BillIssued, p.LoanDisbursed),
    (p.BillInstalmentBooked, p.ChargePosted),
    (p.Waiver, p.ExtensionAgreed),
    (p.Refund, p.Payment),
    (p.BreachReported, p.ScoreReported, p.RiskWarned),
    (p.RecallNoticed,),
    (p.PlanAgreed,),
)
_LAST_PHASE = 99
_PHASES: dict[type, int] = dict.fromkeys(PAYLOADS.values(), _LAST_PHASE) | {
    payload: phase for phase, kinds in enumerate(_ORDER_WITHIN_A_DAY) for payload in kinds
}
_LOOKED_AHEAD = frozenset({p.RecallReinstated, p.RecallWithdrawn, p.PlanCured})


@dataclass(slots=True)
class BorrowerBook:
    """The books of all accounts of a borrower, and what concerns the borrower as a whole."""

    borrower_id: str
    books: dict[str, Book]
    deceased_on: int | None = None
    promises: list[tuple[int, str | None, p.PromiseMade]] = field(default_factory=list)
    hardships: dict[str, tuple[int, p.HardshipDeclared]] = field(default_factory=dict)
    payments: list[tuple[int, str, int]] = field(default_factory=list)
    cross_recalled: list[Book] = field(default_factory=list)
    scores: list[tuple[int, int, str]] = field(default_factory=list)


def fold(contracts: Sequence[Contract], events: Iterable[Event], as_of: date) -> BorrowerState:
    """The state of one borrower at the end of a business date.

    Args:
        contracts: every contract of the borrower.
        events: all events of the borrower, in any order; those valued after `as_of` are ignored.
        as_of: business date (Asia/Shanghai).

    Raises:
        InvalidHistory: when events contradict each other or name what does not exist.
    """
    return borrower_state(fold_books(contracts, events, as_of), as_of.toordinal())


def fold_books(contracts: Sequence[Contract], events: Iterable[Event], as_of: date) -> BorrowerBook:
    """Fold events into books that are awake to the end of `as_of`."""
    ordered = _in_order(events, as_of)
    revoked: dict[str, dict[str, Revocation]] = {c.account_id: {} for c in contracts}
    while True:
        try:
            return _fold_once(contracts, ordered, as_of.toordinal(), revoked)
        except PlanEnded as ended:
            known = revoked[ended.account_id]
            known[f"{ended.plan_id}/{ended.account_id}"] = ended.revocation


def _in_order(events: Iterable[Event], as_of: date) -> list[tuple[int, Event]]:
    """Events in force at `as_of` with their day, by value date, phase, booking time and id."""
    phases = _PHASES
    valued = [event for event in events if event.value_date <= as_of]
    known = {event.event_id: event for event in valued}
    if len(known) != len(valued):
        valued = _each_once(valued)
    keyed = [
        (
            event.value_date.toordinal() * 100 + phases[type(event.payload)],
            event.booked_at,
            event.event_id,
            event,
        )
        for event in valued
    ]
    keyed.sort()  # ids differ, so two events themselves are never compared
    ordered = [(key // 100, event) for key, _, _, event in keyed]
    if p.Reversal in {type(event.payload) for event in valued}:
        return _without_reversed(ordered, known)
    return ordered


def _each_once(events: list[Event]) -> list[Event]:
    """Leave out events that came again; the same id with other content is a mistake."""
    first: dict[str, Event] = {}
    for event in events:
        _refuse_other_content(first.setdefault(event.event_id, event), event)
    return list(first.values())


def _refuse_other_content(first: Event, second: Event) -> None:
    """The same event twice is one event; two events with one id are a mistake of the source."""
    if first is not second and event_hash(first) != event_hash(second):
        raise InvalidHistory(second.event_id, "two events have this id and differ")


def _without_reversed(
    events: list[tuple[int, Event]], known: dict[str, Event]
) -> list[tuple[int, Event]]:
    """Leave out reversed events; the latest reversal is decided first, so it may undo another."""
    dropped: set[str] = set()
    for _, event in reversed(events):
        if isinstance(event.payload, p.Reversal) and event.event_id not in dropped:
            if event.payload.reverses not in known:
                raise InvalidHistory(event.event_id, "reverses an event that is not there")
            dropped.add(event.payload.reverses)
    return [
        entry
        for entry in events
        if entry[1].event_id not in dropped and type(entry[1].payload) is not p.Reversal
    ]


def _fold_once(
    contracts: Sequence[Contract],
    events: list[tuple[int, Event]],
    day: int,
    revoked: dict[str, dict[str, Revocation]],
) -> BorrowerBook:
    borrower_id = contracts[0].borrower_id if contracts else ""
    books = {c.account_id: Book(c, revoked[c.account_id]) for c in contracts}
    whole = BorrowerBook(borrower_id, books)
    for each in books.values():
        each.scores = whole.scores
    _look_ahead(whole, events)
    handlers, scores, score_reported = _HANDLERS, whole.scores, p.ScoreReported
    for value_day, event in events:
        account_id = event.account_id
        payload = event.payload
        if account_id is None:
            if type(payload) is score_reported:
                scores.append((value_day, payload.score, event.event_id))
            else:
                _for_borrower(whole, event, value_day)
            continue
        book = books.get(account_id)
        if book is None:
            raise InvalidHistory(event.event_id, "names an account without a contract")
        if book.alarm < value_day:
            wake(book, value_day)
        handlers[type(payload)](whole, book, value_day, event.event_id, payload)
    for book in books.values():
        finish(book, day)
    return whole


def finish(book: Book, day: int) -> None:
    """Bring a book to the end of the day it is looked at: cures of that day count already."""
    wake(book, day)
    look(book, day)


def _look_ahead(whole: BorrowerBook, events: list[tuple[int, Event]]) -> None:
    """Read what later events say about earlier ones: notices taken back, plans kept alive."""
    rare = _LOOKED_AHEAD
    for day, event in events:
        payload = event.payload
        if type(payload) not in rare:
            continue
        if isinstance(payload, p.PlanCured):
            for book in whole.books.values():
                book.cured_plans[payload.plan_id] = day
        elif isinstance(payload, (p.RecallReinstated, p.RecallWithdrawn)):
            noticed = whole.books.get(event.account_id or "")
            if noticed is not None:
                again = isinstance(payload, p.RecallReinstated)
                stage = RecallStage.REINSTATED if again else RecallStage.WITHDRAWN
                noticed.void_notices[payload.notice_id] = (stage, day)


def _for_borrower(whole: BorrowerBook, event: Event, day: int) -> None:
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
            _HANDLERS[type(payload)](whole, book, day, event.event_id, payload)


def _find(whole: BorrowerBook, account_id: str, event_id: str) -> Book:
    try:
        return whole.books[account_id]
    except KeyError:
        raise InvalidHistory(event_id, "names an account without a contract") from None


def _pay_borrower(whole: BorrowerBook, day: int, event_id: str, payment: p.Payment) -> None:
    """Money for the borrower: the named account, else arrears oldest first, then what is next."""
    if payment.designated_account is not None:
        book = _find(whole, payment.designated_account, event_id)
        wake(book, day)
        _pay(whole, book, day, event_id, payment)
        return
    left = payment.amount.fen
    for book in whole.books.values():
        wake(book, day)
    never = NEVER
    order = sorted(
        whole.books.values(), key=lambda b: (b.open[0].due if b.open else never, b.account_id)
    )
    for book in order:
        part = min(left, book.arrears(day) + book.due_today(day))
        if part:
            _pay(whole, book, day, event_id, payment, part)
            left -= part
    if left:
        _pay(whole, order[0], day, event_id, payment, left)


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
    for other in whole.cross_recalled:
        if other.recall_source is book:
            other.check_cure(day)


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
        for plan in target.plans:
            if plan.agreed.plan_id == payload.plan_id and plans.is_running(plan):
                missed = plans.missed_row(plan, day)
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
    EventKind.WAIVER: money_in.waive,
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
    EventKind.DISPUTE_OPENED: marks.dispute_opened,
    EventKind.DISPUTE_CLOSED: marks.dispute_closed,
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
_HANDLERS: dict[type, Callable[..., None]] = {
    PAYLOADS[kind]: handler for kind, handler in _BY_KIND.items()
}

"""`state = fold(contracts, events, as_of)`: the one way from events to a borrower's state.

`ledger/order.py` puts events in order, `ledger/handlers.py` says what each does to the books,
`ledger/view.py` freezes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from account_engine.domain import payloads as p
from account_engine.domain.errors import InvalidHistory
from account_engine.domain.events import Event
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.borrower import BorrowerBook
from account_engine.domain.ledger.clockwork import look, wake
from account_engine.domain.ledger.handlers import HANDLERS, cure_across, for_borrower
from account_engine.domain.ledger.order import in_order
from account_engine.domain.ledger.plans import PlanEnded
from account_engine.domain.ledger.undertakings import Revocation
from account_engine.domain.ledger.view import borrower_state
from account_engine.domain.state import BorrowerState, RecallStage
from account_engine.domain.terms import Contract

_LOOKED_AHEAD = frozenset({p.RecallReinstated, p.RecallWithdrawn, p.PlanCured})


def fold(
    contracts: Sequence[Contract],
    events: Iterable[Event],
    as_of: date,
    *,
    paid_rows: bool = True,
) -> BorrowerState:
    """The state of one borrower at the end of a business date.

    Args:
        contracts: every contract of the borrower.
        events: all events of the borrower, in any order; those valued after `as_of` are ignored.
        as_of: business date (Asia/Shanghai).
        paid_rows: whether `facts` also has the rows that owe nothing any more. Everything else
            is the same without them; they are most of a history, and to write them down is a
            quarter of the work.

    Raises:
        InvalidHistory: when events contradict each other or name what does not exist.
    """
    whole = fold_books(contracts, events, as_of)
    state = borrower_state(whole, as_of.toordinal(), paid_rows)
    whole.close()
    return state


def fold_books(contracts: Sequence[Contract], events: Iterable[Event], as_of: date) -> BorrowerBook:
    """Fold events into books that are awake to the end of `as_of`."""
    ordered = in_order(events, as_of)
    revoked: dict[str, dict[str, Revocation]] = {c.account_id: {} for c in contracts}
    while True:
        try:
            return _fold_once(contracts, ordered, as_of.toordinal(), revoked)
        except PlanEnded as ended:
            known = revoked[ended.account_id]
            known[f"{ended.plan_id}/{ended.account_id}"] = ended.revocation


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
    handlers, scores, score_reported = HANDLERS, whole.scores, p.ScoreReported
    for value_day, event in events:
        account_id = event.account_id
        payload = event.payload
        if account_id is None:
            if type(payload) is score_reported:
                scores.append((value_day, payload.score, event.event_id))
            else:
                for_borrower(whole, event, value_day)
                if whole.cross_recalled:
                    cure_across(whole, value_day)
            continue
        book = books.get(account_id)
        if book is None:
            raise InvalidHistory(event.event_id, "names an account without a contract")
        if book.alarm < value_day:
            wake(book, value_day)
        handlers[type(payload)](whole, book, value_day, event.event_id, payload)
        if whole.cross_recalled:
            cure_across(whole, value_day)
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

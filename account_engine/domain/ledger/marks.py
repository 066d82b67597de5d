"""Events that mark an account without moving money."""

from __future__ import annotations

from account_engine.domain import payloads as p
from account_engine.domain.errors import InvalidHistory
from account_engine.domain.ledger.book import Book


def opened(book: Book, day: int, _event_id: str, payload: p.AccountOpened) -> None:
    """The account begins."""
    book.opened_on = day
    if payload.credit_limit is not None:
        book.limit = payload.credit_limit.fen


def breach(book: Book, day: int, event_id: str, _payload: p.BreachReported) -> None:
    """A breach other than late payment was reported."""
    book.breaches.append((day, event_id))


def score(book: Book, day: int, event_id: str, payload: p.ScoreReported) -> None:
    """A score came in."""
    book.scores.append((day, payload.score, event_id))


def warned(book: Book, day: int, event_id: str, payload: p.RiskWarned) -> None:
    """Stage one of a recall."""
    book.warned_on = day
    book.warning_events.append(event_id)
    book.warning_trigger = payload.trigger


def recall_ended(
    book: Book, _day: int, event_id: str, payload: p.RecallWithdrawn | p.RecallReinstated
) -> None:
    """Keep the evidence; the notice itself was read as void from the start."""
    if payload.notice_id not in book.notices:
        raise InvalidHistory(event_id, "names a notice that was not served before")
    if book.recall.notice_id == payload.notice_id:
        book.recall.events.append(event_id)


def evidence(_book: Book, _day: int, _event_id: str, _payload: p.PlanBroken | p.PlanCured) -> None:
    """The state finds out about plans by itself; the event is only evidence."""


def facility(
    book: Book, day: int, _event_id: str, payload: p.FacilityFrozen | p.FacilityRestored
) -> None:
    """The lender stops, reduces or restores new use."""
    book.facility.append((day, payload))


def written_off(book: Book, day: int, _event_id: str, _payload: p.WrittenOff) -> None:
    """The lender wrote the debt off; it is still owed."""
    book.written_off_on = day


def transferred(book: Book, _day: int, _event_id: str, payload: p.Transferred) -> None:
    """A new creditor, binding from the notice on (民法典546)."""
    if payload.notified_on is not None:
        book.transferred.append((payload.notified_on.toordinal(), payload.creditor))


def closed(book: Book, day: int, _event_id: str, _payload: p.Closed) -> None:
    """No new use any more."""
    book.closed_on = day

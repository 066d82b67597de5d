"""Rows of the books as frozen facts."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Final

from account_engine.domain.ledger.accrual import running_carry, running_penalty
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.cap import reductions
from account_engine.domain.ledger.earned import earned_charges, giving_way_ahead
from account_engine.domain.ledger.minimum import minimum_open
from account_engine.domain.ledger.row import IN_PLAN, RECALLED, Row
from account_engine.domain.state import RowFacts, RowState

_BY_DUE = attrgetter("due")  # rows are kept in order of `seq`, which decides between equals


_facts: Final[Callable[[type[RowFacts], tuple[object, ...]], RowFacts]] = tuple.__new__
"""As `RowFacts._make`, which is Python and counts the fields once more, for most rows there are."""
# Constants of the module: compiled, an enum's own lookup takes many times as long.
_PAID: Final = RowState.PAID
_IN_GRACE: Final = RowState.IN_GRACE
_OVERDUE: Final = RowState.OVERDUE
_BILLED: Final = RowState.BILLED
_UPCOMING: Final = RowState.UPCOMING


class Facts:
    """Frozen rows of one account on a day, with the sums that go with them.

    Args:
        book: the account's books, awake to the end of `day`.
        day: the day they are looked at.
        paid: whether rows that owe nothing any more are wanted as well.
    """

    def __init__(self, book: Book, day: int, paid: bool) -> None:
        self.book, self.day = book, day
        fees = book.rules.terms.prepayment.instalment_fees
        earned = earned_charges(day, fees, book.earning_lines())
        self.unearned = sum(earned.unearned.values())
        self._earned = earned.parts
        self._giving_way = giving_way_ahead(book, day, earned)
        self._cuts = reductions(book, day)
        rows = book.rows if paid else [row for row in book.rows if row.settled_on is None]
        self.rows = tuple([self._row(row) for row in sorted(rows, key=_BY_DUE)])

    def _row(self, row: Row) -> RowFacts:
        return self._open_row(row) if row.settled_on is None else _settled_row(row)

    def _open_row(self, row: Row) -> RowFacts:
        book, day = self.book, self.day
        segments, carried = row.segments, row.carried
        open_interest, interest = row.open_interest, row.interest
        charged = row.segments_total
        if row.due < day:
            for segment in running_penalty(row, day, book.rules, book.pauses):
                segments += (segment,)
                charged += segment.amount
        if row.carry_from:
            for segment in running_carry(row, day, book.rules, book.pauses):
                carried += (segment,)
                open_interest += segment.amount
                interest += segment.amount
        cut = row.capped + self._cuts.get(row, 0)
        owed = row.posted + charged - row.paid_penalty - row.waived_penalty - row.moved_penalty
        extra = open_interest - row.open_interest
        earned = self._earned.get(row)
        earned_interest = open_interest if earned is None else earned[0] + extra
        earned_fee = row.open_fee if earned is None else earned[1]
        less_interest, less_fee = self._giving_way.get(row, (0, 0))
        return _facts(
            RowFacts,
            (
                row.key,
                row.number,
                row.origin,
                row.line.line_id,
                row.revolving,
                row.due,
                row.original_due,
                row.statement_on,
                self._state(row),
                row.principal,
                interest,
                row.fee,
                row.open_principal,
                open_interest,
                row.open_fee,
                owed - cut,
                row.paid_principal,
                row.paid_interest,
                row.paid_fee,
                row.paid_penalty,
                row.waived_principal,
                row.waived_interest,
                row.waived_fee,
                row.waived_penalty,
                row.moved_penalty,
                cut,
                row.posted,
                minimum_open(book.rules, row, extra),
                earned_interest - less_interest,
                earned_fee - less_fee,
                segments,
                carried,
                None,
                tuple(row.events),
                row.over_cap_interest,
                row.over_cap_fee,
                less_interest,
                less_fee,
            ),
        )

    def _state(self, row: Row) -> RowState:
        if row.fate == IN_PLAN:
            return RowState.MOVED_TO_PLAN
        if row.fate == RECALLED:
            return RowState.RECALLED
        return self._open_state(row)

    def _open_state(self, row: Row) -> RowState:
        day = self.day
        if row.due < day:
            return _IN_GRACE if day <= row.due + self.book.rules.grace else _OVERDUE
        if row.due == day:
            return RowState.DUE_TODAY
        if row.carry_from:
            return RowState.REVOLVED
        return _BILLED if row.statement_on <= day else _UPCOMING


def _settled_row(row: Row) -> RowFacts:
    """A row that owes nothing any more; most rows of a long history do not."""
    paid = row.paid_penalty + row.waived_penalty + row.moved_penalty
    return _facts(
        RowFacts,
        (
            row.key,
            row.number,
            row.origin,
            row.line.line_id,
            row.revolving,
            row.due,
            row.original_due,
            row.statement_on,
            _PAID,
            row.principal,
            row.interest,
            row.fee,
            row.open_principal,
            row.open_interest,
            row.open_fee,
            row.posted + row.segments_total - paid - row.capped,
            row.paid_principal,
            row.paid_interest,
            row.paid_fee,
            row.paid_penalty,
            row.waived_principal,
            row.waived_interest,
            row.waived_fee,
            row.waived_penalty,
            row.moved_penalty,
            row.capped,
            row.posted,
            0,
            row.open_interest,
            row.open_fee,
            row.segments,
            row.carried,
            row.settled_on,
            tuple(row.events),
            row.over_cap_interest,
            row.over_cap_fee,
            0,
            0,
        ),
    )

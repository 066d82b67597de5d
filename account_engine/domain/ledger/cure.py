"""Whether a recall ends because what was missing was paid."""

from __future__ import annotations

from account_engine.domain.ledger.book import Book
from account_engine.domain.payloads import RecallTrigger
from account_engine.domain.state import RecallStage
from account_engine.domain.terms import RecallCure

_LATENESS = (
    RecallTrigger.DPD,
    RecallTrigger.MISSED_INSTALMENTS,
    RecallTrigger.CROSS_DEFAULT,
)


def check_cure(book: Book, day: int) -> None:
    """End a noticed recall once the condition of the terms for a cure is met."""
    recall = book.recall
    if recall.stage is RecallStage.NOTICED and cure_met(book, day):
        recall.stage = RecallStage.CURED
        recall.ended_on = day
    elif recall.stage is RecallStage.EFFECTIVE and not book.open:
        recall.stage = RecallStage.SETTLED
        recall.ended_on = day


def cure_met(book: Book, day: int) -> bool:
    """Whether the terms' condition for stopping a noticed recall holds.

    Paying arrears only helps where lateness was the reason: here, or on the account whose
    default led to the notice.
    """
    cure = book.rules.terms.recall.cure
    if cure is RecallCure.PAY_ALL:
        return not book.open
    if cure is RecallCure.NONE or book.recall.trigger not in _LATENESS:
        return False
    return not book.arrears(day) and not _in_default(book.recall_source, day)


def _in_default(source: Book | None, day: int) -> bool:
    """Whether the account whose default led to the notice still owes what it defaulted on.

    What its own recall has made due counts from the day that takes effect, not from the day after.
    """
    if source is None:
        return False
    called_in = source.recall.stage is RecallStage.EFFECTIVE
    return bool(source.arrears(day) or (called_in and source.due_today(day)))

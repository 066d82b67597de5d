"""Full recall (全额回收): notice, its defects, acceleration, cure.

Nothing takes effect without a notice that the terms allow. What was already overdue keeps its due
date; unmatured principal becomes due on the effective day; interest and fees not earned by then are
dropped. From then on no bill has a minimum payment: all of it is due.
"""

from __future__ import annotations

from typing import Final

from account_engine.domain.ledger.accrual import penalty_owed, post_carry
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.earned import stop_earning
from account_engine.domain.ledger.precedence import come_due
from account_engine.domain.ledger.projection import project
from account_engine.domain.ledger.row import KEPT, RECALLED, Line, Row
from account_engine.domain.ledger.undertakings import RecallBook
from account_engine.domain.payloads import RecallNoticed, RecallTrigger
from account_engine.domain.state import RecallDefect, RecallStage, RowOrigin
from account_engine.domain.terms import Approval, RecallEffect, TriggerRule

# Constants of the module: compiled, an enum's own lookup takes many times as long.
_DPD: Final = RecallTrigger.DPD
_MISSED: Final = RecallTrigger.MISSED_INSTALMENTS
_CROSS_DEFAULT: Final = RecallTrigger.CROSS_DEFAULT
_BREACH: Final = RecallTrigger.BREACH
_SCORE: Final = RecallTrigger.SCORE
_RISK_OFFICER: Final = RecallTrigger.RISK_OFFICER


def notice(
    book: Book, day: int, event_id: str, payload: RecallNoticed, source: Book | None
) -> None:
    """Serve a notice on a day.

    Args:
        book: the books of the account that is recalled, awake to `day`.
        day: when the notice was served.
        event_id: the notice.
        payload: what it says.
        source: the books of the account whose default is the reason, awake to `day`.
    """
    earliest = day + book.rules.terms.recall.notice_days
    recall = RecallBook(
        stage=RecallStage.NOTICED,
        trigger=payload.trigger,
        warned_on=book.warned_on,
        noticed_on=day,
        effective_on=max(payload.effective_on.toordinal(), earliest),
        basis=payload.basis,
        amount=payload.amount.fen if payload.amount is not None else None,
        source_account=payload.source_account,
        notice_id=payload.notice_id,
        events=[*book.warning_events, event_id],
    )
    book.notices.add(payload.notice_id)
    void = book.void_notices.get(payload.notice_id)
    if void is not None:
        recall.stage, recall.ended_on = void
    else:
        recall.defects = tuple(_defects(book, day, payload, source))
        if recall.defects:
            recall.stage = RecallStage.INVALID
    if _stands_before(book.recall, recall):
        book.recall.events.append(event_id)
        return
    book.recall = recall
    book.recall_source = source
    if recall.stage is RecallStage.NOTICED and recall.effective_on is not None:
        book.ring(recall.effective_on - 1)


def _stands_before(standing: RecallBook, served: RecallBook) -> bool:
    """Whether a recall in force is untouched by another notice: one that has no effect itself, or
    any once everything has come due."""
    if standing.stage is RecallStage.EFFECTIVE:
        return True
    return standing.stage is RecallStage.NOTICED and served.stage is not RecallStage.NOTICED


def _defects(
    book: Book, day: int, payload: RecallNoticed, source: Book | None
) -> list[RecallDefect]:
    rule = next((r for r in book.rules.terms.recall.triggers if r.trigger is payload.trigger), None)
    if rule is None:
        return [RecallDefect.TRIGGER_NOT_IN_TERMS]
    defects = []
    if payload.trigger is RecallTrigger.CROSS_DEFAULT and not book.contract.cross_recall:
        defects.append(RecallDefect.NO_CONTRACT_FLAG)
    if rule.approval is Approval.NEEDED and not payload.approved_by:
        defects.append(RecallDefect.APPROVAL_MISSING)
    if not is_met(rule, book, day, source, payload.approved_by):
        defects.append(RecallDefect.TRIGGER_NOT_MET)
    if not book.open_principal:
        defects.append(RecallDefect.NOTHING_TO_RECALL)
    return defects


def is_met(
    rule: TriggerRule, book: Book, day: int, source: Book | None, approved_by: str | None
) -> bool:
    """Whether a trigger of the terms holds on a day."""
    trigger, threshold = rule.trigger, rule.threshold or 1
    if trigger is _DPD:
        return book.dpd(day) >= threshold
    if trigger is _MISSED:
        return book.missed_instalments(day) >= threshold
    if trigger is _CROSS_DEFAULT:
        if source is None:
            return False
        return source.dpd(day) >= threshold or source.recall.stage is RecallStage.EFFECTIVE
    if trigger is _BREACH:
        return bool(book.breaches)
    if trigger is _SCORE:
        return bool(book.scores) and book.scores[-1][1] < (rule.threshold or 0)
    return bool(approved_by)


def available_triggers(book: Book, day: int, others: list[Book]) -> tuple[RecallTrigger, ...]:
    """The triggers of the terms that hold on a day; a notice could name them."""
    found: list[RecallTrigger] = []
    for rule in book.rules.terms.recall.triggers:
        if rule.trigger is _RISK_OFFICER:
            continue
        if rule.trigger is _CROSS_DEFAULT:
            flagged = book.contract.cross_recall
            if flagged and any(is_met(rule, book, day, other, None) for other in others):
                found.append(rule.trigger)
        elif is_met(rule, book, day, None, None):
            found.append(rule.trigger)
    return tuple(found)


def accelerate(book: Book, day: int) -> None:
    """Make the whole balance due on a day."""
    recall = book.recall
    recall.stage = RecallStage.EFFECTIVE
    rule = book.rules.terms.recall
    if RecallEffect.ACCELERATE not in rule.effects:
        return
    project(book, day)
    for row in book.open:
        if row.due > day and row.carry_from:
            post_carry(row, day, book.rules, book.pauses)
    stop_earning(book, day, rule.fees, list(book.earning_lines()))
    total = 0
    for line in list(book.lines.values()):
        total += _recall_line(book, line, day)
    for row in book.open:
        row.takes_minimum = False  # a late bill is not carried any more for a part of it
    recall.amount = total


def _recall_line(book: Book, line: Line, day: int) -> int:
    rows = [row for row in line.rows if row.due > day and row.settled_on is None]
    rows = [row for row in rows if row.fate == KEPT]
    if not rows:
        return 0
    principal = sum(row.open_principal for row in rows)
    interest = sum(row.open_interest for row in rows)
    fee = sum(row.open_fee for row in rows)
    owed = {row: penalty_owed(row, day, book.rules, book.pauses) for row in rows}
    posted = sum(owed.values())  # of rows that were late and were put off, or of a plan
    recalled = Row(
        f"{line.line_id}/recall/{book.recall.notice_id}", 0, RowOrigin.RECALL, line, day, day,
        0, interest, fee, book.recall.events[-1], book.rules.grace_lag,
    )  # fmt: skip
    recalled.principal = recalled.open_principal = principal
    recalled.posted = posted
    recalled.revolving = rows[0].revolving
    recalled.judged = True
    for row in rows:
        row.open_principal = row.open_interest = row.open_fee = 0
        row.moved_penalty += owed[row]
        row.carry_from = 0
        row.fate = RECALLED
        book.open.remove(row)
    if principal or interest or fee or posted:
        _insert(book, recalled)
        come_due(book, [recalled], day)
    return principal + interest + fee


def _insert(book: Book, row: Row) -> None:
    """Enter a row whose principal is in its line already."""
    principal, row.open_principal = row.open_principal, 0
    book.add_row(row, row.due)
    row.open_principal = principal

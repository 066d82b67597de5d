"""What time alone changes: missed due days, carried remainders, recalls, plans that run out.

Everything due on a day happens at the end of that day, after all its payments, so that two payments
on one day are worth the same as one.
"""

from __future__ import annotations

from itertools import islice
from typing import Final

from account_engine.domain.ledger.accrual import penalty_owed, post_carry, post_penalty
from account_engine.domain.ledger.book import NEVER, Book
from account_engine.domain.ledger.cap import reductions
from account_engine.domain.ledger.due_days import next_due_after
from account_engine.domain.ledger.minimum import minimum_open
from account_engine.domain.ledger.plans import complete, next_deadline
from account_engine.domain.ledger.plans import end_of_day as end_plans
from account_engine.domain.ledger.precedence import charges_of
from account_engine.domain.ledger.projection import project_to_look
from account_engine.domain.ledger.recall import accelerate
from account_engine.domain.ledger.row import KEPT, Row
from account_engine.domain.money import divide
from account_engine.domain.state import RecallStage
from account_engine.domain.terms import AccrualStart, LateFeeBase

_NOTICED: Final = RecallStage.NOTICED  # compiled, an enum's own lookup takes many times as long


def wake(book: Book, day: int) -> None:
    """Let every day before `day` end. Recalls that take effect on `day` do so at its start."""
    while book.alarm < day:
        end_of_day(book, book.alarm)
        set_alarm(book, book.alarm)


def end_of_day(book: Book, day: int) -> None:
    """What happens once no more payment of a day can come."""
    if book.may_cure or (book.to_judge and book.rules.judges_due_days):
        _judge_rows(book, day)
    if book.plans:
        end_plans(book, day)
    recall = book.recall
    if recall.stage is _NOTICED and recall.effective_on == day + 1:
        accelerate(book, day + 1)
    charges_of(book, day + 1)


def look(book: Book, day: int) -> None:
    """Bring the books to the end of the day they are looked at.

    What a payment of the day mended counts at once; what the day leaves unpaid is judged tomorrow.
    """
    project_to_look(book, day)
    for row in list(book.open):
        if row.due >= day:
            break
        if row.judged and row.takes_minimum:
            _cure(book, row, day)
    for plan in book.plans:
        complete(plan)


def set_alarm(book: Book, after: int) -> None:
    """The next day at whose end something may happen."""
    nearest = NEVER
    if book.to_judge:
        nearest = book.to_judge[0].due + book.rules.grace
    takes_effect = book.recall.effective_on
    if book.recall.stage is _NOTICED and takes_effect is not None and takes_effect > after + 1:
        nearest = min(nearest, takes_effect - 1)
    if book.plans:
        nearest = min(nearest, next_deadline(book, after))
    book.alarm = min(nearest, _next_charges(book, after))


def _next_charges(book: Book, after: int) -> int:
    """The day before interest or a fee comes due that might have to give way to penalty."""
    if book.rules.cap is None:
        return NEVER
    # The oldest row alone has no penalty before its due date, unless it was given a later one.
    first = 0 if book.penalty_ahead else 1
    for row in islice(book.open, first, None):
        if row.due > after + 1 and (row.open_interest or row.open_fee):
            return row.due - 1
    return NEVER


def _judge_rows(book: Book, day: int) -> None:
    """Cure late rows whose minimum was met since; judge rows whose due day ended."""
    if book.may_cure:
        book.may_cure = False
        for row in list(book.open):
            if row.due >= day:
                break
            if row.judged and row.takes_minimum:
                _cure(book, row, day)
    grace = book.rules.grace
    while book.to_judge and book.to_judge[0].due + grace <= day:
        row = book.to_judge.pop(0)
        if row.settled_on is None and row.fate == KEPT and not row.judged:
            _judge(book, row, day)


def _judge(book: Book, row: Row, day: int) -> None:
    rest = row.open_principal + row.open_interest + row.open_fee
    if not rest:
        return
    carries = row.takes_minimum
    if rest <= book.rules.tolerance:
        _carry_over(book, row, day, 0)
        return
    missing = minimum_open(book.rules, row) if carries else rest
    if carries and not missing:
        _carry_over(book, row, day, _carry_start(book, row))
        return
    row.judged = True
    if book.rules.base_interest:
        # Penalty is charged on it from here on, so it is known now and not when money comes.
        post_carry(row, row.due, book.rules, book.pauses)
    _late_fee(book, row, missing)
    if carries and not book.rules.charges_penalty and not row.carry_from:
        row.carry_from = _carry_start(book, row)


def _cure(book: Book, row: Row, day: int) -> None:
    if not row.open_principal or minimum_open(book.rules, row):
        return
    owed = penalty_owed(row, day, book.rules, book.pauses)
    if owed and owed > reductions(book, day).get(row, 0):
        return
    post_penalty(row, day, book.rules, book.pauses)
    book.late_episodes.append((row.due, day))
    # Until today a late row bore penalty, where the terms have one, and no interest beside it.
    _carry_over(book, row, day, day if book.rules.charges_penalty else row.carry_from or day)


def _carry_start(book: Book, row: Row) -> int:
    rule = book.rules.minimum
    if row.carry_from:
        return row.carry_from
    if rule is not None and rule.interest_from is AccrualStart.POSTING_DATE:
        return row.posted_on
    return row.due


def _carry_over(book: Book, row: Row, day: int, start: int) -> None:
    """Carry the rest of a row to the next monthly due date; from `start` it bears interest."""
    post_carry(row, min(day, row.due) if row.carry_from else day, book.rules, book.pauses)
    due = next_due_after(book, row, max(day, row.due))
    # What was posted just now is not charged again.
    row.carry_from = max(start, row.carry_from) if start else 0
    row.cycle_principal = 0
    row.minimum_met = False
    row.statement_on = due - row.statement_lead
    book.move_due(row, due)


def _late_fee(book: Book, row: Row, missing: int) -> None:
    rule = book.rules.terms.penalty.late_fee
    if rule is None:
        return
    base = {
        LateFeeBase.PRINCIPAL: row.open_principal,
        LateFeeBase.PRINCIPAL_INTEREST: row.open_principal + row.open_interest,
        LateFeeBase.INSTALMENT: row.principal + row.interest + row.fee,
        LateFeeBase.UNPAID_MINIMUM: missing,
    }[rule.base]
    numerator, denominator = rule.rate.as_integer_ratio()
    row.posted += divide(base * numerator, denominator, book.rules.rounding)

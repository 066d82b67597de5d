"""How an account stands besides its amounts: labels, credit report, collection."""

from __future__ import annotations

from datetime import date
from typing import Final

from account_engine.domain.calendar import add_years, next_day_of_month
from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.plans import breaching_row, is_running
from account_engine.domain.ledger.row import KEPT
from account_engine.domain.ledger.undertakings import PlanBook
from account_engine.domain.records import maker
from account_engine.domain.state import (
    Ageing,
    CollectionStage,
    CreditReportState,
    RecallStage,
    RiskClass,
)
from account_engine.domain.terms import ClassificationRule

# Constants of the module: compiled, an enum's own lookup takes many times as long.
_CURRENT: Final = Ageing.CURRENT
_NORMAL: Final = RiskClass.NORMAL
_NO_COLLECTION: Final = CollectionStage.NONE
_report: Final = maker(CreditReportState)


def ageing(dpd: int, grace: int, rule: ClassificationRule) -> Ageing:
    """The ageing bucket of a number of days past due."""
    if dpd <= 0:
        return _CURRENT
    if dpd <= grace:
        return Ageing.GRACE
    if dpd >= rule.m3_plus:
        return Ageing.M3_PLUS
    if dpd >= rule.m3:
        return Ageing.M3
    return Ageing.M2 if dpd >= rule.m2 else Ageing.M1


def risk_class(book: Book, dpd: int, rule: ClassificationRule) -> RiskClass:
    """The five-class label; a running plan keeps special mention, written off is a loss."""
    if book.written_off_on is not None or dpd >= rule.loss:
        return RiskClass.LOSS
    if dpd >= rule.doubtful:
        return RiskClass.DOUBTFUL
    if dpd >= rule.substandard:
        return RiskClass.SUBSTANDARD
    if dpd >= rule.special_mention or any(is_running(plan) for plan in book.plans):
        return RiskClass.SPECIAL_MENTION
    return _NORMAL


def credit_report(book: Book, day: int) -> CreditReportState:
    """What the register may show. A record ends some years after everything late was paid."""
    rule = book.rules.terms.credit_report
    today = date.fromordinal(day)
    past, since = book.late_episodes, book.oldest_unpaid(day)
    reported = any(_reported(book, due, cleared) for due, cleared in past)
    if since is not None:
        reported = reported or _reported(book, since, day + 1)
    cleared_on = None
    if past and since is None:
        cleared_on = date.fromordinal(max(cleared for _, cleared in past))
    ends = add_years(cleared_on, rule.record_years) if cleared_on and reported else None
    if ends is not None and ends <= today:
        reported, ends = False, None
    return _report(
        next_reporting_date=next_day_of_month(today, rule.reporting_day),
        has_overdue_record=reported,
        record_ends_on=ends,
        cleared_on=cleared_on,
    )


def _reported(book: Book, due: int, cleared: int) -> bool:
    """Whether a reporting day fell into [due + 1 + the days without a report, cleared)."""
    rule = book.rules.terms.credit_report
    first = date.fromordinal(due + 1 + rule.promise_no_report_days)
    wanted = rule.reporting_day
    if first.toordinal() >= cleared:
        return False
    if cleared - first.toordinal() < 28 - first.day and wanted >= 28:
        return False
    reporting = next_day_of_month(first, wanted)
    return reporting.toordinal() < cleared


def collection_stage(book: Book, day: int, dpd: int, deceased_on: int | None) -> CollectionStage:
    """How collection may treat the account; the gentlest rule that applies wins."""
    rule = book.rules.terms.classification
    if deceased_on is not None:
        return CollectionStage.ESTATE
    if any(opened.towards is None for _, opened in book.disputes.values()):
        return CollectionStage.SUSPENDED_DISPUTE
    if creditor_change(book, day) is not None:
        return CollectionStage.TRANSFERRED
    if any(_leaves_in_peace(book, plan, day, dpd) for plan in book.plans):
        return CollectionStage.PLAN
    if dpd <= 0:
        return _NO_COLLECTION
    if book.recall.stage is RecallStage.EFFECTIVE:
        return CollectionStage.RECALLED
    if dpd >= rule.collection_late:
        return CollectionStage.LATE
    if dpd >= rule.collection_middle:
        return CollectionStage.MIDDLE
    return CollectionStage.EARLY if dpd >= rule.collection_early else CollectionStage.REMINDER


def _leaves_in_peace(book: Book, plan: PlanBook, day: int, dpd: int) -> bool:
    """Whether a plan keeps collection away: it is kept, or late by no more than it allows."""
    if not is_running(plan):
        return False
    if dpd <= book.rules.terms.plan.cure_days:
        return True
    tolerates = plan.agreed.missed_rows > 1 and breaching_row(plan, day) is None
    return tolerates and book.open[0] in plan.rows


def creditor_change(book: Book, day: int) -> str | None:
    """The new creditor, once the borrower was told."""
    told = [creditor for on, creditor in book.transferred if on <= day]
    return told[-1] if told else None


def owes(book: Book) -> bool:
    """Whether anything of the account is still open."""
    return any(row.fate == KEPT for row in book.open)

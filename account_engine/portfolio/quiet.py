"""Until when nothing can change for a borrower by itself, so that a sweep may pass them over.

Only two plain situations are judged: an account on which nothing is overdue, and one that is simply
overdue. Both change on days that the terms and the schedule give. Whoever is in a plan, a recall, a
dispute, an extension or a pause, or carries a balance, is looked at every night.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import zip_longest
from operator import attrgetter

from account_engine.domain.events import Event
from account_engine.domain.state import (
    AccountState,
    BorrowerState,
    FacilityReason,
    FacilityStatus,
    PlanStatus,
    RecallStage,
    RowFacts,
    RowState,
)
from account_engine.domain.terms import ProductTerms
from account_engine.portfolio.notices import NoticeRule

FOREVER = date(9999, 12, 31)
_PAID = RowState.PAID  # an enum's own lookup takes longer than a comparison
_NO_RECALL = RecallStage.NONE
_COMPLETED = PlanStatus.COMPLETED
_IN_USE = FacilityStatus.NORMAL
_PLAIN_ROWS = (
    RowState.UPCOMING,
    RowState.BILLED,
    RowState.DUE_TODAY,
    RowState.OVERDUE,
    RowState.MOVED_TO_PLAN,
)
"""Of rows that are not paid; an enum's hash costs more than to compare a few."""
_VALUED_ON = attrgetter("value_date")
_PLAIN_REASONS = {FacilityReason.OVERDUE, FacilityReason.LINKAGE}


def quiet_until(state: BorrowerState, rule: NoticeRule) -> date | None:
    """Return the first day on which time alone may change a label or call for a notice.

    None when that may be tomorrow already, or cannot be told simply.
    """
    open_rows = [
        [row for row in account.facts if row.state is not _PAID] for account in state.accounts
    ]
    if state.deceased or not all(map(_is_plain, state.accounts, open_rows)):
        return None
    today = state.as_of.toordinal()
    if not any(open_rows):
        return FOREVER
    # One account's days past due may be a threshold of another's terms (cross default).
    thresholds = [_thresholds_of(account.terms) for account in state.accounts]
    coming = [
        day
        for account, rows in zip(state.accounts, open_rows, strict=True)
        for day in _steps(account, rows, thresholds, rule)
        if day > today
    ]
    first = min(coming, default=FOREVER.toordinal())
    return None if first <= today + 1 else date.fromordinal(first)


def until_next_event(quiet: date | None, events: Sequence[Event], today: date) -> date | None:
    """Return the end of a quiet time that an event stored beforehand may cut short."""
    if quiet is None or not events or max(map(_VALUED_ON, events)) <= today:
        return quiet
    first = min(event.value_date for event in events if event.value_date > today)
    return None if first <= today + timedelta(days=1) else min(quiet, first)


def _is_plain(account: AccountState, open_rows: Sequence[RowFacts]) -> bool:
    plan = account.plan
    return (
        account.recall.stage is _NO_RECALL
        and (plan is None or plan.status is _COMPLETED)
        and (account.facility.status is _IN_USE or set(account.facility.reasons) <= _PLAIN_REASONS)
        and account.delinquent_days == max(0, account.dpd - account.terms.grace.days)
        and account.extension_until is None
        and not (account.disputed or account.written_off or account.closed)
        and all(row.state in _PLAIN_ROWS for row in open_rows)
    )


def _steps(
    account: AccountState,
    open_rows: Sequence[RowFacts],
    thresholds: Sequence[frozenset[int]],
    rule: NoticeRule,
) -> Iterator[int]:
    """Yield the days (ordinals) on which something about an account may change, in any order."""
    dues = sorted(row.due for row in open_rows if row.open_total or row.minimum_open)
    for due, following in zip_longest(dues, dues[1:], fillvalue=0):
        yield from (due - rule.payment_due_days, due + 1)
        if due < following <= due + rule.payment_due_days:
            yield due  # the first may have been paid by then, so that the next can be announced
    if account.oldest_unpaid_due is None:
        return
    oldest = account.oldest_unpaid_due.toordinal()
    yield from (oldest + days for some in thresholds for days in some)
    reporting = account.credit_report.next_reporting_date.toordinal()
    yield reporting - rule.credit_report_days
    yield reporting + 1


_KNOWN: dict[int, tuple[ProductTerms, frozenset[int]]] = {}
_MOST_KNOWN = 512


def _thresholds_of(terms: ProductTerms) -> frozenset[int]:
    """Return the days past due on which the terms let a label change, found once per terms.

    Terms are compared by identity, and kept, so that an id is never met again for other terms.
    """
    known = _KNOWN.get(id(terms))
    if known is None:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        known = _KNOWN[id(terms)] = (terms, frozenset(_thresholds(terms)))
    return known[1]


def _thresholds(terms: ProductTerms) -> Iterator[int]:
    labels, grace = terms.classification, terms.grace.days
    for days in (
        labels.special_mention,
        labels.substandard,
        labels.doubtful,
        labels.loss,
        labels.m2,
        labels.m3,
        labels.m3_plus,
        labels.collection_early,
        labels.collection_middle,
        labels.collection_late,
        terms.facility.freeze_after_days,
    ):
        yield from (days, days + grace)
    yield from (grace, grace + 1)
    limits = [rule.threshold for rule in terms.recall.triggers]
    limits += [rule.threshold for rule in terms.linkage]
    for limit in limits:
        if limit is not None:
            yield from (limit, limit + grace)

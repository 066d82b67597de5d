"""Ordinary news about somebody in good standing, which no fold is needed for.

Most events of a portfolio are bills that fall due some other day and payments of people who owe
nothing late. Neither changes a label: nothing overdue becomes overdue by them, and a bill brings
nothing before the reminder ahead of its due date. So the borrower stays quiet until then, at most.
Everything else, and everybody else, is folded.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from account_engine.domain.events import BillIssued, Event, EventKind
from account_engine.domain.state import (
    Ageing,
    CollectionStage,
    FacilityStatus,
    PlanStatus,
    RecallStage,
    RiskClass,
)
from account_engine.portfolio.labels import load_labels
from account_engine.portfolio.notices import NoticeRule

_NOTHING = "none"
_GOOD = (
    {Ageing.CURRENT.value},
    {RiskClass.NORMAL.value},
    {FacilityStatus.NORMAL.value},
    {RecallStage.NONE.value},
    {_NOTHING, PlanStatus.COMPLETED.value},
    {CollectionStage.NONE.value},
    {_NOTHING},
    {_NOTHING},
)
"""What each label of an account in good standing may be, in the order of `LABELS`."""

ORDINARY = frozenset({EventKind.BILL_ISSUED, EventKind.PAYMENT})


def quiet_after(
    quiet_until: date, labels: str, news: Iterable[Event], today: date, rule: NoticeRule
) -> date | None:
    """Return until when somebody stays quiet after these events; None: they must be folded.

    Args:
        quiet_until: until when they were quiet before, after `today`.
        labels: their stored labels.
        news: every event since.
        today: the business date that is swept.
        rule: how far ahead somebody is told.
    """
    if not _in_good_standing(labels):
        return None
    first = quiet_until
    for event in news:
        if event.kind not in ORDINARY:
            return None
        if isinstance(event.payload, BillIssued):
            first = min(first, event.payload.due - timedelta(days=rule.payment_due_days))
    return first if first > today + timedelta(days=1) else None


@lru_cache(maxsize=4096)
def _in_good_standing(labels: str) -> bool:
    return all(
        value in good
        for account in load_labels(labels).values()
        for value, good in zip(account, _GOOD, strict=True)
    )

"""Delinquency in a lender's own buckets: days past due less grace and less agreed pauses.

Of a pause only the part counts that overlaps the time a debt was past due.
"""

from __future__ import annotations

from datetime import date, timedelta

from account_engine.domain.money import Money
from account_engine.domain.state import AccountState, RowState

_GONE = (RowState.PAID, RowState.MOVED_TO_PLAN, RowState.RECALLED)
NO_BUCKET = "none"


def bucket_of(days: int, buckets: tuple[tuple[str, int, int], ...]) -> str:
    """The label of the bucket a number of days falls into, both ends included."""
    for label, first, last in buckets:
        if first <= days <= last:
            return label
    return NO_BUCKET


def account_bucket(account: AccountState) -> str:
    """The bucket of the account as a whole; grace applies."""
    return bucket_of(account.delinquent_days, account.terms.classification.buckets)


def delinquent_since(account: AccountState) -> date | None:
    """Due date of the oldest unpaid row plus grace, or None when nothing is past due."""
    if account.oldest_unpaid_due is None:
        return None
    return account.oldest_unpaid_due + timedelta(days=account.terms.grace.days)


def amounts_by_bucket(account: AccountState) -> dict[str, Money]:
    """Open amounts of past-due rows by each row's own bucket; grace does not apply to rows."""
    day = account.as_of.toordinal()
    sums: dict[str, int] = {}
    for row in account.facts:
        if row.due >= day or row.state in _GONE or not row.open_total:
            continue
        paused = sum(
            max(0, min(end, day) - max(start, row.due)) for start, end in account.delinquency_pauses
        )
        label = bucket_of(day - row.due - paused, account.terms.classification.buckets)
        sums[label] = sums.get(label, 0) + row.open_total
    return {label: Money(fen) for label, fen in sums.items()}

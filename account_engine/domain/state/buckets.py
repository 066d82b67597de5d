"""The ledger: every open amount in one of the buckets that lenders use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from account_engine.domain.money import Money, divide
from account_engine.domain.state.labels import RowState
from account_engine.domain.state.rows import RowFacts


class Bucket(str, Enum):
    """Ledger buckets: {billed, next, future} and overdue by part, and penalty on each part."""

    BILLED_REVOLVING_PRINCIPAL = "billed_revolving_principal"
    BILLED_INSTALMENT_PRINCIPAL = "billed_instalment_principal"
    BILLED_INTEREST = "billed_interest"
    BILLED_FEE = "billed_fee"
    NEXT_REVOLVING_PRINCIPAL = "next_revolving_principal"
    NEXT_INSTALMENT_PRINCIPAL = "next_instalment_principal"
    NEXT_INTEREST = "next_interest"
    NEXT_FEE = "next_fee"
    FUTURE_REVOLVING_PRINCIPAL = "future_revolving_principal"
    FUTURE_INSTALMENT_PRINCIPAL = "future_instalment_principal"
    FUTURE_INTEREST = "future_interest"
    FUTURE_FEE = "future_fee"
    OVERDUE_REVOLVING_PRINCIPAL = "overdue_revolving_principal"
    OVERDUE_INSTALMENT_PRINCIPAL = "overdue_instalment_principal"
    OVERDUE_INTEREST = "overdue_interest"
    OVERDUE_FEE = "overdue_fee"
    PENALTY_ON_REVOLVING_PRINCIPAL = "penalty_on_revolving_principal"
    PENALTY_ON_INSTALMENT_PRINCIPAL = "penalty_on_instalment_principal"
    PENALTY_ON_INTEREST = "penalty_on_interest"
    PENALTY_ON_FEE = "penalty_on_fee"
    CREDIT_BALANCE = "credit_balance"


Ledger = Mapping[Bucket, Money]

_PARTS = (
    ("BILLED", 0),
    ("NEXT", 1),
    ("FUTURE", 2),
    ("OVERDUE", 3),
)

_BUCKETS = {
    index: (
        Bucket[f"{name}_INSTALMENT_PRINCIPAL"],
        Bucket[f"{name}_REVOLVING_PRINCIPAL"],
        Bucket[f"{name}_INTEREST"],
        Bucket[f"{name}_FEE"],
    )
    for name, index in _PARTS
}


def buckets(rows: tuple[RowFacts, ...], day: int, credit: int) -> dict[Bucket, Money]:
    """Sum open rows into the ledger's buckets."""
    sums = dict.fromkeys(Bucket, 0)
    sums[Bucket.CREDIT_BALANCE] = credit
    horizon = _next_horizon(rows, day)
    for row in rows:
        if not row.open_total or row.state in (RowState.MOVED_TO_PLAN, RowState.RECALLED):
            continue
        instalment, revolving, interest, fee = _BUCKETS[_part(row, day, horizon)]
        sums[revolving if row.revolving else instalment] += row.open_principal
        sums[interest] += row.open_interest
        sums[fee] += row.open_fee
        if row.open_penalty:
            _penalty_buckets(sums, row)
    return {bucket: Money(fen) for bucket, fen in sums.items()}


def _next_horizon(rows: tuple[RowFacts, ...], day: int) -> int:
    """Last day of the month in which the first row that is not billed yet falls due."""
    upcoming = [r.due for r in rows if r.open_total and r.due > day and r.statement_on > day]
    if not upcoming:
        return day
    first = date.fromordinal(min(upcoming))
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return following.toordinal() - 1


def _part(row: RowFacts, day: int, horizon: int) -> int:
    if row.due < day:
        return 3
    if row.due == day or row.statement_on <= day:
        return 0
    return 1 if row.due <= horizon else 2


def _penalty_buckets(sums: dict[Bucket, int], row: RowFacts) -> None:
    """Split a row's open penalty by what it was charged on; the principal takes the rest."""
    principal = (
        Bucket.PENALTY_ON_REVOLVING_PRINCIPAL
        if row.revolving
        else Bucket.PENALTY_ON_INSTALMENT_PRINCIPAL
    )
    base = sum(segment.base * segment.days for segment in row.segments)
    on_fee = sum(segment.fee * segment.days for segment in row.segments)
    on_interest = sum(segment.interest * segment.days for segment in row.segments)
    fee = divide(row.open_penalty * on_fee, base) if base else 0
    interest = min(
        row.open_penalty - fee, divide(row.open_penalty * on_interest, base) if base else 0
    )
    sums[Bucket.PENALTY_ON_FEE] += fee
    sums[Bucket.PENALTY_ON_INTEREST] += interest
    sums[principal] += row.open_penalty - fee - interest

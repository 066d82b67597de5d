"""A known fault, kept in sight: a fee that comes due must not take away penalty already shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone
from decimal import Decimal

import pytest

from account_engine.domain.events import Event, EventKind
from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.payloads import BillIssued
from benchmarks.engine.history import contracts


def _bill(number: int, on: date, due: date, principal: int, fee: int) -> Event:
    payload = BillIssued(f"bill-{number}", on, due, Money(principal), fee=Money(fee))
    booked = datetime(2025, 1, 1, tzinfo=timezone.utc)
    return Event(f"e{number}", "b", "bills", EventKind.BILL_ISSUED, on, booked, payload)


@pytest.mark.xfail(strict=True, reason="docs/engine.md, Known limits: the fee should be cut")
def test_penalty_does_not_shrink_when_a_fee_comes_due() -> None:
    # 0.67 × 0.0003 × 25 days = 0.005025: one fen of penalty by 2025-02-04, and not less later.
    contract = contracts()[0]
    penalty = replace(contract.terms.penalty, daily_rate=Decimal("0.0003"))
    contract = replace(contract, terms=replace(contract.terms, penalty=penalty))
    events = [
        _bill(0, date(2025, 1, 1), date(2025, 1, 10), 67, 0),
        _bill(1, date(2025, 2, 1), date(2025, 2, 10), 1, 1234),
    ]
    for day in (date(2025, 2, 4), date(2025, 2, 10)):
        state = fold([contract], events, day)
        shown = sum(row.open_penalty for one in state.accounts for row in one.facts)
        assert shown == 1, day

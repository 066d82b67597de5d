"""The two examples the specification works by hand."""

from __future__ import annotations

from decimal import Decimal

from account_engine.domain.payloads import RepaymentMethod
from account_engine.domain.quote import Component, QuoteKind
from tests.unit.engine.histories import (
    bill,
    contract,
    day,
    loan,
    parts,
    pay,
    quoted,
    state_of,
    yuan,
)


def test_a_huabei_bill_three_days_late():
    # Bill 1,000.00 due 2026-10-10, nothing paid. On the 13th: 3 days late.
    # Penalty 1000 × 0.0005 × 3 = 1.50.
    events = [bill("1000.00", "2026-10-10", "2026-10-01")]
    overdue = quoted([contract()], events, "2026-10-13", QuoteKind.OVERDUE)
    (principal, penalty) = overdue.items
    assert state_of([contract()], events, "2026-10-13").account("huabei_like").dpd == 3
    assert principal.amount == yuan("1000.00")
    assert (penalty.component, penalty.amount) == (Component.PENALTY, yuan("1.50"))
    assert (penalty.base, penalty.rate, penalty.days) == (yuan("1000.00"), Decimal("0.0005"), 3)
    assert (penalty.start, penalty.end) == (day("2026-10-10"), day("2026-10-13"))
    assert penalty.formula == "1000.00 × 0.0005 × 3"
    assert penalty.clause == "huabei_like@1#penalty"
    assert overdue.total == yuan("1001.50")


def test_the_due_date_itself_bears_no_penalty_and_counts_zero_days():
    events = [bill("1000.00", "2026-10-10", "2026-10-01")]
    state = state_of([contract()], events, "2026-10-10").account("huabei_like")
    assert state.dpd == 0
    assert quoted([contract()], events, "2026-10-10", QuoteKind.OVERDUE).total == yuan("0")
    assert quoted([contract()], events, "2026-10-10", QuoteKind.DUE_NOW).total == yuan("1000.00")


def test_the_day_of_payment_bears_no_penalty():
    # Due the 10th, paid in full on the 13th: three days, 1.50; nothing is left on the 14th.
    events = [
        bill("1000.00", "2026-10-10", "2026-10-01"),
        pay("1001.50", "2026-10-13"),
    ]
    assert quoted([contract()], events, "2026-10-14", QuoteKind.PAYOFF_ALL).total == yuan("0")


def test_a_jiebei_penalty_is_capped_and_says_so():
    # 10,000.00 overdue for 30 days at 0.05% a day (18.25% a year). 1.5 times is 27.375% a year,
    # above 24%: uncapped 10000 × 0.00075 × 30 = 225.00; at the cap 10000 × 0.24/365 × 30 =
    # 197.26; so the capped item is −27.74.
    account = contract("jiebei_like", annual_rate=Decimal("0.1825"))
    events = [loan("10000.00", "2026-08-13", "2026-09-13", 1, RepaymentMethod.INTEREST_FIRST)]
    overdue = quoted([account], events, "2026-10-13", QuoteKind.OVERDUE)
    # 31 days of interest: 10000 × 0.1825 / 365 × 31 = 155.00.
    assert parts(overdue) == {
        Component.PRINCIPAL: "10000.00",
        Component.INTEREST: "155.00",
        Component.PENALTY: "225.00",
        Component.CAP: "-27.74",
    }
    assert overdue.total == yuan("10352.26")
    cap = next(item for item in overdue.items if item.component is Component.CAP)
    assert cap.formula == "10000.00 × 0.24/365 × 30 − 225.00"

"""Every price of a product changes what it is about; set as a scenario file sets it.

Days and thresholds are in `test_every_threshold.py`.
"""

from __future__ import annotations

import pytest

from account_engine.domain.money import Money
from account_engine.domain.payloads import BillIssued, RepaymentMethod
from account_engine.domain.quote import QuoteKind
from tests.unit.engine.histories import bill, day, event, loan, pay
from tests.unit.engine.parameters import (
    Case,
    fact,
    found_before_and_after,
    total,
)

HUABEI, JIEBEI = "huabei_like", "jiebei_like"
BILL = (bill("1000", "2026-10-10", "2026-10-01"),)
WITH_FEE = (
    event(
        BillIssued("f", day("2026-10-01"), day("2026-10-10"), Money.yuan("10000"), fee=Money(1000)),
        "2026-10-01",
    ),
)
CARRIED = (*BILL, pay("100", "2026-10-10"))
INTEREST_FIRST = (loan("10000", "2026-09-10", "2026-10-10", 12, RepaymentMethod.INTEREST_FIRST),)
BULLET = (loan("10000", "2026-09-10", "2026-10-10", 1, RepaymentMethod.BULLET),)
PRINCIPAL_FIRST = {
    "steps": [
        {"timing": "past_due", "components": ["principal", "fee", "penalty", "interest"]},
        {"timing": "due", "components": ["principal", "fee", "penalty", "interest"]},
        {"timing": "in_advance", "components": ["principal", "fee", "penalty", "interest"]},
    ]
}
OVERDUE, PAYOFF = total(QuoteKind.OVERDUE), total(QuoteKind.PAYOFF_ALL)
MINIMUM = total(QuoteKind.MINIMUM)

CASES: list[Case] = [
    # 10000 × 0.146 × 30/365 = 120.00; over 360 days 121.67.
    (JIEBEI, {"day_count": "act/360"}, INTEREST_FIRST, "2026-10-11", OVERDUE, "120.00", "121.67"),
    # 10000 × 0.18 × 30/365 = 147.95.
    (
        JIEBEI,
        {"interest": {"annual_rate": "0.18"}},
        INTEREST_FIRST,
        "2026-10-11",
        OVERDUE,
        "120.00",
        "147.95",
    ),
    # 10.00 × 0.0005 × 1 = 0.005: half up 0.01, half to even 0.00.
    (
        HUABEI,
        {"rounding": "half_even"},
        (bill("10", "2026-10-10", "2026-10-01"),),
        "2026-10-11",
        OVERDUE,
        "10.01",
        "10.00",
    ),
    # 1000 × 0.0005 × 3 = 1.50; at 0.0004 it is 1.20; within grace nothing.
    (
        HUABEI,
        {"penalty": {"daily_rate": "0.0004"}},
        BILL,
        "2026-10-13",
        OVERDUE,
        "1001.50",
        "1001.20",
    ),
    (HUABEI, {"grace": {"days": 3}}, BILL, "2026-10-13", OVERDUE, "1001.50", "1000.00"),
    # Capped at 12% a year: 1000 × 0.12/365 × 3 = 0.986.
    (HUABEI, {"cap": {"annual": "0.12"}}, BILL, "2026-10-13", OVERDUE, "1001.50", "1000.99"),
    # 10000 × 0.0005 × 3 = 15.00; with the fee of 10.00 in the base 15.015, so 15.02.
    (
        HUABEI,
        {"penalty": {"base": "principal+fee"}},
        WITH_FEE,
        "2026-10-13",
        OVERDUE,
        "10025.00",
        "10025.02",
    ),
    # 120.00 of interest and ten days on 10,000.00: 1.5 × 0.0004 is 60.00, 1.3 × 0.0004 is 52.00.
    (
        JIEBEI,
        {"penalty": {"multiple": "1.3"}},
        BULLET,
        "2026-10-20",
        OVERDUE,
        "10180.00",
        "10172.00",
    ),
    # A tenth of 1000 against a fifth; a tenth of 10000 with the fee of 10.00 or without.
    (HUABEI, {"minimum": {"ratio": "0.20"}}, BILL, "2026-10-05", MINIMUM, "100.00", "200.00"),
    (
        HUABEI,
        {"minimum": {"parts": ["interest"]}},
        WITH_FEE,
        "2026-10-05",
        MINIMUM,
        "1010.00",
        "1000.00",
    ),
    # 900 carried for ten days: × 0.0005 = 4.50, × 0.0004 = 3.60.
    (
        HUABEI,
        {"minimum": {"interest_daily": "0.0004"}},
        CARRIED,
        "2026-10-20",
        PAYOFF,
        "904.50",
        "903.60",
    ),
    # Paid off after ten days: 10000 × 0.0004 × 10 = 40.00, and one hundredth as a fee.
    (
        JIEBEI,
        {"prepayment": {"fee_rate": "0.01"}},
        INTEREST_FIRST,
        "2026-09-20",
        PAYOFF,
        "10040.00",
        "10140.00",
    ),
    # One yuan three days late: penalty first, or principal first.
    (
        HUABEI,
        {"allocation": PRINCIPAL_FIRST},
        (*BILL, pay("1", "2026-10-13")),
        "2026-10-13",
        fact(lambda account: account.outstanding.yuan_text),
        "1000.00",
        "999.00",
    ),
    # After 90 days principal may come first (from the day 91 days late on).
    (
        HUABEI,
        {"allocation": {"late_from_dpd": 91, "late_steps": PRINCIPAL_FIRST["steps"]}},
        (*BILL, pay("1", "2027-01-09")),
        "2027-01-09",
        fact(lambda account: account.outstanding.yuan_text),
        "1000.00",
        "999.00",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[str(case[1])[:60] for case in CASES])
def test_a_parameter_changes_what_it_is_about(case: Case) -> None:
    assert found_before_and_after(case) == case[-2:]

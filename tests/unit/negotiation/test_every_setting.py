"""Every setting of the policy changes what it is about; set in a copy of its files.

What a plan may cost, waive and last has tests of its own: `test_tools`, `test_most_terms`,
`test_breach_and_cut`.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from account_engine.domain.negotiation.option import ApprovalCause, Option, ReasonCode
from account_engine.domain.negotiation.policy import Policy, Tool
from account_engine.domain.negotiation.position import DebtPosition
from account_engine.domain.payloads import HardshipKind
from tests.unit.negotiation.debts import (
    TODAY,
    ask,
    codes,
    debt,
    demo_policy,
    loan,
    policy_with,
    yuan,
)

# 45 days late with 8,000.00 of principal (15.00 of interest, 2.40 of penalty): tier T2.
LARGE = debt(loan(45, overdue_principal=yuan(8000), penalty_base=yuan(8000)))
BESIDE_A_DISPUTE = debt(loan(10, disputed=True), loan(10, account_id="other"))


def plan(policy: Policy, position: DebtPosition, terms: int) -> Option:
    """The plan over so many rows."""
    found = ask(position, policy, terms=terms).options
    return next(one for one in found if one.terms == terms)


@pytest.mark.parametrize(
    ("cause", "position", "terms", "old", "new"),
    [
        (
            ApprovalCause.ACCELERATED,
            debt(loan(35, accelerated=True)),
            12,
            "when_accelerated: true",
            "when_accelerated: false",
        ),
        (
            ApprovalCause.VULNERABLE,
            debt(loan(10), vulnerable=True),
            3,
            "when_vulnerable: true",
            "when_vulnerable: false",
        ),
        (
            ApprovalCause.DISPUTED,
            BESIDE_A_DISPUTE,
            3,
            "when_disputed: true",
            "when_disputed: false",
        ),
        (
            ApprovalCause.LONG_OVERDUE,
            debt(loan(100, overdue_principal=yuan(5000))),
            6,
            "dpd_over: 90",
            "dpd_over: 100",
        ),
        (
            ApprovalCause.LONG_PLAN,
            debt(loan(100, overdue_principal=yuan(9000))),
            18,
            "terms_over: 12",
            "terms_over: 18",
        ),
        (
            ApprovalCause.PLANS_BROKEN,
            debt(loan(10, plans_broken=1)),
            3,
            "broken_plans_over: 0",
            "broken_plans_over: 1",
        ),
    ],
)
def test_who_needs_a_person_is_set(
    tmp_path: Path, cause: ApprovalCause, position: DebtPosition, terms: int, old: str, new: str
) -> None:
    assert cause in plan(demo_policy(), position, terms).approval_causes
    otherwise = policy_with(tmp_path, ("negotiation.yml", old, new))
    assert cause not in plan(otherwise, position, terms).approval_causes


@pytest.mark.parametrize(
    ("days", "code", "old", "new"),
    [
        (36, ReasonCode.FIRST_DATE_TOO_LATE, "first_due_max_days: 35", "first_due_max_days: 36"),
        (2, ReasonCode.FIRST_DATE_TOO_EARLY, "first_due_min_days: 3", "first_due_min_days: 2"),
    ],
)
def test_the_window_of_the_first_row_is_set(
    tmp_path: Path, days: int, code: ReasonCode, old: str, new: str
) -> None:
    def asked(policy: Policy) -> list[ReasonCode]:
        first = TODAY + timedelta(days=days)
        return codes(
            ask(LARGE, policy, first_date=first, terms=6, hardship=HardshipKind.UNEMPLOYMENT)
        )

    assert code in asked(demo_policy())
    assert code not in asked(policy_with(tmp_path, ("negotiation.yml", old, new)))


def test_the_smallest_instalment_is_set(tmp_path: Path) -> None:
    # 100.00 + 15.00 + 1.20 after the waiver, over three rows: less than 39.00 each.
    small = debt(loan(10, overdue_principal=yuan(100)))

    def has_plan(policy: Policy) -> bool:
        found = ask(small, policy, terms=3).options
        return any(one.tool is Tool.ARREARS_INSTALMENT for one in found)

    assert not has_plan(demo_policy())
    lower = ("negotiation.yml", 'min_instalment: "50.00"', 'min_instalment: "30.00"')
    assert has_plan(policy_with(tmp_path, lower))


def test_the_first_payment_of_a_plan_is_set(tmp_path: Path) -> None:
    # 600.00 are less than a tenth of some 8,016.20, and more than a twentieth.
    def asked(policy: Policy) -> list[ReasonCode]:
        return codes(ask(LARGE, policy, down_payment=yuan(600), terms=6))

    assert ReasonCode.DOWN_PAYMENT_TOO_LOW in asked(demo_policy())
    lower = ("negotiation.yml", 'min_down_payment: "0.10"', 'min_down_payment: "0.05"')
    assert ReasonCode.DOWN_PAYMENT_TOO_LOW not in asked(policy_with(tmp_path, lower))


def test_what_a_month_may_take_of_an_income_is_set(tmp_path: Path) -> None:
    # 600.00 a month are left to live on: half of it is 300.00, a tenth 60.00. Three rows of
    # 1,016.20 less a first payment of 30% are 237.11 and some interest.
    def is_affordable(policy: Policy) -> bool:
        found = ask(debt(loan(10)), policy, income=yuan(3600), living_costs=yuan(3000), terms=3)
        return any(one.terms == 3 for one in found.options)

    assert is_affordable(demo_policy())
    less = ("negotiation.yml", 'share: "0.50"', 'share: "0.10"')
    assert not is_affordable(policy_with(tmp_path, less))

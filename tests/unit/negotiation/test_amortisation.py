"""Level instalments of a plan, to the fen."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from account_engine.domain.money import Rounding
from account_engine.domain.negotiation.amortisation import PlanPrice, level_rows

PRICE = PlanPrice(Decimal("0.1825"))  # 0.05% a day


def test_two_rows_by_hand() -> None:
    # 1,000.00 at 1.5% per 30 days.
    # Exact: 1000 × 1.015² / (1.015 + 1) = 511.277…, so 511.28 is tried first.
    # Row 1: interest 15.00, principal 496.28, left 503.72.
    # Row 2: interest 503.72 × 0.015 = 7.5558, down to 7.55; 503.72 + 7.55 = 511.27 ≤ 511.28.
    # With 511.27 the last row would be 511.28: too little. So 511.28 it is.
    rows = level_rows(1_000_00, PRICE, [30, 30])
    assert [(row.principal, row.interest, row.balance_after) for row in rows] == [
        (496_28, 15_00, 503_72),
        (503_72, 7_55, 0),
    ]


def test_interest_is_rounded_as_the_policy_says() -> None:
    # 503.72 × 0.015 = 7.5558: 7.55 down, 7.56 half up.
    assert PlanPrice(Decimal("0.1825")).interest(503_72, 30) == 7_55
    half_up = PlanPrice(Decimal("0.1825"), rounding=Rounding.HALF_UP)
    assert half_up.interest(503_72, 30) == 7_56


def test_without_a_rate_principal_alone_is_split() -> None:
    # 100.00 in three: the least level instalment is 33.34; the last row is 33.32.
    rows = level_rows(100_00, PlanPrice(Decimal(0)), [30, 31, 31])
    assert [row.principal + row.interest for row in rows] == [33_34, 33_34, 33_32]


def test_nothing_to_repay_gives_empty_rows() -> None:
    assert [row.principal + row.interest for row in level_rows(0, PRICE, [30, 30])] == [0, 0]


principals = st.integers(min_value=0, max_value=5_000_000_00)
rates = st.integers(min_value=0, max_value=2400).map(lambda points: Decimal(points) / 10_000)
periods = st.lists(st.integers(min_value=1, max_value=62), min_size=1, max_size=36)


@given(principals, rates, periods)
def test_principal_is_repaid_to_the_fen_and_no_row_exceeds_the_level_one(
    principal: int, rate: Decimal, days: list[int]
) -> None:
    rows = level_rows(principal, PlanPrice(rate), days)
    assert sum(row.principal for row in rows) == principal
    assert rows[-1].balance_after == 0
    amounts = [row.principal + row.interest for row in rows]
    assert max(amounts) == amounts[0]
    assert min(row.principal for row in rows) >= 0


@given(principals, rates, periods, st.integers(min_value=1, max_value=36))
def test_fewer_rows_never_mean_less_a_month_or_more_interest(
    principal: int, rate: Decimal, days: list[int], fewer: int
) -> None:
    fewer = min(fewer, len(days))
    short = level_rows(principal, PlanPrice(rate), days[:fewer])
    long = level_rows(principal, PlanPrice(rate), days)
    assert short[0].principal + short[0].interest >= long[0].principal + long[0].interest
    assert sum(row.interest for row in short) <= sum(row.interest for row in long)

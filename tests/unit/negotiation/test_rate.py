"""The annual rate shown beside every plan."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from account_engine.domain.negotiation.rate import NoRate, annual_rate

MONTH = Fraction(1, 12)


@pytest.mark.parametrize(
    ("terms", "fee", "rate"),
    [
        # A flat fee on 10,000.00 in equal monthly payments; the rates are those published for the
        # legacy fee table (2.5% over 3 months is 14.94% a year, and so on).
        (3, 250_00, "0.1494"),
        (6, 450_00, "0.1527"),
        (9, 650_00, "0.1534"),
        (12, 880_00, "0.1586"),
    ],
)
def test_flat_instalment_fees_come_to_their_published_yearly_rates(
    terms: int, fee: int, rate: str
) -> None:
    total = 10_000_00 + fee
    payments = [(MONTH, total // terms)] * (terms - 1)
    payments.append((MONTH, total - sum(amount for _, amount in payments)))
    assert annual_rate(10_000_00, payments).quantize(Decimal("0.0001")) == Decimal(rate)


def test_one_payment_after_a_year_of_365_days_shows_simple_interest() -> None:
    # 1,000.00 at 0.05% a day for 365 days: 182.50 interest, 18.25%.
    assert annual_rate(1_000_00, [(Fraction(365, 365), 1_182_50)]) == Decimal("0.182500")


def test_ten_days_are_annualised_by_simple_interest_within_the_period() -> None:
    # 5.00 on 1,017.40 in 10 days: 5 / 1017.40 × 36.5 = 0.17937…
    assert annual_rate(1_017_40, [(Fraction(10, 365), 1_022_40)]) == Decimal("0.179379")


def test_two_equal_periods_by_hand() -> None:
    # 1,000.00 repaid by 511.28 and 511.27 after 30 days each. At R = 0.1825 a period costs
    # 0.0005 × 30 = 1.5%: 1000 × 1.015 − 511.28 = 503.72; 503.72 × 1.015 − 511.27 = 0.0058,
    # half a fen, so the rate is just below 18.25% and shows as 18.25% to two decimals.
    rate = annual_rate(1_000_00, [(Fraction(30, 365), 511_28), (Fraction(30, 365), 511_27)])
    assert rate < Decimal("0.1825")
    assert rate.quantize(Decimal("0.0001")) == Decimal("0.1825")


def test_a_plan_without_cost_has_rate_zero() -> None:
    assert annual_rate(300_00, [(MONTH, 100_00)] * 3) == 0


def test_a_very_dear_payment_still_has_a_rate() -> None:
    # Twice the amount after one month: 100% a month, 1200% a year.
    assert annual_rate(100_00, [(MONTH, 200_00)]) == Decimal("12.000000")


@pytest.mark.parametrize(("outlay", "payments"), [(0, [(MONTH, 1)]), (100, [(MONTH, 99)])])
def test_there_is_no_rate_where_nothing_is_lent_or_not_all_repaid(
    outlay: int, payments: list[tuple[Fraction, int]]
) -> None:
    with pytest.raises(NoRate):
        annual_rate(outlay, payments)

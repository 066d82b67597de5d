"""A formula can be worked out again: its rate is the contract's, over the contract's year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from account_engine.domain.quote import QuoteKind
from account_engine.domain.repay_order import repay_order
from account_engine.services.plain_values import override
from tests.unit.engine.histories import PRODUCTS, bill, contract, day, loan, quoted
from tests.unit.engine.parameters import set_otherwise

# Due on 10-10, looked at on 10-13: three days late.
BILL = bill("1000", "2026-10-10", "2026-10-01", "baitiao_like")


@pytest.mark.parametrize(
    ("changes", "formula", "amount"),
    [
        # 24% a year over 365 days: 1000 × 0.24/365 × 3 = 1.9726.
        (
            {"penalty": {"method": "fixed_annual", "annual_rate": "0.24"}},
            "1000.00 × 0.24/365 × 3",
            "1.97",
        ),
        # Over 360 days: 1000 × 0.24/360 × 3 = 2.00.
        (
            {"penalty": {"method": "fixed_annual", "annual_rate": "0.24"}, "day_count": "act/360"},
            "1000.00 × 0.24/360 × 3",
            "2.00",
        ),
        # 18% over 360 days is 0.0005 a day, which needs no fraction: 1.50.
        (
            {"penalty": {"method": "fixed_annual", "annual_rate": "0.18"}, "day_count": "30/360"},
            "1000.00 × 0.0005 × 3",
            "1.50",
        ),
        # A daily rate stays as the contract writes it: 1000 × 0.00041234567 × 3 = 1.237.
        (
            {"penalty": {"method": "fixed_daily", "daily_rate": "0.00041234567"}},
            "1000.00 × 0.00041234567 × 3",
            "1.24",
        ),
        # Yearly figures are not cut off either: 1000 × 0.12345678/365 × 3 = 1.0147.
        (
            {"penalty": {"method": "fixed_annual", "annual_rate": "0.12345678"}},
            "1000.00 × 0.12345678/365 × 3",
            "1.01",
        ),
    ],
)
def test_a_penalty_shows_the_rate_of_its_contract(
    changes: dict[str, Any], formula: str, amount: str
) -> None:
    account = set_otherwise("baitiao_like", changes)
    quote = quoted([account], [BILL], "2026-10-13", QuoteKind.OVERDUE)
    assert (quote.items[1].formula, quote.items[1].amount.yuan_text) == (formula, amount)


def test_the_dearer_of_two_loans_is_found_by_the_days_of_their_years() -> None:
    # 18.25% over 365 days is 0.0005 a day; 18.15% over 360 days is 0.000504, so it is dearer.
    over_360 = override(PRODUCTS.latest("jiebei_like"), {"day_count": "act/360"}, "terms")
    loans = [
        contract("jiebei_like", annual_rate=Decimal("0.1825")),
        contract(over_360, account_id="other", annual_rate=Decimal("0.1815")),
    ]
    drawn = [
        loan("1000", "2026-11-01", "2026-12-01", 3),
        loan("1000", "2026-11-01", "2026-12-01", 3, account="other"),
    ]
    order = repay_order(loans, drawn, day("2026-11-21"))
    assert [debt.account_id for debt in order.cheapest] == ["other", "jiebei_like"]

"""Penalty on figures that a visitor names: worked by hand, from the same fold as every account."""

from __future__ import annotations

from decimal import Decimal

import pytest

from account_engine.domain.money import Money
from account_engine.domain.quote import Component, Quote
from account_engine.services.hypothetical import InvalidSupposition, hypothetical_penalty
from account_engine.services.hypothetical_loan import hypothetical_interest
from tests.unit.engine.histories import PRODUCTS, day, yuan

TODAY = day("2026-11-21")


def supposed(product: str, amount: str, days: int, rate: str | None = None) -> Quote:
    """The quote of a question with figures."""
    terms = PRODUCTS.latest(product)
    annual = Decimal(rate) if rate else None
    return hypothetical_penalty(terms, yuan(amount), days, TODAY, annual)


@pytest.mark.parametrize(
    ("product", "amount", "days", "penalty"),
    [
        ("huabei_like", "1000.00", 3, "1.50"),  # 1000 × 0.0005 × 3 = 1.50
        ("huabei_like", "500.00", 3, "0.75"),  # 500 × 0.0005 × 3 = 0.75
        ("huabei_like", "5000.00", 30, "75.00"),  # 5000 × 0.0005 × 30 = 75.00
        # 0.04% a day × 1.5 = 0.06%, below the cap: 10000 × 0.0006 × 30 = 180.00
        ("jiebei_like", "10000.00", 30, "180.00"),
    ],
)
def test_the_penalty_on_named_figures(product: str, amount: str, days: int, penalty: str) -> None:
    sums = supposed(product, amount, days).by_component()
    assert sums.get(Component.PENALTY, Money.zero) == yuan(penalty)
    assert sums[Component.PRINCIPAL] == yuan(amount)
    assert Component.CAP not in sums


def test_the_cap_is_an_item_of_its_own() -> None:
    # 0.05% a day is 18.25% a year; × 1.5 is 27.375%, above 24%: uncapped 10000 × 0.00075 × 30 =
    # 225.00, at the cap 10000 × 0.24 / 365 × 30 = 197.26, so the cap takes off 27.74.
    quote = supposed("jiebei_like", "10000.00", 30, rate="0.1825")
    sums = quote.by_component()
    assert sums[Component.PENALTY] == yuan("225.00")
    assert sums[Component.CAP] == yuan("-27.74")
    assert quote.total == yuan("10197.26")


def test_the_line_says_base_rate_and_days() -> None:
    (line,) = (
        item
        for item in supposed("huabei_like", "500.00", 3).items
        if item.component is Component.PENALTY
    )
    assert (line.base, line.rate, line.days) == (yuan("500.00"), Decimal("0.0005"), 3)


@pytest.mark.parametrize(
    ("amount", "days"),
    [("0.00", 3), ("-5.00", 3), ("10000000.01", 3), ("500.00", 0), ("500.00", 3651)],
)
def test_figures_without_sense_are_refused(amount: str, days: int) -> None:
    with pytest.raises(InvalidSupposition):
        supposed("huabei_like", amount, days)


@pytest.mark.parametrize(
    ("amount", "days", "interest"),
    [
        ("5000.00", 30, "60.00"),  # 5,000 × 14.6 % / 365 = 2.00 a day
        ("30000.00", 1, "12.00"),
        ("123.45", 7, "0.35"),  # 0.04938 a day, 0.34566
    ],
)
def test_the_interest_of_a_loan_for_so_many_days(amount: str, days: int, interest: str) -> None:
    terms = PRODUCTS.latest("jiebei_like")
    found = hypothetical_interest(terms, Money.yuan(amount), days, day("2026-11-21"))
    assert found == Money.yuan(interest)


@pytest.mark.parametrize(
    ("product", "amount", "days"),
    [("huabei_like", "100.00", 3), ("jiebei_like", "0.00", 3), ("jiebei_like", "100.00", 0)],
)
def test_no_interest_of_what_is_no_loan(product: str, amount: str, days: int) -> None:
    with pytest.raises(InvalidSupposition):
        hypothetical_interest(PRODUCTS.latest(product), Money.yuan(amount), days, day("2026-11-21"))

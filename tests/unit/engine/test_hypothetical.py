"""Penalty on figures that a visitor names: worked by hand, from the same fold as every account."""

from __future__ import annotations

from decimal import Decimal

import pytest

from account_engine.domain.money import Money
from account_engine.domain.quote import Component, Quote, QuoteKind
from account_engine.services.hypothetical import (
    hypothetical_penalty,
    hypothetical_rest,
)
from account_engine.services.hypothetical_loan import hypothetical_interest
from account_engine.services.supposition import InvalidSupposition
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


# --- a part of it paid today


def rest(product: str, amount: str, days: int, paid: str, seen: str, kind: QuoteKind) -> Money:
    """What is left on a day of a debt that a payment of today went to."""
    terms = PRODUCTS.latest(product)
    found = hypothetical_rest(
        terms, yuan(amount), days, TODAY, yuan(paid), kind=kind, seen_on=day(seen)
    )
    return found.total


@pytest.mark.parametrize(
    ("seen", "left"),
    [
        # 12,000 × 0.0006 × 30 = 216.00 of penalty; 12,216.00 − 5,000.00 = 7,216.00 of principal
        ("2026-11-21", "7216.00"),
        # 7,216 × 0.0006 × 1 = 4.33
        ("2026-11-22", "7220.33"),
        # 7,216 × 0.0006 × 30 = 129.888
        ("2026-12-21", "7345.89"),
    ],
)
def test_a_part_of_a_loan_leaves_less_to_grow(seen: str, left: str) -> None:
    for kind in (QuoteKind.OVERDUE, QuoteKind.PAYOFF_ALL):
        assert rest("jiebei_like", "12000.00", 30, "5000.00", seen, kind) == yuan(left)


def test_a_bill_of_which_the_minimum_is_covered_is_carried_on() -> None:
    # 3,000 × 0.0005 × 5 = 7.50; 3,007.50 − 1,000.00 = 2,007.50, more than the minimum was paid
    assert rest("huabei_like", "3000.00", 5, "1000.00", "2026-11-21", QuoteKind.OVERDUE).fen == 0
    left = rest("huabei_like", "3000.00", 5, "1000.00", "2026-11-21", QuoteKind.PAYOFF_ALL)
    assert left == yuan("2007.50")


def test_a_payment_below_zero_or_a_day_gone_by_is_refused() -> None:
    for paid, seen in (("-1.00", "2026-11-21"), ("1.00", "2026-11-20")):
        with pytest.raises(InvalidSupposition):
            rest("huabei_like", "3000.00", 5, paid, seen, QuoteKind.OVERDUE)


@pytest.mark.parametrize(
    ("product", "principal", "instalments", "days", "total"),
    [
        # due on 12 September, October and November: 70, 40 and 9 days; 860 × 0.0006 × each is
        # 36.12, 20.64 and 4.644; 2,580.00 + 36.12 + 20.64 + 4.64
        ("jiebei_like", "2580.00", 3, 70, "2641.40"),
        # due on 12 October and November: 40 and 9 days; 1,000 × 0.0005 × each is 20.00 and 4.50
        ("huabei_like", "2000.00", 2, 40, "2024.50"),
        # 1,000.01 in two parts: 500.00 and 500.01; × 0.0006 × 40 = 12.00, × 0.0006 × 9 = 2.70
        ("jiebei_like", "1000.01", 2, 40, "1014.71"),
    ],
)
def test_several_instalments_missed_run_each_from_its_own_due_date(
    product: str, principal: str, instalments: int, days: int, total: str
) -> None:
    found = hypothetical_rest(
        PRODUCTS.latest(product), yuan(principal), days, TODAY, Money.zero, instalments=instalments
    )
    assert found.total == yuan(total)


def test_one_instalment_paid_takes_the_oldest_off() -> None:
    # 860.00 goes to the penalty first (36.12 + 20.64 + 4.64 = 61.40, one row after the other) and
    # to principal, in whatever order of rows: 2,641.40 − 860.00 is left in all
    found = hypothetical_rest(
        PRODUCTS.latest("jiebei_like"), yuan("2580.00"), 70, TODAY, yuan("860.00"), instalments=3
    )
    assert found.total == yuan("1781.40")


@pytest.mark.parametrize(("days", "instalments"), [(20, 2), (70, 0), (30, 3)])
def test_instalments_that_are_not_all_late_are_refused(days: int, instalments: int) -> None:
    terms = PRODUCTS.latest("jiebei_like")
    with pytest.raises(InvalidSupposition):
        hypothetical_rest(terms, yuan("2000.00"), days, TODAY, Money.zero, instalments=instalments)

"""The fee of instalments on a bill that somebody only thinks of: worked by hand."""

from __future__ import annotations

import pytest

from account_engine.domain.money import Money
from account_engine.services.hypothetical_bill import (
    hypothetical_bill_instalments,
    hypothetical_minimum,
)
from account_engine.services.supposition import InvalidSupposition
from tests.unit.engine.histories import PRODUCTS, day, yuan

TODAY = day("2026-11-21")
TERMS = PRODUCTS.latest("huabei_like")


@pytest.mark.parametrize(
    ("amount", "instalments", "fee"),
    [
        ("2000.00", 12, "176.00"),  # 2,000 × 8.8 % = 176.00
        ("5000.00", 3, "125.00"),  # 5,000 × 2.5 % = 125.00
        ("999.99", 6, "45.00"),  # 999.99 × 4.5 % = 44.99955
    ],
)
def test_the_flat_fee_on_the_whole_sum(amount: str, instalments: int, fee: str) -> None:
    rows = hypothetical_bill_instalments(TERMS, yuan(amount), instalments, TODAY)
    assert len(rows) == instalments
    assert Money.total(row.fee for row in rows) == yuan(fee)
    assert Money.total(row.principal for row in rows) == yuan(amount)


@pytest.mark.parametrize(("amount", "instalments"), [("1000.00", 7), ("0.00", 3), ("-1.00", 3)])
def test_figures_that_make_no_instalments(amount: str, instalments: int) -> None:
    with pytest.raises(InvalidSupposition):
        hypothetical_bill_instalments(TERMS, yuan(amount), instalments, TODAY)


# Ten per cent of what revolves, rounded to the fen.
@pytest.mark.parametrize(("bill", "least"), [("2300.00", "230.00"), ("999.99", "100.00")])
def test_the_minimum_of_a_bill(bill: str, least: str) -> None:
    assert hypothetical_minimum(TERMS, yuan(bill), TODAY) == yuan(least)


def test_a_loan_has_no_minimum() -> None:
    with pytest.raises(InvalidSupposition):
        hypothetical_minimum(PRODUCTS.latest("jiebei_like"), yuan("1000.00"), TODAY)

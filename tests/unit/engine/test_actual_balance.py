"""Loans kept on their actual balance: each method keeps its own principal.

36,500.00 at 10% cost 10.00 a day, drawn on 1 January, due on 1 February, 1 March and 1 April.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from account_engine.domain.payloads import RepaymentMethod
from account_engine.domain.quote import QuoteKind
from account_engine.domain.terms import InterestBasis
from tests.unit.engine.histories import PRODUCTS, contract, loan, pay, total

LOAN = "jiebei_like"
TERMS = PRODUCTS.latest(LOAN)
LOANS = [
    contract(replace(TERMS, interest=replace(TERMS.interest, basis=InterestBasis.ACTUAL_BALANCE)))
]


@pytest.mark.parametrize(
    ("method", "first", "second", "third"),
    [
        # 31 and 28 and 31 days of 10.00; the principal with the last row.
        (RepaymentMethod.INTEREST_FIRST, "310.00", "280.00", "36810.00"),
        # 12,166.67, 12,166.67 and 12,166.66. Interest: 31 days of 10.00; 28 days on 24,333.33
        # (6.66667 a day): 186.67; 31 days on 12,166.66 (3.33333 a day): 103.33.
        (RepaymentMethod.EQUAL_PRINCIPAL, "12476.67", "12353.34", "12269.99"),
    ],
)
def test_rows_paid_on_their_days(method, first, second, third):
    drawn = loan("36500.00", "2026-01-01", "2026-02-01", 3, method, rate="0.10")
    events = [drawn]
    for on, due in (("2026-02-01", first), ("2026-03-01", second), ("2026-04-01", third)):
        assert total(LOANS, events, on, QuoteKind.DUE_NOW) == due
        events.append(pay(due, on, LOAN))
    assert total(LOANS, events, "2026-04-02", QuoteKind.PAYOFF_ALL) == "0.00"

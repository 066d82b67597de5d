"""Interest after a minimum payment, from the due date or from the day of the purchase."""

from __future__ import annotations

import pytest

from account_engine.domain.events import Event
from account_engine.domain.payloads import BillIssued
from account_engine.domain.quote import QuoteKind
from account_engine.domain.terms import Contract
from account_engine.services.plain_values import override
from tests.unit.engine.histories import PRODUCTS, contract, day, event, pay, quoted, total, yuan

POSTED = event(
    BillIssued(
        "b", day("2026-10-01"), day("2026-10-10"), yuan("1000"), posted_on=day("2026-10-01")
    ),
    "2026-10-01",
)


def terms(interest_from: str) -> list[Contract]:
    """花呗-like terms whose carried rest bears interest from one day or the other."""
    changes = {"minimum": {"interest_from": interest_from}}
    return [contract(override(PRODUCTS.latest("huabei_like"), changes, "terms"))]


# What is unpaid at the end of the due date, 900.00, bears interest: from 10-10 ten days,
# 900 × 0.0005 × 10 = 4.50; from 10-01 nineteen days, 900 × 0.0005 × 19 = 8.55. The 100.00 were
# paid in time and bear none, whether they came five days earlier or on the due date itself.
@pytest.mark.parametrize("paid_on", ["2026-10-05", "2026-10-10"])
@pytest.mark.parametrize(("start", "owed"), [("due_date", "904.50"), ("posting_date", "908.55")])
def test_only_what_is_unpaid_after_the_minimum_bears_interest(
    paid_on: str, start: str, owed: str
) -> None:
    events = [POSTED, pay("100", paid_on)]
    assert total(terms(start), events, "2026-10-20", QuoteKind.PAYOFF_ALL) == owed


def test_it_is_one_item_that_says_so() -> None:
    quote = quoted(
        terms("posting_date"), [POSTED, pay("100", "2026-10-05")], "2026-10-20",
        QuoteKind.PAYOFF_ALL,
    )  # fmt: skip
    found = [(item.formula, item.start) for item in quote.items if item.clause.endswith("#minimum")]
    assert found == [("900.00 × 0.0005 × 19", day("2026-10-01"))]


@pytest.mark.parametrize("start", ["due_date", "posting_date"])
def test_paid_whole_in_time_costs_nothing_from_either(start: str) -> None:
    events: list[Event] = [POSTED, pay("400", "2026-10-05"), pay("600", "2026-10-10")]
    assert total(terms(start), events, "2026-11-20", QuoteKind.PAYOFF_ALL) == "0.00"


def test_what_is_paid_after_the_due_date_counts_up_to_its_day() -> None:
    # 900.00 from 10-01 to 10-20, nineteen days: 8.55; 208.55 paid: 8.55 of it is interest. Then
    # 700.00 for ten days: 700 × 0.0005 × 10 = 3.50.
    events = [POSTED, pay("100", "2026-10-10"), pay("208.55", "2026-10-20")]
    found = total(terms("posting_date"), events, "2026-10-30", QuoteKind.PAYOFF_ALL)
    assert found == "703.50"

"""A pause of a loan's interest: the paused days are never charged, however the loan ends.

36,500.00 at 10% cost 10.00 a day. Interest first: 310.00 on 1 February (31 days), 280.00 on
1 March (28), 310.00 and the principal on 1 April (31).
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from account_engine.domain.events import Event
from account_engine.domain.payloads import (
    InterestPaused,
    PauseScope,
    PaymentPurpose,
    RecallNoticed,
    RecallTrigger,
    RepaymentMethod,
)
from account_engine.domain.quote import QuoteKind
from account_engine.domain.terms import InterestBasis
from tests.unit.engine.histories import PRODUCTS, contract, day, event, loan, pay, total

LOAN = "jiebei_like"
TERMS = PRODUCTS.latest(LOAN)
LOANS = [contract(TERMS)]
BY_BALANCE = [
    contract(replace(TERMS, interest=replace(TERMS.interest, basis=InterestBasis.ACTUAL_BALANCE)))
]
DRAWN = loan("36500.00", "2026-01-01", "2026-02-01", 3, RepaymentMethod.INTEREST_FIRST, rate="0.10")


def paused(start: str, end: str) -> Event:
    """Interest stands still from a day up to, not including, another."""
    return event(InterestPaused(day(end), (PauseScope.INTEREST,)), start, LOAN, f"pause:{start}")


TEN_DAYS = paused("2026-01-11", "2026-01-21")


@pytest.mark.parametrize("contracts", [LOANS, BY_BALANCE])
@pytest.mark.parametrize(
    ("as_of", "payoff"),
    [
        ("2026-01-11", "36600.00"),  # ten days ran before the pause
        ("2026-01-16", "36600.00"),  # none within it
        ("2026-01-21", "36600.00"),
        ("2026-01-25", "36640.00"),  # and four after it
    ],
)
def test_a_payoff_leaves_the_paused_days_out(contracts, as_of, payoff):
    assert total(contracts, [DRAWN, TEN_DAYS], as_of, QuoteKind.PAYOFF_ALL) == payoff
    assert total(contracts, [DRAWN, TEN_DAYS], as_of, QuoteKind.PAYOFF_IF_RECALLED) == payoff


@pytest.mark.parametrize("contracts", [LOANS, BY_BALANCE])
def test_the_rows_to_come_ask_for_the_other_days(contracts):
    # 31 − 10 days: 210.00; then nothing was paused: 280.00 for February.
    events = [DRAWN, TEN_DAYS]
    assert total(contracts, events, "2026-02-01", QuoteKind.DUE_NOW) == "210.00"
    events.append(pay("210.00", "2026-02-01", LOAN))
    assert total(contracts, events, "2026-02-02", QuoteKind.OVERDUE) == "0.00"
    assert total(contracts, events, "2026-03-01", QuoteKind.DUE_NOW) == "280.00"


@pytest.mark.parametrize("contracts", [LOANS, BY_BALANCE])
def test_a_pause_over_two_periods(contracts):
    # 27 to 31 January: five days of the first period, 1 to 4 February: four of the second.
    events = [DRAWN, paused("2026-01-27", "2026-02-05"), pay("260.00", "2026-02-01", LOAN)]
    assert total(contracts, events[:2], "2026-02-01", QuoteKind.DUE_NOW) == "260.00"
    assert total(contracts, events, "2026-02-05", QuoteKind.PAYOFF_ALL) == "36500.00"
    assert total(contracts, events, "2026-03-01", QuoteKind.DUE_NOW) == "240.00"


@pytest.mark.parametrize("contracts", [LOANS, BY_BALANCE])
def test_days_paused_twice_count_once(contracts):
    # 11 to 25 January are fifteen days: 31 − 15 = 16 days run.
    events = [DRAWN, TEN_DAYS, paused("2026-01-16", "2026-01-26")]
    assert total(contracts, events, "2026-01-28", QuoteKind.PAYOFF_ALL) == "36620.00"
    assert total(contracts, events, "2026-02-01", QuoteKind.DUE_NOW) == "160.00"


@pytest.mark.parametrize("contracts", [LOANS, BY_BALANCE])
def test_principal_repaid_early_within_a_pause(contracts):
    # Half of the principal on 16 January. 100.00 ran before the pause; from the 21st on 18,250.00
    # cost 5.00 a day: 55.00 for eleven days. Due on 1 February: 155.00.
    half = pay("18250.00", "2026-01-16", LOAN, purpose=PaymentPurpose.PREPAY_PRINCIPAL)
    events = [DRAWN, TEN_DAYS, half]
    assert total(contracts, events, "2026-01-21", QuoteKind.PAYOFF_ALL) == "18350.00"
    assert total(contracts, events, "2026-02-01", QuoteKind.DUE_NOW) == "155.00"


@pytest.mark.parametrize("contracts", [LOANS, BY_BALANCE])
def test_a_pause_after_an_early_repayment_spares_the_days_of_the_smaller_balance(contracts):
    # Half on 6 January: five days of 10.00, then 26 of 5.00. Ten of those are paused:
    # 50.00 + 16 x 5.00 = 130.00 on 1 February, and 50.00 + 9 x 5.00 = 95.00 on the 25th.
    half = pay("18250.00", "2026-01-06", LOAN, purpose=PaymentPurpose.PREPAY_PRINCIPAL)
    events = [DRAWN, half, TEN_DAYS]
    assert total(contracts, events, "2026-01-25", QuoteKind.PAYOFF_ALL) == "18345.00"
    assert total(contracts, events, "2026-02-01", QuoteKind.DUE_NOW) == "130.00"


def test_the_pause_agreed_before_an_early_repayment_holds_for_later_rows():
    # Paused 1 to 10 February, agreed on 10 January with 36,500.00 open; half repaid on the 20th.
    # January: 19 days of 10.00 and 12 of 5.00 = 250.00. February: 18 days of 5.00 = 90.00.
    pause = event(InterestPaused(day("2026-02-11"), (PauseScope.INTEREST,)), "2026-02-01", LOAN)
    half = pay("18250.00", "2026-01-20", LOAN, purpose=PaymentPurpose.PREPAY_PRINCIPAL)
    events = [DRAWN, half, pause, pay("250.00", "2026-02-01", LOAN)]
    assert total(LOANS, events[:2], "2026-02-01", QuoteKind.DUE_NOW) == "250.00"
    assert total(LOANS, events, "2026-03-01", QuoteKind.DUE_NOW) == "90.00"


def test_a_loan_of_one_row_pays_for_the_days_that_ran():
    # Interest with the principal on 1 April: 90 days of 10.00. Ten are paused: 800.00, and on
    # 25 January 24 − 10 = 14 days have run.
    drawn = loan("36500.00", "2026-01-01", "2026-04-01", 1, RepaymentMethod.BULLET, rate="0.10")
    events = [drawn, TEN_DAYS]
    assert total(LOANS, events, "2026-01-25", QuoteKind.PAYOFF_ALL) == "36640.00"
    assert total(LOANS, events, "2026-04-01", QuoteKind.DUE_NOW) == "37300.00"


def test_a_recall_within_a_pause_asks_for_the_days_before_it():
    # In effect on the 16th: the principal and ten days of interest are due that day.
    recall = event(
        RecallNoticed(
            "r", RecallTrigger.RISK_OFFICER, day("2026-01-16"), "6.2", approved_by="a person"
        ),
        "2026-01-08",
        LOAN,
    )
    quote = total(LOANS, [DRAWN, TEN_DAYS, recall], "2026-01-16", QuoteKind.PAYOFF_ALL)
    assert quote == "36600.00"


def test_what_a_row_asks_after_a_pause_is_what_was_earned_the_day_before():
    # 165.00 at 3.65 %: 0.0165 a day. Ten of the 31 days are paused, 21 run: 0.3465, so 0.35, on
    # the last paused day and on the due date; and not 0.51 − 0.17.
    drawn = loan("165.00", "2025-01-14", "2025-02-14", 2, rate="0.0365")
    stop = event(
        InterestPaused(day("2025-02-14"), (PauseScope.INTEREST,)), "2025-02-04", "jiebei_like"
    )
    for as_of in ("2025-02-12", "2025-02-14"):
        assert (
            total([contract("jiebei_like")], [drawn, stop], as_of, QuoteKind.PAYOFF_ALL) == "165.35"
        )

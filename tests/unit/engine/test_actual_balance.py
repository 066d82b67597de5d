"""Loans kept on their actual balance: each method keeps its own principal, interest what ran.

36,500.00 at 10% cost 10.00 a day, drawn on 1 January, due on 1 February, 1 March and 1 April.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from account_engine.domain.payloads import (
    DisputeClosed,
    DisputeOpened,
    DisputeOutcome,
    DisputeReason,
    LoanDisbursed,
    RepaymentMethod,
)
from account_engine.domain.quote import QuoteKind
from account_engine.domain.terms import InterestBasis, PenaltyMethod, PenaltyRule
from tests.unit.engine.histories import (
    PRODUCTS,
    contract,
    day,
    event,
    loan,
    pay,
    state_of,
    total,
    yuan,
)

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


def rows_of(events, on):
    """Principal, interest and what is open of each row, as a borrower reads them."""
    schedule = state_of(LOANS, events, on).account(LOAN).schedule
    return [tuple(map(str, (row.principal, row.interest, row.outstanding))) for row in schedule]


BY_PRINCIPAL = loan(
    "36500.00", "2026-01-01", "2026-02-01", 3, RepaymentMethod.EQUAL_PRINCIPAL, rate="0.10"
)
INTEREST_ONLY = loan(
    "36500.00", "2026-01-01", "2026-02-01", 3, RepaymentMethod.INTEREST_FIRST, rate="0.10"
)
LEVEL = loan("36500.00", "2026-01-01", "2026-02-01", 3, rate="0.10")


def test_an_instalment_paid_five_days_early_takes_the_interest_of_26_days():
    # The instalment of 1 February is 12,166.67 + 310.00 = 12,476.67. On 27 January 26 days have
    # run: 260.00. The other 50.00 repay principal with the 12,166.67, so 24,283.33 are left, which
    # cost 6.65297 a day: 33.26 for the five days to 1 February, 186.28 for the 28 of February.
    # The instalment is met. The 33.26 are asked with the last row, whose principal is 50.00 less:
    # 12,116.66 × 10% / 365 × 31 = 102.91, and 33.26: 136.17.
    events = [BY_PRINCIPAL, pay("12476.67", "2026-01-27", LOAN)]
    assert rows_of(events, "2026-02-01") == [
        ("12166.67", "260.00", "0.00"),
        ("12166.67", "186.28", "12352.95"),
        ("12166.66", "136.17", "12252.83"),
    ]
    assert total(LOANS, events, "2026-01-27", QuoteKind.PAYOFF_ALL) == "24283.33"
    assert total(LOANS, events, "2026-02-02", QuoteKind.OVERDUE) == "0.00"
    # 33.26 and one day of the new period, 6.65.
    assert total(LOANS, events, "2026-02-02", QuoteKind.PAYOFF_ALL) == "24323.24"


def test_interest_rows_paid_ahead_repay_principal_and_stay_met():
    # 590.00 on the first day meet the interest rows of February and March, 310.00 and 280.00. None
    # of it has run, so all of it is principal: 35,910.00 cost 9.83836 a day. 31 and 28 days are put
    # off, 304.99 and 275.47, and asked with the 31 days of March, 304.99: 885.45 of interest in
    # all instead of 900.00.
    events = [INTEREST_ONLY, pay("590.00", "2026-01-01", LOAN)]
    for on in ("2026-02-02", "2026-03-02"):
        assert total(LOANS, events, on, QuoteKind.OVERDUE) == "0.00"
    assert total(LOANS, events, "2026-04-01", QuoteKind.DUE_NOW) == "36795.45"


def test_money_beyond_the_instalments_due_repays_principal_at_once():
    # On 1 February 310.00 have run. 20,000.00 pay them and 12,057.22 of principal, the rest of the
    # level instalment of 12,367.22; the other 7,632.78 are ahead. Nothing of March has run, so
    # all of it is principal: 36,500.00 − 19,690.00 = 16,810.00, which cost 4.60548 a day: on
    # 11 February 46.05 have run.
    events = [LEVEL, pay("20000.00", "2026-02-01", LOAN)]
    assert total(LOANS, events, "2026-02-01", QuoteKind.PAYOFF_ALL) == "16810.00"
    assert total(LOANS, events, "2026-02-11", QuoteKind.PAYOFF_ALL) == "16856.05"
    # The row of 1 March still asks for what of its 12,367.22 was not paid.
    assert total(LOANS, events, "2026-03-01", QuoteKind.DUE_NOW) == "4734.44"


def test_a_second_payment_ahead_in_the_same_period():
    # 1,000.00 on 11 January meet the row's interest part: 100.00 for the ten days that ran, the
    # rest is principal. 35,600.00 cost 9.75342 a day. The interest part is met, so 1,000.00 on
    # 21 January are all principal; the 97.53 that ran since the 11th are put off. 34,600.00 cost
    # 9.47945 a day, 104.27 for the eleven days to 1 February.
    events = [LEVEL, pay("1000.00", "2026-01-11", LOAN), pay("1000.00", "2026-01-21", LOAN)]
    assert total(LOANS, events, "2026-01-21", QuoteKind.PAYOFF_ALL) == "34697.53"
    assert total(LOANS, events, "2026-02-01", QuoteKind.PAYOFF_ALL) == "34801.80"
    # Of the level instalment of 12,367.22 the borrower paid 2,000.00.
    assert total(LOANS, events, "2026-02-01", QuoteKind.DUE_NOW) == "10367.22"


def test_after_a_late_payment_the_rest_goes_ahead():
    # Nothing on 1 February. On 11 February 310.00 and 100.00 have run. 13,000.00 pay the late row,
    # 12,367.22, and 632.78 go ahead: 100.00 is interest and 532.78 principal. Left are
    # 36,500.00 − 12,057.22 − 532.78 = 23,910.00.
    free = replace(TERMS, interest=LOANS[0].terms.interest, penalty=PenaltyRule(PenaltyMethod.NONE))
    events = [LEVEL, pay("13000.00", "2026-02-11", LOAN)]
    assert total([contract(free)], events, "2026-02-11", QuoteKind.PAYOFF_ALL) == "23910.00"


def test_a_loan_paid_ahead_by_name_asks_for_no_interest_that_never_runs():
    # Two loans of 36,500.00. 36,600.00 for the first on 11 January: 100.00 of interest, and all of
    # its principal. Its rows are gone, the other loan's are not.
    drawn = LoanDisbursed(
        "first",
        yuan("36500.00"),
        3,
        RepaymentMethod.EQUAL_INSTALMENT,
        day("2026-02-01"),
        Decimal("0.10"),
    )
    first = event(drawn, "2026-01-01", LOAN, "first")
    events = [first, LEVEL, pay("36600.00", "2026-01-11", LOAN, towards="first")]
    assert total(LOANS, events, "2026-01-11", QuoteKind.PAYOFF_ALL) == "36600.00"
    assert total(LOANS, events, "2026-02-01", QuoteKind.DUE_NOW) == "12367.22"


def test_a_dispute_upheld_halves_the_interest_once():
    # Half of the principal was never owed: 5.00 a day from the beginning, 155.00 on 1 February and
    # 50.00 for ten days of the next period.
    objection = event(DisputeOpened("d", DisputeReason.WRONG_AMOUNT), "2026-01-15", LOAN)
    upheld = DisputeClosed("d", DisputeOutcome.UPHELD, yuan("18250.00"))
    events = [INTEREST_ONLY, objection, event(upheld, "2026-01-21", LOAN)]
    assert total(LOANS, events, "2026-02-01", QuoteKind.DUE_NOW) == "155.00"
    assert total(LOANS, events, "2026-02-11", QuoteKind.PAYOFF_ALL) == "18455.00"

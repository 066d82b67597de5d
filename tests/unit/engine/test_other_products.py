"""Products for comparison: card-like, 白条-like, 微粒贷-like."""

from __future__ import annotations

from account_engine.domain.payloads import BillIssued, RepaymentMethod
from account_engine.domain.quote import Component, QuoteKind
from account_engine.domain.state import Ageing
from tests.unit.engine.histories import (
    bill,
    contract,
    day,
    event,
    loan,
    parts,
    pay,
    quoted,
    state_of,
    total,
    yuan,
)

CARD = [contract("credit_card_like")]
ACCOUNT = "credit_card_like"
# Purchases posted on 15 September, billed 1 October, due 10 October.
STATEMENT = event(
    BillIssued(
        "card", day("2026-10-01"), day("2026-10-10"), yuan("1000.00"), posted_on=day("2026-09-15")
    ),
    "2026-10-01",
    ACCOUNT,
)


def test_a_card_has_three_days_of_grace():
    assert state_of(CARD, [STATEMENT], "2026-10-13").account(ACCOUNT).ageing is Ageing.GRACE
    assert total(CARD, [STATEMENT], "2026-10-13", QuoteKind.OVERDUE) == "1000.00"
    in_time = [STATEMENT, pay("1000.00", "2026-10-13", ACCOUNT)]
    state = state_of(CARD, in_time, "2026-11-01").account(ACCOUNT)
    assert (state.dpd, str(state.outstanding)) == (0, "0.00")
    assert not state.credit_report.has_overdue_record


def test_a_card_bill_left_unpaid_costs_interest_from_posting_and_a_late_fee():
    # 14 October, grace over. Interest from 15 September: 29 days, 1000 × 0.0005 × 29 = 14.50.
    # Late fee 5% of the unpaid minimum of 100.00: 5.00. But 24% a year in those 29 days allow
    # 1000 × 0.24 / 365 × 29 = 19.068, that is 19.06 in all: 0.44 of the late fee are not asked for.
    owed = quoted(CARD, [STATEMENT], "2026-10-14", QuoteKind.OVERDUE)
    assert parts(owed) == {
        Component.PRINCIPAL: "1000.00",
        Component.INTEREST: "14.50",
        Component.PENALTY: "5.00",
        Component.CAP: "-0.44",
    }


def test_a_shortfall_of_ten_yuan_counts_as_paid():
    events = [STATEMENT, pay("990.00", "2026-10-10", ACCOUNT)]
    state = state_of(CARD, events, "2026-10-20").account(ACCOUNT)
    assert state.dpd == 0
    assert total(CARD, events, "2026-10-20", QuoteKind.PAYOFF_ALL) == "10.00"
    assert state.next_due == day("2026-11-10")


def test_after_ninety_days_a_card_payment_goes_to_principal_first():
    # 8 January: 90 days; 9 January: 91 days, principal first.
    early = [STATEMENT, pay("10.00", "2027-01-08", ACCOUNT)]
    (went,) = state_of(CARD, early, "2027-01-08").account(ACCOUNT).payments
    assert str(went.principal) == "0.00"
    late = [STATEMENT, pay("10.00", "2027-01-09", ACCOUNT)]
    (went,) = state_of(CARD, late, "2027-01-09").account(ACCOUNT).payments
    assert str(went.principal) == "10.00"


def test_baitiao_has_no_minimum_payment():
    events = [bill("1000.00", "2026-10-10", "2026-10-01", "baitiao_like")]
    assert total([contract("baitiao_like")], events, "2026-10-05", QuoteKind.MINIMUM) == "1000.00"
    # Three days at 0.05%: 1.50.
    assert total([contract("baitiao_like")], events, "2026-10-13", QuoteKind.OVERDUE) == "1001.50"


def test_weilidai_late_principal_costs_half_more():
    # 5,000.00 over 5 rows of 1,000.00 at 0.04% a day; the first, due 10 February, ten days late:
    # 1000 × 0.0006 × 10 = 6.00. Interest of 31 days on 5,000.00: 62.00.
    drawn = loan(
        "5000.00", "2026-01-10", "2026-02-10", 5, RepaymentMethod.EQUAL_PRINCIPAL, "weilidai_like"
    )
    owed = quoted([contract("weilidai_like")], [drawn], "2026-02-20", QuoteKind.OVERDUE)
    assert parts(owed) == {
        Component.PRINCIPAL: "1000.00",
        Component.INTEREST: "62.00",
        Component.PENALTY: "6.00",
    }

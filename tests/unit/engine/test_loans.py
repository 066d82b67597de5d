"""借呗-like loans: schedules, early repayment, payoff, allocation across accounts."""

from __future__ import annotations

from account_engine.domain.money import Money
from account_engine.domain.payloads import PaymentPurpose, RepaymentMethod
from account_engine.domain.quote import Component, QuoteKind
from tests.unit.engine.histories import (
    bill,
    contract,
    loan,
    parts,
    pay,
    quoted,
    state_of,
    total,
)

JIEBEI = [contract("jiebei_like")]  # 0.04% a day: 14.6% a year
ACCOUNT = "jiebei_like"
# 10,000.00 drawn 10 January 2026, interest monthly, principal at the end: 31, 28, 31 days.
INTEREST_FIRST = loan("10000.00", "2026-01-10", "2026-02-10", 3, RepaymentMethod.INTEREST_FIRST)


def rows(events: list, as_of: str = "2026-01-10") -> list[tuple[str, str]]:
    """Principal and interest of each row."""
    schedule = state_of(JIEBEI, events, as_of).account(ACCOUNT).schedule
    return [(str(row.principal), str(row.interest)) for row in schedule]


def test_interest_first():
    # 10000 × 0.0004 × 31 = 124.00; × 28 = 112.00; × 31 = 124.00.
    assert rows([INTEREST_FIRST]) == [
        ("0.00", "124.00"),
        ("0.00", "112.00"),
        ("10000.00", "124.00"),
    ]


def test_equal_instalments_by_hand():
    # Two rows, 31 and 28 days: f = 0.0124 and 0.0112.
    # 10000 × 1.0124 × 1.0112 / (1.0112 + 1) = 10237.3888 / 2.0112 = 5090.19.
    # Row 1: interest 124.00, principal 4966.19. Row 2: 5033.81 × 0.0112 = 56.38.
    drawn = loan("10000.00", "2026-01-10", "2026-02-10", 2)
    assert rows([drawn]) == [("4966.19", "124.00"), ("5033.81", "56.38")]


def test_equal_principal_by_hand():
    # 3 rows: 3333.33, 3333.33, 3333.34. Interest 124.00; 6666.67 × 0.0112 = 74.67;
    # 3333.34 × 0.0124 = 41.33.
    drawn = loan("10000.00", "2026-01-10", "2026-02-10", 3, RepaymentMethod.EQUAL_PRINCIPAL)
    assert rows([drawn]) == [
        ("3333.33", "124.00"),
        ("3333.33", "74.67"),
        ("3333.34", "41.33"),
    ]


def test_bullet_pays_everything_at_the_end():
    # 31 + 28 + 31 = 90 days: 10000 × 0.0004 × 90 = 360.00.
    drawn = loan("10000.00", "2026-01-10", "2026-02-10", 3, RepaymentMethod.BULLET)
    assert rows([drawn]) == [("10000.00", "360.00")]


def test_payoff_asks_for_interest_to_the_day_only():
    # 20 January: ten days, 40.00 (民法典677).
    assert total(JIEBEI, [INTEREST_FIRST], "2026-01-20", QuoteKind.PAYOFF_ALL) == "10040.00"
    events = [INTEREST_FIRST, pay("10040.00", "2026-01-20", ACCOUNT)]
    state = state_of(JIEBEI, events, "2026-03-01").account(ACCOUNT)
    assert (state.outstanding, state.dpd, state.next_due) == (Money(0), 0, None)


def test_one_fen_less_than_the_payoff_does_not_settle():
    # 10,039.99 pays the next rows in advance instead; what is left is one fen of what was asked.
    events = [INTEREST_FIRST, pay("10039.99", "2026-01-20", ACCOUNT)]
    assert total(JIEBEI, events, "2026-01-20", QuoteKind.PAYOFF_ALL) == "0.01"


def test_repaying_principal_early_lowers_later_interest():
    # 4,000.00 on 20 January. First row: 10000 × 0.0004 × 10 + 6000 × 0.0004 × 21 = 40.00 + 50.40.
    # Then 6000 × 0.0004 × 28 = 67.20 and 6000 × 0.0004 × 31 = 74.40.
    early = pay("4000.00", "2026-01-20", ACCOUNT, purpose=PaymentPurpose.PREPAY_PRINCIPAL)
    found = rows([INTEREST_FIRST, early], "2026-01-20")
    assert [row for row in found if row != ("4000.00", "0.00")] == [
        ("0.00", "90.40"),
        ("0.00", "67.20"),
        ("6000.00", "74.40"),
    ]


def test_late_principal_bears_penalty_instead_of_interest():
    # Equal instalments, first row 5,090.19 missed on 10 February. On 20 February: penalty on
    # 4,966.19 at 1.5 × 0.04% = 0.06% a day (21.9% a year, under the cap):
    # 4966.19 × 0.0006 × 10 = 29.79714, that is 29.80.
    drawn = loan("10000.00", "2026-01-10", "2026-02-10", 2)
    overdue = quoted(JIEBEI, [drawn], "2026-02-20", QuoteKind.OVERDUE)
    assert parts(overdue) == {
        Component.PRINCIPAL: "4966.19",
        Component.INTEREST: "124.00",
        Component.PENALTY: "29.80",
    }


def test_a_payment_for_the_borrower_goes_to_the_oldest_arrears_first():
    # 花呗 1,000.00 due 10 February, 借呗 interest 124.00 due 10 February: same day, so by account
    # name; 花呗 first. On the due date nothing is late. 1,100.00 pay 花呗 and 100.00 of 借呗.
    contracts = [contract(), contract("jiebei_like")]
    events = [
        INTEREST_FIRST,
        bill("1000.00", "2026-02-10", "2026-02-01"),
        pay("1100.00", "2026-02-10", None),
    ]
    assert total(contracts, events, "2026-02-10", QuoteKind.DUE_NOW, "huabei_like") == "0.00"
    assert total(contracts, events, "2026-02-10", QuoteKind.DUE_NOW, ACCOUNT) == "24.00"


def test_the_borrower_may_name_the_debt():
    # 民法典560: a payment named for 借呗 pays 借呗, whatever else is due.
    contracts = [contract(), contract("jiebei_like")]
    events = [
        INTEREST_FIRST,
        bill("1000.00", "2026-02-10", "2026-02-01"),
        pay("124.00", "2026-02-10", None, designated_account=ACCOUNT),
    ]
    assert total(contracts, events, "2026-02-10", QuoteKind.DUE_NOW, ACCOUNT) == "0.00"
    assert total(contracts, events, "2026-02-10", QuoteKind.DUE_NOW, "huabei_like") == "1000.00"


def test_a_bill_may_be_named_within_an_account():
    contracts = [contract()]
    events = [
        bill("1000.00", "2026-01-10", "2026-01-01", bill_id="old"),
        bill("500.00", "2026-02-10", "2026-02-01", bill_id="new"),
        pay("500.00", "2026-02-10", towards="new"),
    ]
    schedule = state_of(contracts, events, "2026-02-10").account("huabei_like").schedule
    assert {row.key: str(row.paid_principal) for row in schedule} == {
        "old": "0.00",
        "new": "500.00",
    }


def test_thirty_first_of_the_month():
    # Drawn 31 January, due on the 31st or the month's last day.
    drawn = loan("900.00", "2026-01-31", "2026-02-28", 3, RepaymentMethod.EQUAL_PRINCIPAL)
    schedule = state_of(JIEBEI, [drawn], "2026-01-31").account(ACCOUNT).schedule
    assert [row.due.isoformat() for row in schedule] == ["2026-02-28", "2026-03-28", "2026-04-28"]


def test_interest_that_ran_stays_owed_where_fewer_fen_than_instalments_are_left():
    # 36,500.00 at 10 %: 10.00 a day. All but one fen of principal is repaid after one day.
    drawn = loan("36500.00", "2026-01-01", "2026-02-01", 3, rate="0.10")
    early = pay("36499.99", "2026-01-02", "jiebei_like", purpose=PaymentPurpose.PREPAY_PRINCIPAL)
    assert (
        total([contract("jiebei_like")], [drawn, early], "2026-01-02", QuoteKind.PAYOFF_ALL)
        == "10.01"
    )

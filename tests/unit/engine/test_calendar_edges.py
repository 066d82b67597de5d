"""Leap days, month ends, holidays: days that a calendar makes awkward."""

from __future__ import annotations

from account_engine.domain.payloads import BillIssued, RepaymentMethod
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import RowState
from tests.unit.engine.histories import (
    bill,
    contract,
    day,
    event,
    loan,
    pay,
    state_of,
    total,
    yuan,
)

BILLS, LOAN = "huabei_like", "jiebei_like"
HUABEI, JIEBEI = [contract()], [contract(LOAN)]


def dues(contracts: list, events: list, as_of: str, account: str) -> list[str]:
    """Due dates of the schedule."""
    return [str(row.due) for row in state_of(contracts, events, as_of).account(account).schedule]


def test_a_due_day_at_the_end_of_the_month_comes_back_after_february():
    # Due on the 31st by contract; the first row fell on 28 February.
    late = [contract(LOAN, due_day=31)]
    drawn = loan("300.00", "2026-01-31", "2026-02-28", 3, RepaymentMethod.EQUAL_PRINCIPAL)
    assert dues(late, [drawn], "2026-02-01", LOAN) == ["2026-02-28", "2026-03-31", "2026-04-30"]
    # Without such a due day the 28th is meant.
    assert dues(JIEBEI, [drawn], "2026-02-01", LOAN) == ["2026-02-28", "2026-03-28", "2026-04-28"]


def test_a_carried_bill_comes_back_to_the_last_of_the_month():
    # The minimum of 100.00 is paid in February; the rest is due on 31 March, with interest from
    # 28 February: 900 × 0.0005 × 31 = 13.95.
    late = [contract(due_day=31)]
    events = [bill("1000.00", "2026-02-28", "2026-02-01"), pay("100.00", "2026-02-28")]
    state = state_of(late, events, "2026-03-01").account(BILLS)
    assert (state.next_due, state.schedule[0].state) == (day("2026-03-31"), RowState.REVOLVED)
    assert total(late, events, "2026-03-31", QuoteKind.DUE_NOW) == "913.95"


def test_a_leap_day_is_a_day_like_any_other():
    # Due 28 February 2028. On 1 March two days: 1000 × 0.0005 × 2 = 1.00; in 2027 it is one.
    for year, owed in (("2028", "1001.00"), ("2027", "1000.50")):
        events = [bill("1000.00", f"{year}-02-28", f"{year}-02-01")]
        assert total(HUABEI, events, f"{year}-03-01", QuoteKind.OVERDUE) == owed


def test_a_loan_drawn_on_a_leap_day():
    # 29 February to 29 March 2028 are 29 days: 10000 × 0.0004 × 29 = 116.00; then 31: 124.00.
    drawn = loan("10000.00", "2028-02-29", "2028-03-29", 2, RepaymentMethod.INTEREST_FIRST)
    rows = state_of(JIEBEI, [drawn], "2028-03-01").account(LOAN).schedule
    assert [str(row.interest) for row in rows] == ["116.00", "124.00"]


def test_a_record_that_ends_five_years_after_a_leap_day():
    # Late over the reporting day of 31 January, cleared on 29 February 2028: 28 February 2033.
    events = [bill("1000.00", "2028-01-10", "2028-01-01"), pay("2000.00", "2028-02-29")]
    report = state_of(HUABEI, events, "2028-03-01").account(BILLS).credit_report
    assert (report.cleared_on, report.record_ends_on) == (day("2028-02-29"), day("2033-02-28"))


def test_a_holiday_moves_no_due_date():
    # Due on 1 October, a public holiday; paid on the first working day after it, the 8th: seven
    # days late, 1000 × 0.0005 × 7 = 3.50. Nothing in the terms moves a due date.
    events = [bill("1000.00", "2026-10-01", "2026-09-20")]
    assert state_of(HUABEI, events, "2026-10-08").account(BILLS).dpd == 7
    assert total(HUABEI, events, "2026-10-08", QuoteKind.OVERDUE) == "1003.50"


def test_a_bill_due_on_the_day_it_is_issued_is_not_late_that_day():
    same_day = event(
        BillIssued("b", day("2026-10-10"), day("2026-10-10"), yuan("100.00")), "2026-10-10"
    )
    assert state_of(HUABEI, [same_day], "2026-10-10").account(BILLS).dpd == 0
    assert total(HUABEI, [same_day], "2026-10-11", QuoteKind.OVERDUE) == "100.05"


def test_a_bill_the_engine_learns_of_after_its_due_date_is_late_from_its_due_date():
    # Known from 20 October only, due the 10th: 1000 × 0.0005 × 15 = 7.50 on the 25th. Under the
    # cap it counts from its statement of the 1st: 1000 × 0.24 / 365 × 24 = 15.78 are allowed.
    known = event(
        BillIssued("b", day("2026-10-01"), day("2026-10-10"), yuan("1000.00")), "2026-10-20"
    )
    assert total(HUABEI, [known], "2026-10-19", QuoteKind.PAYOFF_ALL) == "0.00"
    assert total(HUABEI, [known], "2026-10-25", QuoteKind.OVERDUE) == "1007.50"


def test_a_year_of_thirty_day_months_counts_the_days_of_lateness_as_they_are():
    # 31 January to 1 March 2026: 29 days, whatever the calendar of the schedule.
    events = [bill("1000.00", "2026-01-31", "2026-01-01")]
    assert state_of(HUABEI, events, "2026-03-01").account(BILLS).dpd == 29
    assert total(HUABEI, events, "2026-03-01", QuoteKind.OVERDUE) == "1014.50"

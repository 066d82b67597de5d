"""What an accepted offer does to the account: the folded state shows the rows that were shown."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from account_engine.catalogue.products import Products
from account_engine.domain.events import (
    BillIssued,
    Event,
    EventKind,
    EventPayload,
    LoanDisbursed,
    Payment,
    RepaymentMethod,
    ScheduledRow,
    event_from_json,
    event_to_json,
)
from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.negotiation.agreement import agreement_events
from account_engine.domain.negotiation.option import Option
from account_engine.domain.negotiation.policy import Tool
from account_engine.domain.negotiation.position_of_state import position_from_state
from account_engine.domain.negotiation.proposal import propose
from account_engine.domain.negotiation.whole_plan import whole_plans
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import HardshipKind
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import BorrowerState, PlanStatus
from account_engine.domain.terms import Contract
from tests.unit.negotiation.debts import TODAY, demo_policy, yuan

PRODUCTS = Products.load(Path(__file__).resolve().parents[3] / "data" / "products")
BOOKED = datetime(2026, 11, 21, 12, tzinfo=timezone(timedelta(hours=8)))
HARDSHIP = HardshipKind.ILLNESS


def contract(account_id: str, product: str) -> Contract:
    return Contract(
        account_id=account_id,
        borrower_id="somebody",
        terms=PRODUCTS.latest(product),
        lender_name="示例消费金融公司",
        signed_on=date(2026, 1, 5),
    )


JIEBEI = contract("jiebei-1", "jiebei_like")
HUABEI = contract("huabei-1", "huabei_like")


def event(account: str, name: str, kind: EventKind, on: date, payload: EventPayload) -> Event:
    return Event(name, "somebody", account, kind, on, BOOKED, payload)


def loan(first_due: date) -> Event:
    """6,000.00 in six rows of 1,000.00 and 20.00 of interest each, as the lender printed them."""
    rows = tuple(
        ScheduledRow(number + 1, first_due + timedelta(days=30 * number), yuan(1000), yuan(20))
        for number in range(6)
    )
    payload = LoanDisbursed(
        "loan-1", yuan(6000), 6, RepaymentMethod.EQUAL_PRINCIPAL, first_due, None, rows
    )
    day = first_due - timedelta(days=30)
    return event("jiebei-1", "loan-1", EventKind.LOAN_DISBURSED, day, payload)


def bill(due: date) -> Event:
    statement = due - timedelta(days=9)
    payload = BillIssued("bill-1", statement, due, yuan(2000))
    return event("huabei-1", "bill-1", EventKind.BILL_ISSUED, statement, payload)


def state(events: list[Event], as_of: date = TODAY) -> BorrowerState:
    return fold([JIEBEI, HUABEI], events, as_of)


def offered(events: list[Event], tool: Tool, **wishes: Any) -> Option:
    position = position_from_state(state(events))
    proposal = propose(position, Wishes(**wishes), demo_policy(), TODAY)
    return next(option for option in proposal.options if option.tool is tool)


def agreed(option: Option) -> list[Event]:
    events = list(agreement_events(option, "somebody", BOOKED, "王主管"))
    # What is stored is what comes back.
    assert [event_from_json(event_to_json(one)) for one in events] == events
    return events


def pay_rows(option: Option) -> list[Event]:
    return [
        event(
            schedule.account_id,
            f"pay-{schedule.account_id}-{row.number}",
            EventKind.PAYMENT,
            row.due,
            Payment(row.amount, towards=f"plan/{option.offer_id}"),
        )
        for schedule in option.accounts
        for row in schedule.rows
        if row.amount
    ]


# 45 days late: two rows have fallen due (2026-10-07 and 2026-11-06), four have not. T2.
LATE = loan(date(2026, 10, 7))


def test_reaging_replaces_the_whole_schedule() -> None:
    option = offered([LATE], Tool.REAGE, terms=12, monthly=yuan(700), hardship=HARDSHIP)
    # All six rows of principal are in it: two overdue, four not due yet.
    assert sum(row.principal.fen for row in option.schedule) == 6_000_00
    folded = state([LATE, *agreed(option)])
    (plan,) = whole_plans(folded.accounts)
    assert [(row.due, row.amount) for row in plan.rows] == [
        (row.due, row.amount) for row in option.schedule
    ]
    unpaid = [row for row in folded.account("jiebei-1").schedule if row.outstanding]
    assert sum(row.outstanding.fen for row in unpaid) == option.total.fen
    assert quote(folded, QuoteKind.OVERDUE).total == Money(0)


def test_reaging_then_paying_every_row_settles_the_loan() -> None:
    option = offered([LATE], Tool.REAGE, terms=12, monthly=yuan(700), hardship=HARDSHIP)
    events = [LATE, *agreed(option), *pay_rows(option)]
    done = state(events, option.last_due + timedelta(days=1))
    assert whole_plans(done.accounts)[0].status is PlanStatus.COMPLETED
    assert quote(done, QuoteKind.PAYOFF_ALL).total == Money(0)


def test_what_was_owed_before_a_plan_is_owed_when_it_is_paid_off_early() -> None:
    # Two rows overdue: 40.00 of interest; penalty 1000 × 0.0006 × 45 + 1000 × 0.0006 × 15
    # = 27.00 + 9.00 = 36.00, half of it waived at the end. Interest earned of the row due on
    # 2026-12-06: 20.00 × 15 / 30 = 10.00 of the schedule, or by the day on the balance.
    before = quote(state([LATE]), QuoteKind.PAYOFF_ALL)
    option = offered([LATE], Tool.REAGE, terms=12, monthly=yuan(700), hardship=HARDSHIP)
    after = quote(state([LATE, *agreed(option)]), QuoteKind.PAYOFF_ALL)
    assert option.waived_total == yuan("18.00")
    assert before.total - after.total == yuan("18.00")


def test_arrears_in_instalments_leave_the_other_rows_alone() -> None:
    option = offered([LATE], Tool.ARREARS_INSTALMENT, terms=6, hardship=HARDSHIP)
    folded = state([LATE, *agreed(option)])
    dues = [row.due for row in folded.account("jiebei-1").schedule if row.outstanding]
    for due in ("2026-12-06", "2027-01-05", "2027-02-04", "2027-03-06"):
        assert date.fromisoformat(due) in dues
    (plan,) = whole_plans(folded.accounts)
    assert sum(row.amount.fen for row in plan.rows) == option.total.fen


def test_settling_at_once_with_a_waiver_leaves_nothing() -> None:
    # T2: 30% of the penalty of 36.00 is waived: 10.80.
    option = offered([LATE], Tool.LUMP_SUM)
    assert option.waived_total == yuan("10.80")
    before = quote(state([LATE]), QuoteKind.PAYOFF_ALL).total
    assert option.total == before - yuan("10.80")
    events = [LATE, *agreed(option), *pay_rows(option)]
    done = state(events, option.last_due + timedelta(days=1))
    assert quote(done, QuoteKind.PAYOFF_ALL).total == Money(0)


def test_a_settlement_that_is_not_paid_brings_everything_back() -> None:
    option = offered([LATE], Tool.LUMP_SUM)
    lapsed = option.last_due + timedelta(days=8)
    kept = quote(state([LATE], lapsed), QuoteKind.OVERDUE).total
    unpaid = quote(state([LATE, *agreed(option)], lapsed), QuoteKind.OVERDUE).total
    # The penalty stands still while the offer runs, and no longer.
    assert kept - yuan("16.80") <= unpaid <= kept
    assert state([LATE, *agreed(option)], lapsed).account("jiebei-1").plans_broken == 1


def test_one_plan_over_two_accounts_is_one_event() -> None:
    # 花呗 2,000.00 and 借呗 are both late; the plan is one and its rows are the sums.
    events = [LATE, bill(date(2026, 10, 10))]
    option = offered(events, Tool.ARREARS_INSTALMENT, terms=6, hardship=HARDSHIP)
    assert set(option.account_ids) == {"jiebei-1", "huabei-1"}
    (booked,) = agreed(option)
    assert booked.account_id is None
    (plan,) = whole_plans(state([*events, booked]).accounts)
    assert [(row.due, row.amount) for row in plan.rows] == [
        (row.due, row.amount) for row in option.schedule
    ]
    assert plan.next_amount == option.schedule[0].amount
    done = state([*events, booked, *pay_rows(option)], option.last_due)
    assert whole_plans(done.accounts)[0].status is PlanStatus.COMPLETED


def test_a_plan_broken_on_one_account_is_broken() -> None:
    events = [LATE, bill(date(2026, 10, 10))]
    option = offered(events, Tool.ARREARS_INSTALMENT, terms=6, hardship=HARDSHIP)
    half = [one for one in pay_rows(option) if one.account_id == "huabei-1"]
    day = option.schedule[0].due + timedelta(days=1)
    (plan,) = whole_plans(state([*events, *agreed(option), *half], day).accounts)
    assert plan.status is PlanStatus.BROKEN
    assert plan.cure_until == option.schedule[0].due + timedelta(days=7)


def test_spreading_a_bill_takes_it_out_of_the_next_due_date() -> None:
    current = bill(date(2026, 11, 26))
    option = offered([current], Tool.BILL_INSTALMENT, terms=3)
    folded = state([current, *agreed(option)])
    rows = [row for row in folded.account("huabei-1").schedule if row.outstanding]
    assert [(row.due, row.outstanding) for row in rows] == [
        (row.due, row.amount) for row in option.schedule
    ]
    # 2,000.00 at 2.5%.
    assert sum(row.outstanding.fen for row in rows) == 2_050_00


@pytest.mark.parametrize("days", [3, 7])
def test_moving_the_next_due_date_costs_what_was_shown(days: int) -> None:
    current = bill(date(2026, 11, 26))
    option = offered([current], Tool.EXTENSION, extension_days=days)
    folded = state([current, *agreed(option)], date(2026, 11, 26) + timedelta(days=days))
    # 2000 × 0.0005 × days, and no day past due.
    assert quote(folded, QuoteKind.DUE_NOW).total == yuan(2000) + Money(100) * days
    assert folded.account("huabei-1").dpd == 0

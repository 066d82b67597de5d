"""From random histories to offers to plans: no fen appears or is lost on the way."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from account_engine.domain.calendar import add_months
from account_engine.domain.events import (
    BillIssued,
    Event,
    EventKind,
    EventPayload,
    LoanDisbursed,
    Payment,
    RepaymentMethod,
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
from account_engine.domain.quote import Component, QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import BorrowerState, PlanStatus
from tests.unit.negotiation.debts import TODAY, demo_policy
from tests.unit.negotiation.strategies import hardships, maybe, money
from tests.unit.negotiation.test_agreement import HUABEI, JIEBEI

EXAMPLES = int(os.environ.get("YUQI_PROPERTY_EXAMPLES", "100"))
TRIED = settings(max_examples=EXAMPLES, deadline=None)
BOOKED = datetime(2026, 11, 21, 12, tzinfo=timezone(timedelta(hours=8)))
PLAN_TOOLS = (Tool.ARREARS_INSTALMENT, Tool.REAGE)
POLICY = demo_policy()
History = list[Event]


def event(account: str, name: str, kind: EventKind, on: date, payload: EventPayload) -> Event:
    return Event(name, "somebody", account, kind, on, BOOKED, payload)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """A loan, up to two bills and up to four payments of the last year."""
    first_due = TODAY - timedelta(days=draw(st.integers(min_value=-20, max_value=250)))
    methods = (RepaymentMethod.EQUAL_INSTALMENT, RepaymentMethod.EQUAL_PRINCIPAL)
    payload = LoanDisbursed(
        "loan-1",
        draw(money(100_00, 300_000_00)),
        draw(st.sampled_from([3, 6, 12])),
        draw(st.sampled_from(methods)),
        first_due,
        draw(st.sampled_from([None, Decimal("0.0730"), Decimal("0.1825"), Decimal("0.219")])),
    )
    drawn = add_months(first_due, -1)
    events = [event("jiebei-1", "loan-1", EventKind.LOAN_DISBURSED, drawn, payload)]
    for number in range(draw(st.integers(min_value=0, max_value=2))):
        due = TODAY - timedelta(days=draw(st.integers(min_value=-8, max_value=120)))
        statement = due - timedelta(days=9)
        bill = BillIssued(f"bill-{number}", statement, due, draw(money(1, 20_000_00)))
        events.append(event("huabei-1", f"bill-{number}", EventKind.BILL_ISSUED, statement, bill))
    for number in range(draw(st.integers(min_value=0, max_value=4))):
        account = draw(st.sampled_from(["jiebei-1", "huabei-1"]))
        on = TODAY - timedelta(days=draw(st.integers(min_value=0, max_value=200)))
        paid = Payment(draw(money(1, 20_000_00)))
        if on >= drawn:
            events.append(event(account, f"pay-{number}", EventKind.PAYMENT, on, paid))
    return events


wishes = st.builds(
    Wishes,
    terms=maybe(st.sampled_from([3, 6, 12])),
    down_payment=maybe(money(1, 5_000_00)),
    settlement=maybe(money(1, 100_000_00)),
    extension_days=maybe(st.integers(min_value=1, max_value=15)),
    hardship=hardships,
)


def state(events: History, as_of: date = TODAY) -> BorrowerState:
    return fold([JIEBEI, HUABEI], events, as_of)


def offers(events: History, wanted: Wishes) -> tuple[Option, ...]:
    return propose(position_from_state(state(events)), wanted, POLICY, TODAY).options


def agreed(events: History, option: Option) -> History:
    return [*events, *agreement_events(option, "somebody", BOOKED)]


@TRIED
@given(histories())
def test_a_position_is_what_the_quotes_say(events: History) -> None:
    folded = state(events)
    for account in position_from_state(folded).accounts:
        ids = (account.account_id,)
        assert account.overdue == quote(folded, QuoteKind.OVERDUE, ids).total
        payoff = quote(folded, QuoteKind.PAYOFF_ALL, ids)
        fee = payoff.by_component().get(Component.PREPAYMENT_FEE, Money(0))
        assert account.payoff == payoff.total - fee


@TRIED
@given(histories(), wishes)
def test_a_plan_in_the_state_is_the_plan_that_was_shown(events: History, wanted: Wishes) -> None:
    for option in offers(events, wanted):
        if option.tool not in PLAN_TOOLS:
            continue
        (plan,) = whole_plans(state(agreed(events, option)).accounts)
        assert plan.status is PlanStatus.ACTIVE
        assert [(row.due, row.amount) for row in plan.rows] == [
            (row.due, row.amount) for row in option.schedule
        ]


@TRIED
@given(histories(), wishes)
def test_agreeing_changes_what_is_owed_by_the_waiver_only(events: History, wanted: Wishes) -> None:
    before = quote(state(events), QuoteKind.PAYOFF_ALL).total
    for option in offers(events, wanted):
        if option.tool not in PLAN_TOOLS:
            continue
        after = quote(state(agreed(events, option)), QuoteKind.PAYOFF_ALL).total
        assert before - after == option.waived_total


@TRIED
@given(histories(), wishes)
def test_paying_what_was_shown_on_its_days_completes_every_plan(
    events: History, wanted: Wishes
) -> None:
    for option in offers(events, wanted):
        if option.tool not in PLAN_TOOLS and not option.waived:
            continue
        payments = [
            event(
                leg.account_id,
                f"row-{leg.account_id}-{row.number}",
                EventKind.PAYMENT,
                row.due,
                Payment(row.amount, towards=f"plan/{option.offer_id}"),
            )
            for leg in option.accounts
            for row in leg.rows
            if row.amount
        ]
        done = state([*agreed(events, option), *payments], option.last_due)
        (plan,) = whole_plans(done.accounts)
        assert plan.status is PlanStatus.COMPLETED


@TRIED
@given(histories(), st.integers(min_value=1, max_value=15))
def test_an_extension_costs_on_its_day_what_was_shown(events: History, days: int) -> None:
    wanted = Wishes(extension_days=days, hardship=HardshipKind.ILLNESS)
    for option in offers(events, wanted):
        if option.tool is not Tool.EXTENSION or option.schedule[0].number == 0:
            continue
        folded = state(agreed(events, option), option.last_due)
        for schedule in option.accounts:
            account = folded.account(schedule.account_id)
            rows = [row for row in account.schedule if row.due == option.last_due]
            assert sum(row.outstanding.fen for row in rows) >= schedule.rows[-1].amount.fen

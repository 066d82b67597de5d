"""Repayment plans, extensions, pauses and waivers as the fold sees them."""

from __future__ import annotations

from dataclasses import replace

from account_engine.domain.events import Event
from account_engine.domain.money import Money
from account_engine.domain.payloads import (
    Component,
    ExtensionAgreed,
    InterestPaused,
    PauseScope,
    PlanAgreed,
    PlanCured,
    PlanLeg,
    PlanRevoked,
    PlanRowAgreed,
    PlanScope,
    PlanTool,
    RecallNoticed,
    RecallTrigger,
    RepaymentMethod,
    Waiver,
    WaiverCondition,
)
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import (
    AccountState,
    CollectionStage,
    FacilityReason,
    PlanRowStatus,
    PlanStatus,
    RiskClass,
)
from tests.unit.engine.histories import (
    bill,
    contract,
    day,
    event,
    loan,
    pay,
    quoted,
    state_of,
    total,
    yuan,
)
from tests.unit.engine.three_rows import BILL, BILLS, PLAN

HUABEI = [contract()]
AGREED = event(PLAN, "2026-10-20", event_id="agreed")


def account(events: list[Event], as_of: str) -> AccountState:
    """The bill account's state."""
    return state_of(HUABEI, events, as_of).account(BILLS)


def test_a_plan_replaces_the_arrears():
    state = account([BILL, AGREED], "2026-10-20")
    assert state.dpd == 0
    assert total(HUABEI, [BILL, AGREED], "2026-10-20", QuoteKind.OVERDUE) == "0.00"
    assert total(HUABEI, [BILL, AGREED], "2026-11-09", QuoteKind.PAYOFF_ALL) == "1200.00"
    plan = state.plan
    assert plan is not None
    assert (plan.status, plan.remaining_rows) == (PlanStatus.ACTIVE, 3)
    assert (plan.next_due, plan.next_amount) == (day("2026-11-10"), yuan("400.00"))
    assert plan.waived_on_completion == yuan("6.00")


def test_a_running_plan_shows_in_the_labels():
    state = account([BILL, AGREED], "2026-10-25")
    assert state.collection_stage is CollectionStage.PLAN
    assert state.risk_class is RiskClass.SPECIAL_MENTION
    assert FacilityReason.PLAN_RUNNING in state.facility.reasons


def test_a_completed_plan_gives_up_what_it_waived():
    events = [
        BILL,
        AGREED,
        pay("400.00", "2026-11-10"),
        pay("400.00", "2026-12-10"),
        pay("400.00", "2027-01-10"),
    ]
    state = account(events, "2027-03-01")
    assert state.plan is not None
    assert (state.plan.status, state.plan.ended_on) == (PlanStatus.COMPLETED, day("2027-01-10"))
    assert total(HUABEI, events, "2027-03-01", QuoteKind.PAYOFF_ALL) == "0.00"


def test_a_missed_row_breaks_the_plan_and_opens_a_cure_period():
    plan = account([BILL, AGREED], "2026-11-13").plan
    assert plan is not None
    assert (plan.status, plan.cure_until) == (PlanStatus.BROKEN, day("2026-11-17"))
    assert plan.rows[0].status is PlanRowStatus.MISSED


def test_a_row_paid_within_the_cure_period_mends_the_plan():
    # Five days late on 400.00: 400 × 0.0005 × 5 = 1.00.
    events = [BILL, AGREED, pay("401.00", "2026-11-15")]
    plan = account(events, "2026-12-01").plan
    assert plan is not None
    assert plan.status is PlanStatus.ACTIVE
    assert total(HUABEI, events, "2026-12-01", QuoteKind.PAYOFF_ALL) == "800.00"


def test_a_plan_that_is_not_cured_is_revoked_and_its_waivers_withdrawn():
    # On 18 November the plan is gone. The bill is late since 10 October (39 days) again. Penalty:
    # 6.00 before the plan, nothing while it was kept, 8 days since the missed 10 November:
    # 1200 × 0.0005 × 8 = 4.80.
    events = [BILL, AGREED]
    state = account(events, "2026-11-18")
    assert state.plan is not None
    assert state.plan.status is PlanStatus.REVOKED
    assert state.plans_broken == 1
    assert state.dpd == 39
    assert total(HUABEI, events, "2026-11-18", QuoteKind.OVERDUE) == "1210.80"


def test_on_its_last_day_the_cure_period_still_runs():
    plan = account([BILL, AGREED], "2026-11-17").plan
    assert plan is not None
    assert plan.status is PlanStatus.BROKEN


def test_what_was_paid_under_a_revoked_plan_counts():
    # 400.00 on 10 November: 6.00 penalty, 394.00 principal. December's row is missed; revoked on
    # 18 December. The old bill's minimum was met with the 394.00, so the 806.00 left are carried
    # from 10 November at 0.05% a day; the plan stopped that until 10 December; 8 days:
    # 806 × 0.0005 × 8 = 3.224, that is 3.22.
    events = [BILL, AGREED, pay("400.00", "2026-11-10")]
    state = account(events, "2026-12-18")
    assert state.plan is not None
    assert state.plan.status is PlanStatus.REVOKED
    assert total(HUABEI, events, "2026-12-18", QuoteKind.PAYOFF_ALL) == "809.22"


def test_the_lender_may_keep_a_late_plan_alive():
    cured = event(PlanCured("plan"), "2026-11-20")
    plan = account([BILL, AGREED, cured], "2026-11-25").plan
    assert plan is not None
    assert plan.status is PlanStatus.BROKEN


def test_a_plan_may_be_revoked_by_an_event():
    revoked = event(PlanRevoked("plan", "agreed"), "2026-11-01")
    state = account([BILL, AGREED, revoked], "2026-11-02")
    assert state.plan is not None
    assert state.plan.status is PlanStatus.REVOKED
    assert state.dpd == 23


def test_a_backdated_payment_makes_the_plan_smaller_not_wrong():
    # 300.00 turn out to have been paid on 5 October: 900.00 were late, so the last row goes down
    # to 100.00. Sums stay exact.
    events = [BILL, AGREED, pay("300.00", "2026-10-05")]
    # The minimum of 120.00 was met by then: the rest is due on 10 November, nothing was late, and
    # a plan of arrears has nothing to cover.
    state = account(events, "2026-10-20")
    assert state.dpd == 0
    assert state.outstanding == yuan("900.00")


def test_nobody_can_miss_a_row_of_nothing():
    # Nothing is to be paid in November, all 1,200.00 on 10 December; so it was paid.
    rows = (
        PlanRowAgreed(1, day("2026-11-10"), yuan("0.00")),
        PlanRowAgreed(2, day("2026-12-10"), yuan("1200.00")),
    )
    later = replace(PLAN, legs=(replace(PLAN.legs[0], rows=rows),))
    agreed = event(later, "2026-10-20", event_id="agreed")
    waiting = account([BILL, agreed], "2026-11-30").plan
    assert waiting is not None
    assert waiting.status is PlanStatus.ACTIVE
    assert (waiting.next_due, waiting.next_amount) == (day("2026-12-10"), yuan("1200.00"))
    plan = account([BILL, agreed, pay("1200.00", "2026-12-10")], "2027-01-20").plan
    assert plan is not None
    assert plan.status is PlanStatus.COMPLETED


def test_a_plan_over_the_whole_balance_drops_unearned_interest():
    # 10,000.00 at 0.04% a day, 20 days after drawing: 80.00 earned.
    jiebei = [contract("jiebei_like")]
    drawn = loan("10000.00", "2026-01-10", "2026-02-10", 3, RepaymentMethod.INTEREST_FIRST)
    row = PlanRowAgreed(1, day("2026-03-01"), yuan("10000.00"), yuan("80.00"))
    plan = PlanAgreed(
        "reage", PlanTool.REAGE, PlanScope.WHOLE_BALANCE, (PlanLeg("jiebei_like", (row,)),)
    )
    events = [drawn, event(plan, "2026-01-30", "jiebei_like")]
    assert total(jiebei, events, "2026-01-30", QuoteKind.NEXT_BILL) == "10080.00"
    assert state_of(jiebei, events, "2026-02-20").account("jiebei_like").dpd == 0


def test_one_plan_may_cover_two_accounts():
    contracts = [contract(), contract("jiebei_like")]
    drawn = loan("10000.00", "2026-09-10", "2026-10-10", 3, RepaymentMethod.INTEREST_FIRST)
    # 30 days × 4.00 = 120.00 interest due 10 October on 借呗.
    bills = PlanLeg(BILLS, (PlanRowAgreed(1, day("2026-11-20"), yuan("1200.00")),))
    loans = PlanLeg("jiebei_like", (PlanRowAgreed(1, day("2026-11-20"), Money(0), yuan("120.00")),))
    plan = PlanAgreed("both", PlanTool.ARREARS_INSTALMENT, PlanScope.ARREARS, (bills, loans))
    events = [BILL, drawn, event(plan, "2026-10-12", None)]
    state = state_of(contracts, events, "2026-10-12")
    assert [one.dpd for one in state.accounts] == [0, 0]
    assert quoted(contracts, events, "2026-11-20", QuoteKind.OVERDUE).total.fen >= 0


def test_a_plan_cures_a_noticed_recall():
    # 30 days late on 10 October; by the 18th the penalty is 1200 × 0.0005 × 38 = 22.80, and this
    # plan gives all of it up before the recall takes effect on the 19th.
    late = bill("1200.00", "2026-09-10", "2026-09-01")
    leg = replace(PLAN.legs[0], waived=((Component.PENALTY, yuan("22.80")),))
    agreed = event(replace(PLAN, legs=(leg,)), "2026-10-18", event_id="agreed")
    served = RecallNoticed("n", RecallTrigger.DPD, day("2026-10-19"), "dpd")
    events = [late, event(served, "2026-10-12"), agreed]
    state = account(events, "2026-10-26")
    assert state.recall.stage.value == "cured"


def test_an_extension_moves_the_due_date():
    # 1,000.00 due 10 October, extended on the 9th to the 20th: on the 23rd three days late, 1.50.
    extended = ExtensionAgreed("x", day("2026-10-20"), ("b",))
    events = [
        bill("1000.00", "2026-10-10", "2026-10-01", bill_id="b"),
        event(extended, "2026-10-09"),
    ]
    assert account(events, "2026-10-20").dpd == 0
    assert account(events, "2026-10-20").extension_until == day("2026-10-20")
    assert total(HUABEI, events, "2026-10-20", QuoteKind.OVERDUE) == "0.00"
    assert account(events, "2026-10-23").dpd == 3
    assert total(HUABEI, events, "2026-10-23", QuoteKind.OVERDUE) == "1001.50"


def test_an_extension_of_a_late_bill_keeps_the_penalty_so_far():
    # Late since the 10th, extended on the 13th to the 31st: 1.50 penalty stays, no more is added.
    events = [
        bill("1000.00", "2026-10-10", "2026-10-01"),
        event(ExtensionAgreed("x", day("2026-10-31")), "2026-10-13"),
    ]
    assert account(events, "2026-10-30").dpd == 0
    assert total(HUABEI, events, "2026-10-31", QuoteKind.DUE_NOW) == "1001.50"


def test_only_the_overlap_of_a_pause_counts():
    # Paused from 5 to 15 October, due on the 10th: the five days to the 15th cost nothing, the
    # five to the 20th 1000 × 0.0005 × 5 = 2.50.
    paused = InterestPaused(day("2026-10-15"), (PauseScope.PENALTY,))
    events = [bill("1000.00", "2026-10-10", "2026-10-01"), event(paused, "2026-10-05")]
    assert total(HUABEI, events, "2026-10-15", QuoteKind.OVERDUE) == "1000.00"
    assert total(HUABEI, events, "2026-10-20", QuoteKind.OVERDUE) == "1002.50"


def test_a_pause_that_ended_before_the_due_date_changes_nothing():
    paused = InterestPaused(day("2026-10-08"), (PauseScope.PENALTY,))
    events = [bill("1000.00", "2026-10-10", "2026-10-01"), event(paused, "2026-10-05")]
    assert total(HUABEI, events, "2026-10-20", QuoteKind.OVERDUE) == "1005.00"


def test_a_pause_in_the_middle_splits_the_item():
    # 10 to 13 October: 1.50; paused to the 18th; 18 to 20: 1.00.
    paused = InterestPaused(day("2026-10-18"), (PauseScope.PENALTY,))
    events = [bill("1000.00", "2026-10-10", "2026-10-01"), event(paused, "2026-10-13")]
    overdue = quoted(HUABEI, events, "2026-10-20", QuoteKind.OVERDUE)
    found = [(i.days, str(i.amount)) for i in overdue.items if i.component is Component.PENALTY]
    assert found == [(3, "1.50"), (2, "1.00")]


def test_a_waiver_takes_penalty_off():
    waived = event(Waiver("w", Component.PENALTY, yuan("1.00")), "2026-10-13")
    events = [bill("1000.00", "2026-10-10", "2026-10-01"), waived]
    overdue = quoted(HUABEI, events, "2026-10-13", QuoteKind.OVERDUE)
    assert overdue.total == yuan("1000.50")
    assert overdue.by_component()[Component.WAIVER] == yuan("-1.00")


def test_a_waiver_on_condition_waits_for_the_payment():
    # Penalty of five days, 2.50, is given up once 1,000.00 were paid by 20 October.
    promise = Waiver(
        "w",
        Component.PENALTY,
        yuan("2.50"),
        WaiverCondition.ON_PAYMENT,
        yuan("1000.00"),
        day("2026-10-20"),
    )
    events = [bill("1000.00", "2026-10-10", "2026-10-01"), event(promise, "2026-10-15")]
    assert total(HUABEI, events, "2026-10-15", QuoteKind.OVERDUE) == "1002.50"
    kept = [*events, pay("600.00", "2026-10-15"), pay("400.00", "2026-10-15", event_id="two")]
    assert total(HUABEI, kept, "2026-10-16", QuoteKind.PAYOFF_ALL) == "0.00"
    late = [*events, pay("1000.00", "2026-10-21")]
    assert total(HUABEI, late, "2026-10-21", QuoteKind.PAYOFF_ALL) != "0.00"

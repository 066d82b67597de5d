"""Full recall: notice, defects, effect, cure, reinstatement, and recall across products."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from account_engine.domain.events import Event
from account_engine.domain.money import Money
from account_engine.domain.payloads import (
    BreachReported,
    ExtensionAgreed,
    RecallNoticed,
    RecallReinstated,
    RecallTrigger,
    RecallWithdrawn,
    RepaymentMethod,
    RiskWarned,
    ScoreReported,
)
from account_engine.domain.quote import Component, QuoteKind
from account_engine.domain.state import (
    AccountState,
    FacilityReason,
    FacilityStatus,
    RecallDefect,
    RecallStage,
    RowOrigin,
)
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

LOAN = "jiebei_like"
BILLS = "huabei_like"
JIEBEI = [contract(LOAN)]  # 0.04% a day
# 10,000.00 drawn 10 January 2026; 124.00 due 10 February, 112.00 due 10 March, the rest 10 April.
DRAWN = loan("10000.00", "2026-01-10", "2026-02-10", 3, RepaymentMethod.INTEREST_FIRST)


def notice(
    on: str = "2026-03-12",
    effective: str = "2026-03-19",
    trigger: RecallTrigger = RecallTrigger.DPD,
    account: str = LOAN,
    source: str | None = None,
    approved_by: str | None = None,
) -> Event:
    """A notice; on 12 March the loan is 30 days late."""
    payload = RecallNoticed("n1", trigger, day(effective), trigger.value, None, source, approved_by)
    return event(payload, on, account, "notice")


def account(events: list[Event], as_of: str) -> AccountState:
    """The loan's state."""
    return state_of(JIEBEI, events, as_of).account(LOAN)


def test_the_whole_balance_falls_due_on_the_effective_day():
    # Until the 18th only 236.00 of interest are due. On the 19th 10,000.00 more, and interest from
    # 10 to 19 March: 10000 × 0.0004 × 9 = 36.00. April's interest is dropped.
    events = [DRAWN, notice()]
    assert total(JIEBEI, events, "2026-03-18", QuoteKind.DUE_NOW) == "236.00"
    due = quoted(JIEBEI, events, "2026-03-19", QuoteKind.DUE_NOW)
    assert parts(due) == {Component.INTEREST: "272.00", Component.PRINCIPAL: "10000.00"}
    state = account(events, "2026-03-19")
    assert (state.recall.stage, state.recall.trigger) == (RecallStage.EFFECTIVE, RecallTrigger.DPD)
    assert state.recall.amount == yuan("10036.00")
    recalled = [row for row in state.schedule if row.origin is RowOrigin.RECALL]
    assert [row.due for row in recalled] == [day("2026-03-19")]


def test_overdue_rows_keep_their_due_dates_and_the_penalty_base_widens():
    # 29 March: 47 days since 10 February. Ten days of 0.06% on 10,000.00: 60.00.
    state = account([DRAWN, notice()], "2026-03-29")
    assert state.dpd == 47
    overdue = quoted(JIEBEI, [DRAWN, notice()], "2026-03-29", QuoteKind.OVERDUE)
    assert parts(overdue)[Component.PENALTY] == "60.00"


def test_payoff_if_recalled_says_the_same_beforehand():
    assert total(JIEBEI, [DRAWN], "2026-03-19", QuoteKind.PAYOFF_IF_RECALLED) == "10272.00"


def test_nothing_takes_effect_without_a_notice():
    state = account([DRAWN], "2026-09-01")
    assert state.recall.stage is RecallStage.NONE
    assert RecallTrigger.DPD in state.recall.available


def test_a_notice_cannot_take_effect_before_its_days_have_passed():
    # Served on the 12th for the 13th; the terms give 7 days.
    state = account([DRAWN, notice(effective="2026-03-13")], "2026-03-14")
    assert state.recall.stage is RecallStage.NOTICED
    assert state.recall.effective_on == day("2026-03-19")


def test_a_notice_before_its_trigger_holds_has_no_effect():
    # On 11 March the loan is 29 days late.
    state = account([DRAWN, notice("2026-03-11")], "2026-04-01")
    assert state.recall.stage is RecallStage.INVALID
    assert state.recall.defects == (RecallDefect.TRIGGER_NOT_MET,)


def test_two_missed_instalments_are_a_trigger_of_their_own():
    served = notice("2026-03-11", "2026-03-18", RecallTrigger.MISSED_INSTALMENTS)
    assert account([DRAWN, served], "2026-03-18").recall.stage is RecallStage.EFFECTIVE


def test_the_arrears_paid_in_time_cure_the_recall():
    events = [DRAWN, notice(), pay("236.00", "2026-03-18", LOAN)]
    state = account(events, "2026-03-25")
    assert (state.recall.stage, state.recall.ended_on) == (RecallStage.CURED, day("2026-03-18"))
    assert state.dpd == 0
    assert state.next_due == day("2026-04-10")


def test_one_fen_short_does_not_cure():
    events = [DRAWN, notice(), pay("235.99", "2026-03-18", LOAN)]
    assert account(events, "2026-03-25").recall.stage is RecallStage.EFFECTIVE


def test_arrears_paid_after_the_effective_day_do_not_bring_the_instalments_back():
    events = [DRAWN, notice(), pay("236.00", "2026-03-20", LOAN)]
    state = account(events, "2026-03-25")
    assert state.recall.stage is RecallStage.EFFECTIVE
    assert state.dpd > 0


def test_paying_everything_settles_the_recall():
    events = [DRAWN, notice(), pay("10272.00", "2026-03-19", LOAN)]
    state = account(events, "2026-03-19")
    assert (state.recall.stage, state.outstanding) == (RecallStage.SETTLED, Money(0))
    assert state.facility.status is FacilityStatus.FROZEN
    assert FacilityReason.UNDER_REVIEW in state.facility.reasons


@pytest.mark.parametrize(
    ("payload", "stage"),
    [
        (RecallReinstated("n1", "agreement"), RecallStage.REINSTATED),
        (RecallWithdrawn("n1"), RecallStage.WITHDRAWN),
    ],
)
def test_a_recall_taken_back_leaves_the_account_as_if_it_had_never_been(
    payload: RecallReinstated | RecallWithdrawn, stage: RecallStage
):
    back = event(payload, "2026-04-01", LOAN)
    state = account([DRAWN, notice(), back], "2026-04-05")
    assert state.recall.stage is stage
    assert state.facts == account([DRAWN], "2026-04-05").facts


def test_before_it_is_taken_back_the_recall_stands():
    back = event(RecallWithdrawn("n1"), "2026-04-01", LOAN)
    assert account([DRAWN, notice(), back], "2026-03-31").recall.stage is RecallStage.EFFECTIVE


def test_a_warning_is_the_first_stage():
    warned = event(RiskWarned(RecallTrigger.DPD), "2026-03-01", LOAN)
    state = account([DRAWN, warned], "2026-03-02")
    assert (state.recall.stage, state.recall.warned_on) == (RecallStage.WARNED, day("2026-03-01"))
    noticed = account([DRAWN, warned, notice()], "2026-03-12")
    assert noticed.recall.warned_on == day("2026-03-01")
    assert len(noticed.recall.event_ids) == 2


@pytest.mark.parametrize(
    ("trigger", "evidence"),
    [
        (RecallTrigger.BREACH, BreachReported("use_of_funds")),
        (RecallTrigger.SCORE, ScoreReported(549)),
        (RecallTrigger.RISK_OFFICER, None),
    ],
)
def test_triggers_that_a_person_must_approve(
    trigger: RecallTrigger, evidence: BreachReported | ScoreReported | None
):
    known = [event(evidence, "2026-01-20", LOAN)] if evidence else []
    served = notice("2026-01-25", "2026-02-01", trigger)
    defects = account([DRAWN, *known, served], "2026-02-01").recall.defects
    assert RecallDefect.APPROVAL_MISSING in defects
    approved = notice("2026-01-25", "2026-02-01", trigger, approved_by="officer")
    state = account([DRAWN, *known, approved], "2026-02-01")
    assert state.recall.stage is RecallStage.EFFECTIVE


def test_a_score_at_the_floor_is_no_trigger():
    known = event(ScoreReported(550), "2026-01-20", LOAN)
    served = notice("2026-01-25", "2026-02-01", RecallTrigger.SCORE, approved_by="officer")
    state = account([DRAWN, known, served], "2026-02-01")
    assert state.recall.defects == (RecallDefect.TRIGGER_NOT_MET,)


# 花呗 600.00, billed 15 March, due 25 March; 借呗 30 days late on 12 March.
LATER_BILL = bill("600.00", "2026-03-25", "2026-03-15")
SPENT = bill("600.00", "2026-03-25", "2026-03-01", bill_id="spent")
CROSS = notice(
    trigger=RecallTrigger.CROSS_DEFAULT, account=BILLS, source=LOAN, approved_by="officer"
)


def test_a_default_on_one_product_recalls_the_other_where_its_contract_says_so():
    # 花呗's 600.00, not due before 25 March, fall due on the 19th. On the 22nd three days late:
    # 600 × 0.0005 × 3 = 0.90.
    contracts = [contract(LOAN), contract(BILLS, cross_recall=True)]
    events = [DRAWN, SPENT, CROSS]
    state = state_of(contracts, events, "2026-03-19").account(BILLS)
    assert state.recall.stage is RecallStage.EFFECTIVE
    assert state.recall.source_account == LOAN
    assert total(contracts, events, "2026-03-22", QuoteKind.OVERDUE, BILLS) == "600.90"
    # The recalled balance is asked for whole: no minimum any more.
    assert total(contracts, events, "2026-03-22", QuoteKind.MINIMUM, BILLS) == "600.90"


def test_a_bill_issued_after_the_recall_keeps_its_own_due_date():
    # Effective on 19 March; a bill of 100.00 issued on the 20th for the 30th is not late before.
    contracts = [contract(LOAN), contract(BILLS, cross_recall=True)]
    later = bill("100.00", "2026-03-30", "2026-03-20", bill_id="later")
    events = [DRAWN, SPENT, CROSS, later]
    assert total(contracts, events, "2026-03-22", QuoteKind.OVERDUE, BILLS) == "600.90"


def test_without_the_flag_the_other_product_is_only_frozen():
    contracts = [contract(LOAN), contract(BILLS)]
    events = [DRAWN, SPENT, CROSS]
    state = state_of(contracts, events, "2026-03-20")
    bills = state.account(BILLS)
    assert bills.recall.defects == (RecallDefect.NO_CONTRACT_FLAG,)
    assert total(contracts, events, "2026-03-20", QuoteKind.DUE_NOW, BILLS) == "0.00"
    assert bills.facility.status is FacilityStatus.FROZEN
    assert bills.facility.reasons == (FacilityReason.LINKAGE,)


def test_linkage_ends_when_the_late_product_is_paid():
    contracts = [contract(LOAN), contract(BILLS)]
    late = [DRAWN, SPENT]
    assert state_of(contracts, late, "2026-02-11").linkage_effects
    paid = [*late, pay("124.00", "2026-02-12", LOAN)]
    after = state_of(contracts, paid, "2026-02-13")
    assert after.linkage_effects == ()
    assert after.account(BILLS).facility.status is FacilityStatus.NORMAL


def test_curing_the_late_product_cures_a_recall_across_products():
    contracts = [contract(LOAN), contract(BILLS, cross_recall=True)]
    events = [DRAWN, SPENT, CROSS, pay("236.00", "2026-03-15", LOAN)]
    state = state_of(contracts, events, "2026-03-20").account(BILLS)
    assert state.recall.stage is RecallStage.CURED


@pytest.mark.parametrize("between", [(), (pay("1.00", "2026-03-20", BILLS),)])
@pytest.mark.parametrize(
    ("paid_on", "stage"),
    [
        ("2026-03-18", RecallStage.CURED),  # the day before it takes effect
        ("2026-03-19", RecallStage.EFFECTIVE),
        ("2026-03-22", RecallStage.EFFECTIVE),
    ],
)
def test_a_recall_across_products_is_not_cured_once_it_has_taken_effect(paid_on, stage, between):
    # Paying the late product afterwards ends nothing by itself, whether or not anything happened
    # on the recalled account since.
    contracts = [contract(LOAN), contract(BILLS, cross_recall=True)]
    events = [DRAWN, SPENT, CROSS, *between, pay("300.00", paid_on, LOAN)]
    state = state_of(contracts, events, "2026-03-22").account(BILLS)
    assert state.recall.stage is stage


def test_a_notice_served_on_the_day_the_other_product_is_called_in_stands():
    # Nothing of the loan is late: 124.00 and 112.00 were paid on their days. All of it is due on
    # 19 March by a decision; the bill's notice of that day takes effect seven days later.
    contracts = [contract(LOAN), contract(BILLS, cross_recall=True)]
    paid = [pay("124.00", "2026-02-10", LOAN), pay("112.00", "2026-03-10", LOAN)]
    called_in = notice(
        "2026-03-12", "2026-03-19", RecallTrigger.RISK_OFFICER, approved_by="officer"
    )
    served = notice(
        "2026-03-19", "2026-03-26", RecallTrigger.CROSS_DEFAULT, account=BILLS, source=LOAN,
        approved_by="officer",
    )  # fmt: skip
    events = [DRAWN, SPENT, *paid, replace(called_in, event_id="called in"), served]
    assert state_of(contracts, events, "2026-03-19").account(LOAN).dpd == 0
    state = state_of(contracts, events, "2026-03-26").account(BILLS)
    assert state.recall.stage is RecallStage.EFFECTIVE


def test_a_later_due_day_of_the_late_product_cures_a_recall_across_products():
    contracts = [contract(LOAN), contract(BILLS, cross_recall=True)]
    later = event(ExtensionAgreed("later", day("2026-03-31")), "2026-03-15", LOAN)
    state = state_of(contracts, [DRAWN, SPENT, CROSS, later], "2026-03-20").account(BILLS)
    assert state.recall.stage is RecallStage.CURED


def test_instalment_fees_that_were_not_billed_are_not_charged_after_a_recall():
    terms = contract(BILLS).terms
    assert terms.recall.fees.value == "drop"
    kept = replace(terms, recall=replace(terms.recall, fees=type(terms.recall.fees)("keep")))
    from account_engine.domain.payloads import BillInstalmentBooked

    booking = BillInstalmentBooked("spread", yuan("1200.00"), 12, day("2026-03-10"), "first")
    events = [
        bill("1200.00", "2026-02-10", "2026-02-01", bill_id="first"),
        event(booking, "2026-02-02"),
        notice("2026-04-09", "2026-04-16", account=BILLS),
    ]
    # 10 March 108.80 and 10 April 108.80 missed; on 16 April 1,000.00 principal; ten fees of 8.80
    # dropped, or kept by other terms.
    dropped = quoted([contract(BILLS)], events, "2026-04-16", QuoteKind.DUE_NOW)
    assert parts(dropped)[Component.FEE] == "17.60"
    # Kept fees, 105.60, are more than the 24% a year allowed by then. They were agreed, but penalty
    # does not come on top: it stays, 100 × 0.0005 × 37 + 100 × 0.0005 × 6 = 2.15, and as
    # much of the fees that the recall made due gives way.
    with_fees = quoted([contract(kept)], events, "2026-04-16", QuoteKind.DUE_NOW)
    assert parts(with_fees)[Component.PENALTY] == "2.15"
    assert parts(with_fees)[Component.FEE] == "103.45"


def test_a_dearer_loan_is_capped_after_a_recall_too():
    dear = [contract(LOAN, annual_rate=Decimal("0.1825"))]
    # Ten days on 10,000.00 at 24% a year: 65.75; the contract's own 27.375% would be 75.00.
    overdue = quoted(dear, [DRAWN, notice()], "2026-03-29", QuoteKind.OVERDUE)
    assert parts(overdue)[Component.PENALTY] == "75.00"
    assert parts(overdue)[Component.CAP] == "-9.25"

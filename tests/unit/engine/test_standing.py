"""Labels, facility, credit report, disputes, transfer, death, promises: the rest of the state."""

from __future__ import annotations

import pytest

from account_engine.domain.errors import InvalidHistory
from account_engine.domain.events import Event
from account_engine.domain.payloads import (
    BorrowerDeceased,
    Closed,
    DisputeClosed,
    DisputeOpened,
    DisputeOutcome,
    DisputeReason,
    FacilityFrozen,
    FacilityRestored,
    HardshipDeclared,
    HardshipKind,
    PromiseMade,
    ProofState,
    Reversal,
    Transferred,
    WrittenOff,
)
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import (
    AccountState,
    Ageing,
    CollectionStage,
    FacilityReason,
    FacilityStatus,
    PromiseStatus,
    ReturnCondition,
    RiskClass,
)
from tests.unit.engine.histories import bill, contract, day, event, pay, state_of, total, yuan

HUABEI = [contract()]
BILL = bill("1000.00", "2026-10-10", "2026-10-01")


def account(events: list[Event], as_of: str) -> AccountState:
    """The bill account's state."""
    return state_of(HUABEI, events, as_of).account("huabei_like")


@pytest.mark.parametrize(
    ("as_of", "dpd", "ageing", "risk", "stage"),
    [
        ("2026-10-10", 0, Ageing.CURRENT, RiskClass.NORMAL, CollectionStage.NONE),
        ("2026-10-11", 1, Ageing.M1, RiskClass.SPECIAL_MENTION, CollectionStage.REMINDER),
        ("2026-10-14", 4, Ageing.M1, RiskClass.SPECIAL_MENTION, CollectionStage.EARLY),
        ("2026-11-09", 30, Ageing.M1, RiskClass.SPECIAL_MENTION, CollectionStage.EARLY),
        ("2026-11-10", 31, Ageing.M2, RiskClass.SPECIAL_MENTION, CollectionStage.MIDDLE),
        ("2026-12-10", 61, Ageing.M3, RiskClass.SPECIAL_MENTION, CollectionStage.MIDDLE),
        ("2027-01-08", 90, Ageing.M3, RiskClass.SPECIAL_MENTION, CollectionStage.MIDDLE),
        ("2027-01-09", 91, Ageing.M3_PLUS, RiskClass.SUBSTANDARD, CollectionStage.LATE),
        ("2027-07-08", 271, Ageing.M3_PLUS, RiskClass.DOUBTFUL, CollectionStage.LATE),
        ("2027-10-06", 361, Ageing.M3_PLUS, RiskClass.LOSS, CollectionStage.LATE),
    ],
)
def test_labels_change_on_their_days(
    as_of: str, dpd: int, ageing: Ageing, risk: RiskClass, stage: CollectionStage
):
    state = account([BILL], as_of)
    found = (state.dpd, state.ageing, state.risk_class, state.collection_stage)
    assert found == (dpd, ageing, risk, stage)


def test_the_facility_freezes_one_day_after_the_due_date():
    assert account([BILL], "2026-10-10").facility.status is FacilityStatus.NORMAL
    frozen = account([BILL], "2026-10-11").facility
    assert (frozen.status, frozen.since) == (FacilityStatus.FROZEN, day("2026-10-11"))
    assert frozen.reasons == (FacilityReason.OVERDUE,)
    assert ReturnCondition.PAY_OVERDUE in frozen.return_conditions
    assert ReturnCondition.LENDER_REVIEW in frozen.return_conditions


def test_a_short_delay_ends_with_its_payment():
    # Three days late count as short; the terms ask for no time of observation then.
    events = [BILL, pay("1001.50", "2026-10-13")]
    assert account(events, "2026-10-13").facility.status is FacilityStatus.NORMAL


def test_after_a_long_delay_the_facility_stays_under_review_for_thirty_days():
    # Late 20 days, paid on 30 October (1000 × 0.0005 × 20 = 10.00): earliest 29 November.
    events = [BILL, pay("1010.00", "2026-10-30")]
    facility = account(events, "2026-11-01").facility
    assert (facility.status, facility.reasons) == (
        FacilityStatus.FROZEN,
        (FacilityReason.UNDER_REVIEW,),
    )
    assert facility.earliest_return == day("2026-11-29")
    assert account(events, "2026-11-29").facility.status is FacilityStatus.NORMAL
    restored = [*events, event(FacilityRestored(), "2026-11-05")]
    assert account(restored, "2026-11-05").facility.status is FacilityStatus.NORMAL


def test_the_lender_may_reduce_freeze_and_restore():
    reduced = [event(FacilityFrozen("risk", yuan("500.00")), "2026-10-02")]
    state = account(reduced, "2026-10-03").facility
    assert (state.status, state.limit) == (FacilityStatus.REDUCED, yuan("500.00"))
    restored = [*reduced, event(FacilityRestored(yuan("800.00")), "2026-10-05")]
    state = account(restored, "2026-10-06").facility
    assert (state.status, state.limit) == (FacilityStatus.NORMAL, yuan("800.00"))


def test_a_closed_account_does_not_come_back():
    facility = account([event(Closed("asked"), "2026-10-02")], "2026-10-03").facility
    assert facility.status is FacilityStatus.CLOSED
    assert facility.return_conditions == ()


def test_the_credit_record_ends_five_years_after_everything_late_was_paid():
    # Late on the reporting day 31 October; paid on 9 November (30 days: 15.00).
    report = account([BILL], "2026-11-05").credit_report
    assert report.has_overdue_record
    assert report.record_ends_on is None
    assert report.next_reporting_date == day("2026-11-30")
    paid = [BILL, pay("1015.00", "2026-11-09")]
    report = account(paid, "2026-11-10").credit_report
    assert (report.cleared_on, report.record_ends_on) == (day("2026-11-09"), day("2031-11-09"))
    assert account(paid, "2031-11-08").credit_report.has_overdue_record
    assert not account(paid, "2031-11-09").credit_report.has_overdue_record


def test_a_delay_between_two_reporting_days_leaves_no_reported_record():
    report = account([BILL, pay("1001.50", "2026-10-13")], "2026-11-10").credit_report
    assert not report.has_overdue_record
    assert report.cleared_on == day("2026-10-13")


def test_a_dispute_over_the_account_stops_penalty_and_collection():
    # 3 days until it is opened, 2 after it was rejected: 1000 × 0.0005 × 3 and × 2.
    opened = event(DisputeOpened("d", DisputeReason.NOT_MY_LOAN), "2026-10-13")
    closed = event(DisputeClosed("d", DisputeOutcome.REJECTED), "2026-10-23")
    state = account([BILL, opened], "2026-10-20")
    assert state.disputed
    assert state.collection_stage is CollectionStage.SUSPENDED_DISPUTE
    assert total(HUABEI, [BILL, opened], "2026-10-20", QuoteKind.OVERDUE) == "1001.50"
    events = [BILL, opened, closed]
    assert not account(events, "2026-10-25").disputed
    assert total(HUABEI, events, "2026-10-25", QuoteKind.OVERDUE) == "1002.50"


def test_a_disputed_order_does_not_stop_the_due_date():
    opened = event(DisputeOpened("d", DisputeReason.GOODS, yuan("100"), "bill"), "2026-10-05")
    assert account([BILL, opened], "2026-10-13").dpd == 3
    assert total(HUABEI, [BILL, opened], "2026-10-13", QuoteKind.OVERDUE) == "1001.50"


def test_an_upheld_dispute_takes_principal_off():
    opened = event(DisputeOpened("d", DisputeReason.WRONG_AMOUNT), "2026-10-05")
    upheld = DisputeClosed("d", DisputeOutcome.UPHELD, yuan("400.00"))
    events = [BILL, opened, event(upheld, "2026-10-08")]
    assert total(HUABEI, events, "2026-10-10", QuoteKind.DUE_NOW) == "600.00"


def test_a_transfer_binds_from_the_notice_on():
    told = event(Transferred("asset manager", day("2026-12-01")), "2026-11-20")
    assert account([BILL, told], "2026-11-30").creditor == contract().lender_name
    state = account([BILL, told], "2026-12-01")
    assert state.creditor == "asset manager"
    assert state.collection_stage is CollectionStage.TRANSFERRED
    assert state.facility.status is FacilityStatus.CLOSED


def test_written_off_is_still_owed():
    events = [BILL, event(WrittenOff(), "2027-10-01")]
    state = account(events, "2027-10-02")
    assert state.written_off
    assert state.risk_class is RiskClass.LOSS
    assert state.outstanding == yuan("1000.00")


def test_after_a_death_penalty_stops_and_collection_turns_to_the_estate():
    # Due 10 October, died on the 13th: three days, and no more.
    died = event(BorrowerDeceased("family"), "2026-10-13", None)
    state = state_of(HUABEI, [BILL, died], "2026-12-01")
    assert state.deceased
    assert state.deceased_on == day("2026-10-13")
    assert state.accounts[0].collection_stage is CollectionStage.ESTATE
    assert total(HUABEI, [BILL, died], "2026-12-01", QuoteKind.OVERDUE) == "1001.50"


def test_promises_are_kept_or_broken_by_payments():
    promise = event(PromiseMade("p", yuan("300.00"), day("2026-10-20")), "2026-10-13")
    (open_,) = state_of(HUABEI, [BILL, promise], "2026-10-15").promises
    assert open_.status is PromiseStatus.OPEN
    (broken,) = state_of(HUABEI, [BILL, promise], "2026-10-21").promises
    assert broken.status is PromiseStatus.BROKEN
    (kept,) = state_of(HUABEI, [BILL, promise, pay("300.00", "2026-10-20")], "2026-10-21").promises
    assert (kept.status, kept.paid) == (PromiseStatus.KEPT, yuan("300.00"))


def test_a_promise_that_was_corrected_is_not_broken():
    first = event(PromiseMade("p1", yuan("300.00"), day("2026-10-14")), "2026-10-13")
    second = event(PromiseMade("p2", yuan("300.00"), day("2026-10-20"), "p1"), "2026-10-13")
    promises = state_of(HUABEI, [BILL, first, second], "2026-10-15").promises
    # The 14th went by without a payment, and was not what was promised in the end.
    found = {one.promise_id: one.status for one in promises}
    assert found == {"p1": PromiseStatus.REPLACED, "p2": PromiseStatus.OPEN}


def test_a_promise_changes_no_debt():
    promise = event(PromiseMade("p", yuan("300.00"), day("2026-10-20")), "2026-10-13")
    assert account([BILL, promise], "2026-10-30").facts == account([BILL], "2026-10-30").facts


def test_hardship_proof_is_updated():
    declared = event(HardshipDeclared("h", HardshipKind.ILLNESS), "2026-10-13", None)
    proof = HardshipDeclared("h", HardshipKind.ILLNESS, ProofState.RECEIVED)
    (state,) = state_of(
        HUABEI, [declared, event(proof, "2026-10-15", None)], "2026-10-16"
    ).hardships
    assert (state.proof, state.declared_on) == (ProofState.RECEIVED, day("2026-10-13"))


def test_a_reversal_of_what_never_was_is_refused():
    with pytest.raises(InvalidHistory):
        account([BILL, event(Reversal("nothing"), "2026-10-05")], "2026-10-06")


def test_an_account_without_a_contract_is_refused():
    with pytest.raises(InvalidHistory):
        account([bill("1.00", "2026-10-10", "2026-10-01", "other")], "2026-10-06")


def test_one_id_with_two_contents_is_refused():
    one = pay("1.00", "2026-10-05", event_id="same")
    two = pay("2.00", "2026-10-05", event_id="same")
    with pytest.raises(InvalidHistory):
        account([BILL, one, two], "2026-10-06")

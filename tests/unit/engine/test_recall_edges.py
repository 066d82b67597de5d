"""Recalls that meet other things: a second notice, a payment that bounced, a plan."""

from __future__ import annotations

from account_engine.domain.events import Event
from account_engine.domain.payloads import (
    ExtensionAgreed,
    Payment,
    RecallNoticed,
    RecallTrigger,
    RecallWithdrawn,
    RepaymentMethod,
    Reversal,
)
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import RecallDefect, RecallStage
from tests.unit.engine.histories import bill, contract, day, event, loan, pay, state_of, total

LOAN = "jiebei_like"
JIEBEI = [contract(LOAN)]
# 10,000.00 drawn 10 January 2026; 124.00 due 10 February, 112.00 due 10 March, the rest 10 April.
DRAWN = loan("10000.00", "2026-01-10", "2026-02-10", 3, RepaymentMethod.INTEREST_FIRST)


def notice(name: str, on: str, effective: str, trigger: RecallTrigger = RecallTrigger.DPD) -> Event:
    """A notice; from 12 March on the loan is 30 days late."""
    return event(RecallNoticed(name, trigger, day(effective), trigger.value), on, LOAN, name)


def recall_on(events: list[Event], as_of: str) -> tuple[RecallStage, str | None]:
    """The recall's stage and the day of its effect."""
    recall = state_of(JIEBEI, events, as_of).account(LOAN).recall
    return recall.stage, recall.effective_on.isoformat() if recall.effective_on else None


FIRST = notice("n1", "2026-03-12", "2026-03-19")


def test_a_notice_without_effect_does_not_take_the_place_of_one_that_stands():
    # A breach that nobody reported, without approval: no effect. The first goes on to the 19th.
    void = notice("n2", "2026-03-15", "2026-03-25", RecallTrigger.BREACH)
    assert recall_on([DRAWN, FIRST, void], "2026-03-16") == (RecallStage.NOTICED, "2026-03-19")
    assert recall_on([DRAWN, FIRST, void], "2026-03-20") == (RecallStage.EFFECTIVE, "2026-03-19")
    state = state_of(JIEBEI, [DRAWN, void], "2026-03-26").account(LOAN)
    assert state.recall.stage is RecallStage.INVALID
    assert RecallDefect.APPROVAL_MISSING in state.recall.defects


def test_a_notice_after_the_effect_changes_nothing():
    again = notice("n2", "2026-03-25", "2026-04-01")
    for as_of in ("2026-03-26", "2026-04-02"):
        assert recall_on([DRAWN, FIRST, again], as_of) == (RecallStage.EFFECTIVE, "2026-03-19")
    # 10,036.00 came due on the 19th as in test_recall; 236.00 before. No penalty on interest.
    # From 19 to 26 March at 1.5 × 0.04% a day: 10000 × 0.0006 × 7 = 42.00.
    assert total(JIEBEI, [DRAWN, FIRST, again], "2026-03-26", QuoteKind.DUE_NOW) == "10314.00"


def test_a_second_notice_gives_its_own_time():
    second = notice("n2", "2026-03-15", "2026-03-22")
    assert recall_on([DRAWN, FIRST, second], "2026-03-20") == (RecallStage.NOTICED, "2026-03-22")


def test_of_two_notices_the_first_may_be_withdrawn():
    second = notice("n2", "2026-03-15", "2026-03-22")
    withdrawn = event(RecallWithdrawn("n1"), "2026-03-16", LOAN)
    events = [DRAWN, FIRST, second, withdrawn]
    assert recall_on(events, "2026-03-23") == (RecallStage.EFFECTIVE, "2026-03-22")


def test_of_two_notices_the_second_may_be_withdrawn():
    second = notice("n2", "2026-03-15", "2026-03-22")
    withdrawn = event(RecallWithdrawn("n2"), "2026-03-16", LOAN)
    events = [DRAWN, FIRST, second, withdrawn]
    assert recall_on(events, "2026-03-17") == (RecallStage.NOTICED, "2026-03-19")


def test_a_payment_that_cured_a_recall_and_bounced():
    # 236.00 on the 15th pay the arrears: cured. The bank takes them back on the 25th: the notice
    # had run out on the 19th.
    paid = event(Payment(day_amount := pay("236.00", "2026-03-15", LOAN).payload.amount),
                 "2026-03-15", LOAN, "paid")  # fmt: skip
    assert str(day_amount) == "236.00"
    bounced = event(Reversal("paid"), "2026-03-25", LOAN)
    events = [DRAWN, FIRST, paid, bounced]
    assert recall_on(events, "2026-03-24")[0] is RecallStage.CURED
    assert recall_on(events, "2026-03-25") == (RecallStage.EFFECTIVE, "2026-03-19")


def test_the_day_before_the_effect_is_the_last_to_cure():
    paid = [DRAWN, FIRST, pay("236.00", "2026-03-18", LOAN)]
    assert recall_on(paid, "2026-03-19")[0] is RecallStage.CURED
    late = [DRAWN, FIRST, pay("236.00", "2026-03-19", LOAN)]
    assert recall_on(late, "2026-03-19")[0] is RecallStage.EFFECTIVE


def test_arrears_paid_on_the_day_of_the_notice_leave_it_nothing_to_rest_on():
    paid = [DRAWN, FIRST, pay("236.00", "2026-03-12", LOAN)]
    state = state_of(JIEBEI, paid, "2026-03-20").account(LOAN)
    assert state.recall.stage is RecallStage.INVALID
    assert state.recall.defects == (RecallDefect.TRIGGER_NOT_MET,)


# 1,000.00 due 10 September, 0.50 a day once it is late; called in on 5 October.
HUABEI = [contract()]
BILL = bill("1000.00", "2026-09-10", "2026-09-01", bill_id="sep")
CALLED_IN = event(
    RecallNoticed("n", RecallTrigger.RISK_OFFICER, day("2026-10-05"), "r", approved_by="officer"),
    "2026-09-20",
)


def test_penalty_paid_before_does_not_come_off_what_is_called_in():
    # The minimum five days late: 2.50 and 100.00. The other 900.00 are carried, at 0.45 a day:
    # 9.00 of interest until 5 October, then 0.45 of penalty for one day.
    events = [BILL, pay("102.50", "2026-09-15"), CALLED_IN]
    assert total(HUABEI, events, "2026-10-05", QuoteKind.DUE_NOW) == "909.00"
    assert total(HUABEI, events, "2026-10-06", QuoteKind.OVERDUE) == "909.45"


def test_penalty_from_before_an_extension_stays_owed_when_the_rest_is_called_in():
    # 2.50 until the extension of 15 September to 10 October, then nothing until 5 October.
    extended = event(ExtensionAgreed("x", day("2026-10-10"), ("sep",)), "2026-09-15")
    events = [BILL, extended, CALLED_IN]
    assert total(HUABEI, events, "2026-10-04", QuoteKind.PAYOFF_ALL) == "1002.50"
    assert total(HUABEI, events, "2026-10-05", QuoteKind.DUE_NOW) == "1002.50"
    assert total(HUABEI, events, "2026-10-06", QuoteKind.OVERDUE) == "1003.00"


def test_no_bill_has_a_minimum_once_all_of_it_is_called_in():
    # Two bills late since 10 September and 10 October; called in on 30 October. 1,000.00 with 50
    # days at 0.50, 25.00, and 500.00 with 20 days at 0.25, 5.00. A tenth of each, which would have
    # carried the rest the day before, leaves 1,530.00 − 180.00 late.
    october = bill("500.00", "2026-10-10", "2026-10-01", bill_id="oct")
    served = RecallNoticed("n", RecallTrigger.DPD, day("2026-10-30"), "dpd")
    events = [BILL, october, event(served, "2026-10-20")]
    assert total(HUABEI, events, "2026-10-30", QuoteKind.MINIMUM) == "1530.00"
    events.append(pay("180.00", "2026-10-30"))
    assert total(HUABEI, events, "2026-10-30", QuoteKind.OVERDUE) == "1350.00"
    assert state_of(HUABEI, events, "2026-10-31").account("huabei_like").dpd == 51


def test_a_called_in_rest_that_was_put_off_bears_one_charge_a_day():
    # 900.00 carried from 10 September at 0.45 a day: 13.50 until 10 October, 4.50 of penalty until
    # the extension of the 20th, 4.50 of interest until its end on the 30th, and 2.25 of penalty
    # for five days: 924.75.
    served = RecallNoticed(
        "n", RecallTrigger.RISK_OFFICER, day("2026-10-15"), "r", approved_by="officer"
    )
    extended = event(ExtensionAgreed("x", day("2026-10-30")), "2026-10-20")
    events = [BILL, pay("100.00", "2026-09-10"), event(served, "2026-10-08"), extended]
    assert total(HUABEI, events, "2026-11-04", QuoteKind.OVERDUE) == "924.75"

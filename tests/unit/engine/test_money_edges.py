"""Money that comes in oddly: too much, twice, taken back, for what is not there any more."""

from __future__ import annotations

import pytest

from account_engine.domain.errors import InvalidHistory
from account_engine.domain.payloads import (
    BillInstalmentBooked,
    BorrowerDeceased,
    ChargePosted,
    Closed,
    Component,
    Payment,
    PromiseMade,
    Refund,
    RefundKind,
    RepaymentMethod,
    Reversal,
    Waiver,
    WaiverCondition,
    WrittenOff,
)
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import CollectionStage, PromiseStatus, RowState
from account_engine.domain.terms import InterestBasis
from tests.unit.engine.histories import (
    PRODUCTS,
    bill,
    contract,
    day,
    event,
    loan,
    pay,
    replace,
    state_of,
    total,
    yuan,
)

BILLS, LOAN = "huabei_like", "jiebei_like"
HUABEI, JIEBEI = [contract()], [contract(LOAN)]
BOTH = [*HUABEI, *JIEBEI]
OCTOBER = bill("1000.00", "2026-10-10", "2026-10-01", bill_id="oct")
NOVEMBER = bill("400.00", "2026-11-10", "2026-11-01", bill_id="nov")


def test_a_refund_larger_than_its_bill_pays_the_next_one():
    # 1,300.00 for a bill of 1,000.00: 300.00 are left for November's 400.00.
    back = event(Refund(yuan("1300.00"), bill_id="oct"), "2026-10-08")
    state = state_of(HUABEI, [OCTOBER, back], "2026-10-08").account(BILLS)
    assert (state.schedule[0].state, str(state.credit)) == (RowState.PAID, "300.00")
    assert total(HUABEI, [OCTOBER, back, NOVEMBER], "2026-11-10", QuoteKind.DUE_NOW) == "100.00"


def test_a_refund_of_a_paid_bill_goes_to_what_is_late():
    # October is paid, November four days late: 400 × 0.0005 × 4 = 0.80. The refund of 100.00
    # pays the penalty and 99.20 of principal. That is more than the minimum of 40.00: the bill is
    # current again, and 300.80 stay.
    events = [OCTOBER, pay("1000.00", "2026-10-10"), NOVEMBER]
    back = event(Refund(yuan("100.00"), bill_id="oct"), "2026-11-14")
    events.append(back)
    assert total(HUABEI, events, "2026-11-14", QuoteKind.OVERDUE) == "0.00"
    assert total(HUABEI, events, "2026-11-14", QuoteKind.PAYOFF_ALL) == "300.80"


def test_a_partly_refunded_bill_has_a_smaller_minimum():
    # 600.00 of 1,000.00 come back: 10% of 400.00.
    back = event(Refund(yuan("600.00"), bill_id="oct"), "2026-10-05")
    assert total(HUABEI, [OCTOBER, back], "2026-10-05", QuoteKind.MINIMUM) == "40.00"


def test_no_more_is_returned_than_was_overpaid():
    over = pay("1100.00", "2026-10-10")
    returned = event(
        Refund(yuan("100.00"), RefundKind.OVERPAYMENT_RETURNED), "2026-10-12", event_id="r"
    )
    state = state_of(HUABEI, [OCTOBER, over, returned], "2026-10-12").account(BILLS)
    assert str(state.credit) == "0.00"
    too_much = event(Refund(yuan("100.01"), RefundKind.OVERPAYMENT_RETURNED), "2026-10-12")
    with pytest.raises(InvalidHistory):
        state_of(HUABEI, [OCTOBER, over, too_much], "2026-10-12")


def test_money_before_any_debt_waits_for_it():
    early = pay("250.00", "2026-09-20")
    assert total(HUABEI, [early, OCTOBER], "2026-10-10", QuoteKind.DUE_NOW) == "750.00"


def test_a_bill_that_is_taken_back_leaves_its_payment_as_credit():
    paid = pay("1000.00", "2026-10-10")
    wrong = event(Reversal("event-oct"), "2026-10-20")
    state = state_of(HUABEI, [OCTOBER, paid, wrong], "2026-10-20").account(BILLS)
    assert (str(state.outstanding), str(state.credit)) == ("0.00", "1000.00")


def test_a_reversal_that_is_itself_reversed():
    # The payment bounced on the 12th by mistake, put right on the 14th: as if never.
    paid = event(Payment(yuan("1000.00")), "2026-10-10", event_id="paid")
    bounced = event(Reversal("paid"), "2026-10-12", event_id="bounced")
    righted = event(Reversal("bounced"), "2026-10-14")
    events = [OCTOBER, paid, bounced, righted]
    # 12 to 13 October: 1000 × 0.0005 × 3 on the 13th.
    assert total(HUABEI, events, "2026-10-13", QuoteKind.OVERDUE) == "1001.50"
    assert total(HUABEI, events, "2026-10-14", QuoteKind.PAYOFF_ALL) == "0.00"


def test_a_reversal_valued_before_what_it_reverses_does_not_stop_the_account():
    # Booked with the wrong value date. On the 11th the payment is not there yet; from the 12th on
    # it never was.
    paid = event(Payment(yuan("1000.00")), "2026-10-12", event_id="paid")
    wrong = event(Reversal("paid"), "2026-10-11")
    events = [OCTOBER, paid, wrong]
    assert total(HUABEI, events, "2026-10-11", QuoteKind.OVERDUE) == "1000.50"
    assert total(HUABEI, events, "2026-10-12", QuoteKind.OVERDUE) == "1001.00"


def test_money_without_an_account_goes_to_the_oldest_arrears():
    # 借呗 has been late since 10 September, 花呗 since 10 October. On the 10th of September 124.00
    # of interest came due; 20 October: no penalty on interest. 200.00 pay it, 76.00 go to 花呗:
    # penalty 1000 × 0.0005 × 10 = 5.00, then 71.00 of principal.
    drawn = loan("10000.00", "2026-08-10", "2026-09-10", 6, RepaymentMethod.INTEREST_FIRST)
    # 10 September to 10 October: 30 days, 120.00 more, which is late too.
    shared = pay("320.00", "2026-10-20", None)
    events = [drawn, OCTOBER, shared]
    # 124.00 + 120.00 = 244.00 on 借呗 first; 76.00 are left.
    assert total(BOTH, events, "2026-10-20", QuoteKind.OVERDUE, LOAN) == "0.00"
    assert total(BOTH, events, "2026-10-20", QuoteKind.OVERDUE, BILLS) == "929.00"


def test_money_for_a_named_account_stays_there():
    shared = pay("320.00", "2026-10-20", None, designated_account=BILLS)
    drawn = loan("10000.00", "2026-08-10", "2026-09-10", 6, RepaymentMethod.INTEREST_FIRST)
    events = [drawn, OCTOBER, shared]
    assert total(BOTH, events, "2026-10-20", QuoteKind.OVERDUE, LOAN) == "244.00"


def test_money_for_a_bill_that_is_named_pays_it_first():
    # November's bill is named on 9 November although October is 30 days late.
    named = pay("400.00", "2026-11-09", towards="nov")
    events = [OCTOBER, NOVEMBER, named]
    assert total(HUABEI, events, "2026-11-09", QuoteKind.OVERDUE) == "1015.00"
    assert total(HUABEI, events, "2026-11-10", QuoteKind.DUE_NOW) == "1015.50"


def test_two_equal_payments_on_one_day_are_two_payments():
    first, second = (pay("300.00", "2026-10-10", event_id=name) for name in ("p1", "p2"))
    assert total(HUABEI, [OCTOBER, first, second], "2026-10-10", QuoteKind.DUE_NOW) == "400.00"
    assert total(HUABEI, [OCTOBER, first, first], "2026-10-10", QuoteKind.DUE_NOW) == "700.00"


def test_a_payment_after_a_write_off_lowers_what_is_owed():
    # 361 days late on 6 October 2027: 1000 × 0.0005 × 361 = 180.50, and 500.00 of principal.
    off = event(WrittenOff(), "2027-10-06")
    events = [OCTOBER, off, pay("680.50", "2027-10-06")]
    assert total(HUABEI, events, "2027-10-06", QuoteKind.PAYOFF_ALL) == "500.00"
    assert state_of(HUABEI, events, "2027-10-06").account(BILLS).written_off


def test_a_closed_account_goes_on_owing():
    closed = event(Closed("asked for it"), "2026-10-05")
    assert total(HUABEI, [OCTOBER, closed], "2026-10-13", QuoteKind.OVERDUE) == "1001.50"


def test_one_fen_is_missing():
    # All but 0.01 of the whole: the bill is over its minimum and carried to 10 November; the
    # interest on one fen rounds to nothing.
    events = [OCTOBER, pay("999.99", "2026-10-10")]
    assert state_of(HUABEI, events, "2026-10-20").account(BILLS).dpd == 0
    assert total(HUABEI, events, "2026-11-10", QuoteKind.DUE_NOW) == "0.01"


def test_one_fen_of_the_minimum_is_missing():
    # 99.99 of 100.00: the whole rest of 900.01 is late: 900.01 × 0.0005 × 3 = 1.350015.
    events = [OCTOBER, pay("99.99", "2026-10-10")]
    assert state_of(HUABEI, events, "2026-10-13").account(BILLS).dpd == 3
    assert total(HUABEI, events, "2026-10-13", QuoteKind.OVERDUE) == "901.36"


def test_a_waiver_of_more_than_is_owed_gives_up_what_is_owed():
    # 3 days: 1.50. 50.00 are waived; principal is untouched.
    waived = event(Waiver("w", Component.PENALTY, yuan("50.00")), "2026-10-13")
    assert total(HUABEI, [OCTOBER, waived], "2026-10-13", QuoteKind.OVERDUE) == "1000.00"
    # The next day bears penalty again.
    assert total(HUABEI, [OCTOBER, waived], "2026-10-14", QuoteKind.OVERDUE) == "1000.50"


def test_a_waiver_promised_for_a_payment_that_bounces_is_gone_again():
    # 1,000.00 by 20 October for giving up the penalty (10 days: 5.00). Paid on the 20th, bounced
    # on the 22nd: 12 days, 6.00.
    promised = event(
        Waiver(
            "w",
            Component.PENALTY,
            condition=WaiverCondition.ON_PAYMENT,
            required=yuan("1000.00"),
            deadline=day("2026-10-20"),
        ),
        "2026-10-15",
    )
    paid = event(Payment(yuan("1000.00")), "2026-10-20", event_id="paid")
    bounced = event(Reversal("paid"), "2026-10-22")
    assert total(HUABEI, [OCTOBER, promised, paid], "2026-10-21", QuoteKind.PAYOFF_ALL) == "0.00"
    events = [OCTOBER, promised, paid, bounced]
    assert total(HUABEI, events, "2026-10-22", QuoteKind.OVERDUE) == "1006.00"


def test_a_promise_kept_by_a_payment_that_bounced_is_broken():
    made = event(PromiseMade("p", yuan("500.00"), day("2026-10-20")), "2026-10-15")
    paid = event(Payment(yuan("500.00")), "2026-10-18", event_id="paid")
    bounced = event(Reversal("paid"), "2026-10-25")
    events = [OCTOBER, made, paid, bounced]
    assert state_of(HUABEI, events, "2026-10-24").promises[0].status is PromiseStatus.KEPT
    assert state_of(HUABEI, events, "2026-10-25").promises[0].status is PromiseStatus.BROKEN


def test_the_estate_owes_what_was_owed_on_the_day_of_death():
    # Death on 13 October: 1.50. A fee posted later is still a fee; penalty does not go on.
    died = event(BorrowerDeceased(), "2026-10-13", None)
    fee = event(ChargePosted("f", Component.FEE, yuan("10.00"), day("2026-11-01")), "2026-11-01")
    events = [OCTOBER, died, fee]
    state = state_of(HUABEI, events, "2027-01-01").account(BILLS)
    assert state.collection_stage is CollectionStage.ESTATE
    assert total(HUABEI, events, "2027-01-01", QuoteKind.OVERDUE) == "1011.50"


def test_instalments_of_a_bill_whose_purchase_is_returned():
    # 1,000.00 of the bill in three rows for 2.5%: 25.00. Then 1,000.00 come back: they pay rows
    # in advance: what is owed for a payoff is nothing but what was earned of the fee.
    spread = event(
        BillInstalmentBooked("i", yuan("1000.00"), 3, day("2026-11-10"), "oct"), "2026-10-05"
    )
    back = event(Refund(yuan("1000.00"), bill_id="oct"), "2026-10-06")
    events = [OCTOBER, spread, back]
    assert total(HUABEI, events, "2026-10-06", QuoteKind.PAYOFF_ALL) == "0.00"
    assert state_of(HUABEI, events, "2027-02-01").account(BILLS).dpd == 0


def test_money_for_the_borrower_is_no_credit_while_another_account_owes():
    # 0.02 of the bill is late; the first of seven instalments of 100.00 (14.29) was paid on its
    # day. 14.33 for the borrower as a whole pay the 0.02, and 14.31 go to the instalments ahead:
    # 100.00 − 14.29 − 14.31 = 71.40 are left in all, and nothing lies on the bill's account.
    contracts = BOTH
    events = [
        bill("0.02", "2025-01-10", "2025-01-01"),
        loan("100.00", "2025-01-01", "2025-02-01", 7, rate="0"),
        pay("14.29", "2025-02-01", "jiebei_like"),
        pay("14.33", "2025-02-02", None),
    ]
    state = state_of(contracts, events, "2025-02-02")
    assert [account.credit.fen for account in state.accounts] == [0, 0]
    assert total(contracts, events, "2025-02-02", QuoteKind.PAYOFF_ALL) == "71.40"


def test_a_row_paid_ahead_on_the_actual_balance_is_not_asked_for_again():
    # 100.00 at 14.6% (0.04 a day) for two months, interest first. 1.24 on the second day meet the
    # row of 2 February ahead: one day of interest, 0.04, and 1.20 of principal. 98.80 then cost
    # 30 days to 2 February, 98.80 × 0.146/365 × 30 = 1.1856 or 1.19, and one day more, 0.04:
    # 98.80 + 1.19 + 0.04 = 100.03 on the 3rd, and nothing of it is late.
    terms = PRODUCTS.latest(LOAN)
    daily = replace(terms, interest=replace(terms.interest, basis=InterestBasis.ACTUAL_BALANCE))
    contracts = [contract(daily)]
    drawn = loan(
        "100.00", "2025-01-02", "2025-02-02", 2, RepaymentMethod.INTEREST_FIRST, rate="0.146"
    )
    events = [drawn, pay("1.24", "2025-01-03", LOAN)]
    assert total(contracts, events, "2025-02-03", QuoteKind.PAYOFF_ALL) == "100.03"
    assert total(contracts, events, "2025-02-03", QuoteKind.OVERDUE) == "0.00"

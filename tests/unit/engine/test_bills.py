"""花呗-like bills: minimum payment, carried remainder, instalments, refunds, overpayments."""

from __future__ import annotations

from decimal import Decimal

from account_engine.domain.irr import annual_rate_by_irr
from account_engine.domain.money import Money
from account_engine.domain.payloads import (
    BillInstalmentBooked,
    BillIssued,
    Refund,
    RefundKind,
)
from account_engine.domain.quote import Component, QuoteKind
from account_engine.domain.state import Bucket, RowState
from tests.unit.engine.histories import (
    bill,
    contract,
    day,
    event,
    parts,
    pay,
    quoted,
    replace,
    state_of,
    total,
    yuan,
)

HUABEI = [contract()]
BILL = bill("1000.00", "2026-10-10", "2026-10-01")


def test_the_minimum_is_a_tenth_of_revolving_principal():
    assert total(HUABEI, [BILL], "2026-10-05", QuoteKind.MINIMUM) == "100.00"


def test_the_smallest_bill_has_a_minimum_and_becomes_overdue():
    # A tenth of 0.01 is nothing; the least that can be asked for is 0.01, here the whole bill.
    # A tenth of 0.04 rounds to nothing too; 0.01 of it keep the account current.
    tiny = bill("0.01", "2026-10-10", "2026-10-01")
    assert total(HUABEI, [tiny], "2026-10-05", QuoteKind.MINIMUM) == "0.01"
    assert state_of(HUABEI, [tiny], "2026-10-13").account("huabei_like").dpd == 3
    small = bill("0.04", "2026-10-10", "2026-10-01")
    events = [small, pay("0.01", "2026-10-10")]
    state = state_of(HUABEI, events, "2026-10-13").account("huabei_like")
    assert (state.dpd, state.next_due, state.outstanding) == (0, day("2026-11-10"), yuan("0.03"))


def test_terms_may_ask_for_a_least_payment():
    # At least 50.00 of principal: of 1,000.00 a tenth is more, 100.00; of 300.00 it is less, so
    # 50.00; 30.00 are paid whole.
    rule = replace(HUABEI[0].terms.minimum, floor=yuan("50.00"))
    terms = [contract(replace(HUABEI[0].terms, minimum=rule))]
    for amount, least in (("1000.00", "100.00"), ("300.00", "50.00"), ("30.00", "30.00")):
        events = [bill(amount, "2026-10-10", "2026-10-01")]
        assert total(terms, events, "2026-10-05", QuoteKind.MINIMUM) == least
    # 20.00 of the 50.00 paid: 30.00 are missing.
    events = [bill("300.00", "2026-10-10", "2026-10-01"), pay("20.00", "2026-10-05")]
    assert total(terms, events, "2026-10-06", QuoteKind.MINIMUM) == "30.00"


def test_paying_the_minimum_keeps_the_account_current_and_carries_the_rest():
    # 100.00 paid on the due date. The other 900.00 bears 0.05% a day from the due date on:
    # on the 20th 900 × 0.0005 × 10 = 4.50. Next due date: 10 November.
    events = [BILL, pay("100.00", "2026-10-10")]
    state = state_of(HUABEI, events, "2026-10-20").account("huabei_like")
    assert state.dpd == 0
    assert state.schedule[0].state is RowState.REVOLVED
    assert state.next_due == day("2026-11-10")
    owed = quoted(HUABEI, events, "2026-10-20", QuoteKind.PAYOFF_ALL)
    assert parts(owed) == {Component.PRINCIPAL: "900.00", Component.INTEREST: "4.50"}
    (interest,) = [item for item in owed.items if item.component is Component.INTEREST]
    assert interest.formula == "900.00 × 0.0005 × 10"


def test_the_next_minimum_contains_all_interest():
    # 1 November: 22 days of interest, 900 × 0.0005 × 22 = 9.90, and a tenth of 900.00.
    # 10 November: 31 days, 13.95, so 103.95.
    events = [BILL, pay("100.00", "2026-10-10")]
    assert total(HUABEI, events, "2026-11-01", QuoteKind.MINIMUM) == "99.90"
    assert total(HUABEI, events, "2026-11-10", QuoteKind.MINIMUM) == "103.95"
    late = [*events, pay("103.95", "2026-11-10")]
    state = state_of(HUABEI, late, "2026-11-11").account("huabei_like")
    assert (state.dpd, state.outstanding) == (0, yuan("810.00"))


def test_interest_on_the_rest_is_not_compounded():
    # After the second minimum 810.00 are left; ten days later 810 × 0.0005 × 10 = 4.05.
    events = [BILL, pay("100.00", "2026-10-10"), pay("103.95", "2026-11-10")]
    assert total(HUABEI, events, "2026-11-20", QuoteKind.PAYOFF_ALL) == "814.05"


def test_a_rest_carried_a_second_time_bears_each_day_once():
    # 900.00 carried from 10 October at 0.45 a day: 11.70 for 26 days. The second minimum, with
    # 90.00, comes on 5 November. 810.00 cost 0.405 a day: 2.03 for the five days to 10 November,
    # when the rest is carried again, and 2.03 for the five days after it.
    events = [BILL, pay("100.00", "2026-10-10"), pay("101.70", "2026-11-05")]
    assert total(HUABEI, events, "2026-11-10", QuoteKind.PAYOFF_ALL) == "812.03"
    assert total(HUABEI, events, "2026-11-15", QuoteKind.PAYOFF_ALL) == "814.06"


def test_paying_more_than_the_minimum_makes_nobody_late():
    # 900.00 carried. On 2 November 10.35 of interest for 23 days and 90.00 meet the minimum; 810.00
    # cost 0.405 a day. Another 1.00 on the 8th pays of the 2.43 that ran since; 1.43 stay, and
    # 0.81 until the 10th. The minimum stays met, and the rest is carried.
    events = [BILL, pay("100.00", "2026-10-10"), pay("100.35", "2026-11-02")]
    assert total(HUABEI, events, "2026-11-06", QuoteKind.MINIMUM) == "0.00"
    events.append(pay("1.00", "2026-11-08"))
    assert total(HUABEI, events, "2026-11-10", QuoteKind.MINIMUM) == "0.00"
    assert total(HUABEI, events, "2026-11-10", QuoteKind.PAYOFF_ALL) == "812.24"
    assert state_of(HUABEI, events, "2026-11-11").account("huabei_like").dpd == 0


def test_a_carried_rest_that_was_late_bears_penalty_or_interest_on_a_day():
    # 900.00 again, nothing by 10 November: 13.95 of interest for 31 days, then 2.25 of penalty for
    # five. The late minimum of 15 November is 90.00 + 13.95 + 2.25; 810.00 are carried, and 2.03
    # of interest run in the next five days.
    events = [BILL, pay("100.00", "2026-10-10"), pay("106.20", "2026-11-15")]
    assert total(HUABEI, events, "2026-11-15", QuoteKind.PAYOFF_ALL) == "810.00"
    assert total(HUABEI, events, "2026-11-20", QuoteKind.PAYOFF_ALL) == "812.03"


def test_less_than_the_minimum_is_overdue_as_a_whole():
    # 60.00 of the 100.00 minimum paid. On the 13th: penalty on 940.00: 940 × 0.0005 × 3 = 1.41.
    # The minimum that mends it: 40.00 + 1.41.
    events = [BILL, pay("60.00", "2026-10-10")]
    assert state_of(HUABEI, events, "2026-10-13").account("huabei_like").dpd == 3
    assert total(HUABEI, events, "2026-10-13", QuoteKind.OVERDUE) == "941.41"
    assert total(HUABEI, events, "2026-10-13", QuoteKind.MINIMUM) == "41.41"


def test_a_late_minimum_makes_the_account_current_again():
    # 41.41 on the 13th; from then on 900.00 bears interest: ten days later 4.50.
    events = [BILL, pay("60.00", "2026-10-10"), pay("41.41", "2026-10-13")]
    assert state_of(HUABEI, events, "2026-10-13").account("huabei_like").dpd == 0
    assert total(HUABEI, events, "2026-10-23", QuoteKind.PAYOFF_ALL) == "904.50"


def test_a_second_missed_minimum_is_overdue_from_its_own_due_date():
    # Minimum paid in October, nothing in November: on 13 November 3 days late. Interest to
    # 10 November 13.95; penalty on 900.00 from there: 900 × 0.0005 × 3 = 1.35.
    events = [BILL, pay("100.00", "2026-10-10")]
    state = state_of(HUABEI, events, "2026-11-13").account("huabei_like")
    assert (state.dpd, state.oldest_unpaid_due) == (3, day("2026-11-10"))
    assert total(HUABEI, events, "2026-11-13", QuoteKind.OVERDUE) == "915.30"


def test_instalments_of_a_bill_follow_the_last_row_rule():
    # 1,000.00 in 3 parts at 2.5%: principal 333.33, 333.33, 333.34; fee 25.00: 8.33, 8.33, 8.34.
    booking = BillInstalmentBooked(
        "spread", yuan("1000.00"), 3, day("2026-11-10"), BILL.payload.bill_id
    )
    state = state_of(HUABEI, [BILL, event(booking, "2026-10-02")], "2026-10-02").account(
        "huabei_like"
    )
    rows = [row for row in state.schedule if row.key.startswith("spread")]
    assert [str(row.principal) for row in rows] == ["333.33", "333.33", "333.34"]
    assert [str(row.fee) for row in rows] == ["8.33", "8.33", "8.34"]
    assert [row.due for row in rows] == [day("2026-11-10"), day("2026-12-10"), day("2027-01-10")]
    assert state.outstanding == yuan("1000.00")


def test_flat_fees_have_these_yearly_rates():
    # 10,000.00, published legacy fees: 14.94%, 15.27%, 15.34%, 15.86% a year by IRR.
    found = []
    for count, fee in ((3, "250"), (6, "450"), (9, "650"), (12, "880")):
        each = (10000 * 100 + int(fee) * 100) / count
        rate = annual_rate_by_irr(yuan("10000"), [Money(round(each))] * count)
        found.append(str((rate * 100).quantize(Decimal("0.01"))))
    assert found == ["14.94", "15.27", "15.34", "15.86"]


def test_instalments_due_belong_to_the_minimum_in_full():
    # Bill 2,000.00 of which 1,200.00 spread over 12 at 8.8%: 100.00 + 8.80 a month.
    # 1 November: next bill 500.00. Minimum: first instalment 108.80, 10% of 500.00 = 50.00; the
    # 800.00 left on the first bill were paid.
    booking = BillInstalmentBooked("spread", yuan("1200.00"), 12, day("2026-11-10"), "first")
    events = [
        bill("2000.00", "2026-10-10", "2026-10-01", bill_id="first"),
        event(booking, "2026-10-02"),
        pay("800.00", "2026-10-10"),
        bill("500.00", "2026-11-10", "2026-11-01"),
    ]
    assert total(HUABEI, events, "2026-11-02", QuoteKind.MINIMUM) == "158.80"


def test_paying_instalments_off_early_drops_fees_that_were_not_billed():
    # After the first of 12 instalments: 1,100.00 principal. On 20 November the next is not billed,
    # so no fee is due: 1,100.00. From 1 December its fee of 8.80 is billed: 1,108.80.
    booking = BillInstalmentBooked("spread", yuan("1200.00"), 12, day("2026-11-10"), "first")
    events = [
        bill("1200.00", "2026-10-10", "2026-10-01", bill_id="first"),
        event(booking, "2026-10-02"),
        pay("108.80", "2026-11-10"),
    ]
    assert total(HUABEI, events, "2026-11-20", QuoteKind.PAYOFF_ALL) == "1100.00"
    assert total(HUABEI, events, "2026-12-01", QuoteKind.PAYOFF_ALL) == "1108.80"
    paid = [*events, pay("1100.00", "2026-11-20")]
    assert total(HUABEI, paid, "2026-12-31", QuoteKind.PAYOFF_ALL) == "0.00"


def test_a_returned_purchase_lowers_its_bill():
    events = [BILL, event(Refund(yuan("300.00"), bill_id=BILL.payload.bill_id), "2026-10-05")]
    assert total(HUABEI, events, "2026-10-06", QuoteKind.PAYOFF_ALL) == "700.00"
    assert total(HUABEI, events, "2026-10-06", QuoteKind.MINIMUM) == "70.00"


def test_an_overpayment_is_kept_and_used_for_the_next_bill():
    # 1,100.00 for a bill of 1,000.00: 100.00 credit. The next bill of 300.00 then asks for 200.00.
    events = [BILL, pay("1100.00", "2026-10-10")]
    state = state_of(HUABEI, events, "2026-10-11").account("huabei_like")
    assert state.credit == yuan("100.00")
    assert state.buckets[Bucket.CREDIT_BALANCE] == yuan("100.00")
    events.append(bill("300.00", "2026-11-10", "2026-11-01"))
    assert total(HUABEI, events, "2026-11-02", QuoteKind.NEXT_BILL) == "200.00"


def test_an_overpayment_can_be_returned():
    back = Refund(yuan("100.00"), RefundKind.OVERPAYMENT_RETURNED)
    events = [BILL, pay("1100.00", "2026-10-10"), event(back, "2026-10-12")]
    assert state_of(HUABEI, events, "2026-10-12").account("huabei_like").credit == yuan("0.00")


def test_a_payment_goes_to_fees_then_penalty_then_principal():
    # Bill 1,000.00 with a fee of 5.00, 4 days late: penalty on principal 1000 × 0.0005 × 4 = 2.00.
    # 50.00 paid: 5.00 fee, 2.00 penalty, 43.00 principal (民法典561). Fee and penalty together are
    # within the cap of 1000 × 0.24 / 365 × 13 = 8.54 since 1 October.
    payload = BillIssued(
        "b1", day("2026-10-01"), day("2026-10-10"), yuan("1000.00"), fee=yuan("5.00")
    )
    events = [event(payload, "2026-10-01"), pay("50.00", "2026-10-14")]
    (went,) = state_of(HUABEI, events, "2026-10-14").account("huabei_like").payments
    assert (went.fee, went.penalty, went.principal) == (yuan("5.00"), yuan("2.00"), yuan("43.00"))


def test_a_partial_payment_starts_a_new_penalty_item():
    # 1,000.00 late. 500.00 paid on the 13th: first 1.50 penalty, then 498.50 principal. By the 20th
    # the other 501.50 cost 501.50 × 0.0005 × 7 = 1.75525, that is 1.76.
    # (The minimum was not met by then? 498.50 are more than a tenth, so the rest is carried as
    # interest at the same rate and nothing is overdue.)
    events = [BILL, pay("500.00", "2026-10-13")]
    owed = quoted(HUABEI, events, "2026-10-20", QuoteKind.PAYOFF_ALL)
    assert parts(owed) == {Component.PRINCIPAL: "501.50", Component.INTEREST: "1.76"}
    assert state_of(HUABEI, events, "2026-10-20").account("huabei_like").dpd == 0


def test_a_backdated_payment_is_folded_as_if_it_had_come_in_time():
    late = [BILL]
    assert total(HUABEI, late, "2026-10-20", QuoteKind.OVERDUE) == "1005.00"
    backdated = pay("1000.00", "2026-10-10")
    assert total(HUABEI, [*late, backdated], "2026-10-20", QuoteKind.OVERDUE) == "0.00"


def test_ledger_buckets():
    # 5 October: 1,000.00 billed; instalments of an earlier bill: 108.80 next month, then 10 more.
    booking = BillInstalmentBooked("spread", yuan("1200.00"), 12, day("2026-11-10"), "first")
    events = [
        bill("1200.00", "2026-09-10", "2026-09-01", bill_id="first"),
        event(booking, "2026-09-02"),
        BILL,
    ]
    buckets = state_of(HUABEI, events, "2026-10-05").account("huabei_like").buckets
    assert buckets[Bucket.BILLED_REVOLVING_PRINCIPAL] == yuan("1000.00")
    assert buckets[Bucket.NEXT_INSTALMENT_PRINCIPAL] == yuan("100.00")
    assert buckets[Bucket.NEXT_FEE] == yuan("8.80")
    assert buckets[Bucket.FUTURE_INSTALMENT_PRINCIPAL] == yuan("1100.00")
    late = state_of(HUABEI, events, "2026-10-13").account("huabei_like").buckets
    assert late[Bucket.OVERDUE_REVOLVING_PRINCIPAL] == yuan("1000.00")
    assert late[Bucket.PENALTY_ON_REVOLVING_PRINCIPAL] == yuan("1.50")


def test_the_cap_on_the_total_takes_penalty_off_and_says_so():
    # The same bill with a fee of 20.00: fee and penalty, 22.00, exceed the 8.54 that 24% a year
    # allow in 13 days, so no penalty is asked for: an item of −2.00 says why.
    payload = BillIssued(
        "b1", day("2026-10-01"), day("2026-10-10"), yuan("1000.00"), fee=yuan("20.00")
    )
    overdue = quoted(HUABEI, [event(payload, "2026-10-01")], "2026-10-14", QuoteKind.OVERDUE)
    assert parts(overdue) == {
        Component.PRINCIPAL: "1000.00",
        Component.FEE: "20.00",
        Component.PENALTY: "2.00",
        Component.CAP: "-2.00",
    }
    (cap,) = [item for item in overdue.items if item.component is Component.CAP]
    assert cap.clause == "huabei_like@1#cap_total"

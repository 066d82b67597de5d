"""What-if answers and the stress view."""

from __future__ import annotations

from decimal import Decimal

from account_engine.domain.fold import fold
from account_engine.domain.minimum_only import pay_minimum_only
from account_engine.domain.payloads import (
    BreachReported,
    RecallNoticed,
    RecallTrigger,
    RepaymentMethod,
)
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.repay_order import repay_order
from account_engine.domain.stress import ThresholdCode, stress
from account_engine.domain.terms import CapRule, InterestBasis
from account_engine.domain.what_if import pay_nothing, pay_on
from account_engine.services.comparison import compare_quotes
from tests.unit.engine.histories import (
    PRODUCTS,
    bill,
    contract,
    day,
    event,
    loan,
    replace,
    yuan,
)

BILLS, LOAN = "huabei_like", "jiebei_like"
HUABEI = [contract()]
BOTH = [contract(), contract(LOAN)]
BILL = bill("1000.00", "2026-10-10", "2026-10-01")


def test_a_payment_imagined_changes_nothing_real():
    events = [BILL]
    answer = pay_on(HUABEI, events, day("2026-10-11"), yuan("1001.50"), day("2026-10-13"), BILLS)
    assert answer.before_quotes[QuoteKind.OVERDUE].total == yuan("1001.50")
    assert answer.after_quotes[QuoteKind.OVERDUE].total == yuan("0")
    assert ("dpd", "3", "0") in {(c.fact, c.before, c.after) for c in answer.changes}
    assert events == [BILL]


def test_what_a_day_costs_is_the_difference_of_two_quotes():
    # Three bills of 109.00, due on 10, 11 and 12 October: 0.0545 a day each. From 13 to 14 October
    # they grow from 0.16, 0.11 and 0.05 to 0.22, 0.16 and 0.11, by 0.17 in all; 327.00 × 0.0005 at
    # once would be 0.16.
    bills = [
        bill("109.00", f"2026-10-{due}", "2026-10-01", bill_id=f"bill-{due}")
        for due in (10, 11, 12)
    ]
    today, tomorrow = (
        quote(fold(HUABEI, bills, day(on)), QuoteKind.DUE_NOW)
        for on in ("2026-10-13", "2026-10-14")
    )
    found = compare_quotes(today, tomorrow)
    assert found.difference == yuan("0.17")
    assert [str(one.difference) for one in found.items] == ["0.06", "0.05", "0.06"]


def test_a_part_paid_is_seen_on_a_later_day():
    # 501.50 on 13 October pays 1.50 penalty and 500 of the principal, more than the minimum of
    # 100: late no longer, and the other 500 cost 500 × 0.0005 × 10 = 2.50 until the 23rd. Unpaid
    # they are 1,000 + 1,000 × 0.0005 × 13 = 1,006.50 by then.
    answer = pay_on(
        HUABEI,
        [BILL],
        day("2026-10-11"),
        yuan("501.50"),
        day("2026-10-13"),
        BILLS,
        seen_on=day("2026-10-23"),
    )
    assert answer.before_quotes[QuoteKind.PAYOFF_ALL].total == yuan("1006.50")
    assert answer.after_quotes[QuoteKind.PAYOFF_ALL].total == yuan("502.50")
    assert [one.dpd for one in answer.after.accounts] == [0]


def test_a_second_payment_counts_from_its_own_day():
    # due 10 October; by the 12th 1000 × 0.0005 × 2 = 1.00, so 40.00 leaves 961.00 of principal; by
    # the 14th 961 × 0.0005 × 2 = 0.96, so 30.00 leaves 931.96; by the 16th 0.93 more
    def owed(seen: str):
        found = pay_on(
            HUABEI,
            [BILL],
            day("2026-10-12"),
            yuan("40.00"),
            day("2026-10-12"),
            BILLS,
            seen_on=day(seen),
            further=[(yuan("30.00"), day("2026-10-14"))],
        )
        return found.after_quotes[QuoteKind.OVERDUE].total

    assert owed("2026-10-13") == yuan("961.48")  # the second is not there yet
    assert owed("2026-10-14") == yuan("931.96")
    assert owed("2026-10-16") == yuan("932.89")


def test_paying_nothing_for_thirty_days():
    # 13 October 1.50 penalty; 30 days later 33 days: 16.50.
    answer = pay_nothing(HUABEI, [BILL], day("2026-10-13"), 30)
    assert answer.before_quotes[QuoteKind.OVERDUE].total == yuan("1001.50")
    assert answer.after_quotes[QuoteKind.OVERDUE].total == yuan("1016.50")


def test_paying_only_the_minimum():
    # October 100.00; November 900 × 0.0005 × 31 = 13.95 + 90.00 = 103.95;
    # December 810 × 0.0005 × 30 = 12.15 + 81.00 = 93.15. Left: 729.00. Cost: 13.95 + 12.15.
    answer = pay_minimum_only(HUABEI, [BILL], day("2026-10-05"), 3)
    assert [str(month.paid) for month in answer.months] == ["100.00", "103.95", "93.15"]
    assert answer.payoff_after == yuan("729.00")
    assert answer.total_cost == yuan("26.10")


def test_which_debt_first():
    # 花呗 late: 0.05% a day. 借呗 late at 1.5 × 0.04% = 0.06% a day: dearer, so it comes first.
    # 花呗 is 11 days late, 借呗 1 day: 花呗 nears its 30 days first.
    drawn = loan("10000.00", "2026-09-20", "2026-10-20", 3, RepaymentMethod.EQUAL_PRINCIPAL)
    order = repay_order(BOTH, [BILL, drawn], day("2026-10-21"))
    assert [debt.account_id for debt in order.cheapest] == [LOAN, BILLS]
    assert [debt.account_id for debt in order.against_recall] == [BILLS, LOAN]
    # 30 − 11 days to the trigger, and 7 days of notice.
    assert order.against_recall[0].recall_in_days == 26


def test_a_loan_with_a_rate_of_its_own_costs_that():
    # Nothing late. 14.6% a year of the contract: 0.04% a day. The other loan was drawn at 7.3% of
    # its own: 0.02% a day, so it comes second.
    cheap, dear = (contract(LOAN, account_id=name) for name in ("cheap", "dear"))
    drawn = [
        loan("10000.00", "2026-09-20", "2026-10-20", 3, account="cheap", rate="0.073"),
        replace(loan("10000.00", "2026-09-20", "2026-10-20", 3, account="dear"), event_id="other"),
    ]
    order = repay_order([cheap, dear], drawn, day("2026-10-01"))
    assert [(debt.account_id, str(debt.daily_rate)) for debt in order.cheapest] == [
        ("dear", "0.0004"),
        ("cheap", "0.0002"),
    ]


def test_a_late_loan_on_its_actual_balance_costs_interest_beside_the_penalty():
    # 14.6% a year: 0.04% of interest a day and 0.06% of penalty, the cap left out.
    terms = PRODUCTS.latest(LOAN)
    terms = replace(terms, interest=replace(terms.interest, basis=InterestBasis.ACTUAL_BALANCE))
    drawn = loan("10000.00", "2026-09-20", "2026-10-20", 3)
    order = repay_order([contract(replace(terms, cap=CapRule(None)))], [drawn], day("2026-10-25"))
    assert order.cheapest[0].daily_rate == Decimal("0.001")


def test_a_second_missed_instalment_may_bring_a_recall_sooner_than_days_do():
    # Late since 10 February, looked at on the 15th. 30 days: 25 more. The second instalment is
    # missed on 11 March, in 24 days. Then 7 days of notice.
    drawn = loan("10000.00", "2026-01-10", "2026-02-10", 3, RepaymentMethod.INTEREST_FIRST)
    order = repay_order([contract(LOAN)], [drawn], day("2026-02-15"))
    assert order.against_recall[0].recall_in_days == 31


def test_a_recall_that_took_effect_is_no_longer_avoided_by_paying_its_arrears():
    # 借呗 was recalled on 19 March; 花呗, late since 10 March, still can be kept from it.
    drawn = loan("10000.00", "2026-01-10", "2026-02-10", 3, RepaymentMethod.INTEREST_FIRST)
    served = event(
        RecallNoticed("n", RecallTrigger.DPD, day("2026-03-19"), "dpd"), "2026-03-12", LOAN
    )
    late = bill("1000.00", "2026-03-10", "2026-03-01")
    order = repay_order(BOTH, [drawn, served, late], day("2026-03-20"))
    assert [debt.account_id for debt in order.against_recall] == [BILLS, LOAN]


def test_the_stress_view_names_each_threshold_on_its_day():
    days = stress(HUABEI, [BILL], day("2026-10-09"), 40)
    assert len(days) == 41
    crossed = {(str(d.date), t.code, t.value) for d in days for t in d.thresholds}
    assert ("2026-10-10", ThresholdCode.FALLS_DUE, "2026-10-10") in crossed
    assert ("2026-10-11", ThresholdCode.BECOMES_OVERDUE, "1") in crossed
    assert ("2026-10-11", ThresholdCode.FACILITY, "frozen") in crossed
    assert ("2026-10-31", ThresholdCode.CREDIT_REPORTING, "2026-10-31") in crossed
    assert ("2026-11-09", ThresholdCode.RECALL_POSSIBLE, "dpd") in crossed
    assert ("2026-11-10", ThresholdCode.AGEING, "m2") in crossed
    # 18 November: 39 days late, 1000 × 0.0005 × 39 = 19.50.
    assert days[-1].penalty == yuan("19.50")
    assert days[-1].total == yuan("1019.50")


def test_the_stress_view_shows_a_recall_taking_effect():
    # 借呗's interest late since 10 February; noticed on 12 March for the 19th.
    drawn = loan("10000.00", "2026-01-10", "2026-02-10", 3, RepaymentMethod.INTEREST_FIRST)
    served = RecallNoticed("n", RecallTrigger.DPD, day("2026-03-19"), "dpd")
    events = [drawn, event(served, "2026-03-12", LOAN)]
    days = stress([contract(LOAN)], events, day("2026-03-15"), 10)
    effective = [d for d in days for t in d.thresholds if t.code is ThresholdCode.RECALL_EFFECTIVE]
    assert [str(one.date) for one in effective] == ["2026-03-19"]
    # 236.00 interest until then; from the 19th 10,272.00.
    assert [str(d.total) for d in days[3:5]] == ["236.00", "10272.00"]


def test_what_is_recalled_already_is_not_called_possible():
    # Recalled for a breach on 12 October; on 9 November it is 30 days late as well.
    served = RecallNoticed("n", RecallTrigger.BREACH, day("2026-10-12"), "breach", approved_by="x")
    events = [
        BILL,
        event(BreachReported("use of the money"), "2026-10-05"),
        event(served, "2026-10-05"),
    ]
    crossed = [t.code for d in stress(HUABEI, events, day("2026-10-13"), 40) for t in d.thresholds]
    assert ThresholdCode.RECALL_POSSIBLE not in crossed
    assert ThresholdCode.AGEING in crossed


def test_the_five_stages_of_a_recall_can_be_walked():
    # 风险预警 → 通知 → 冻结 → 清算 → 更新信用记录
    from account_engine.domain.payloads import RiskWarned
    from account_engine.domain.state import FacilityStatus, RecallStage
    from tests.unit.engine.histories import pay

    drawn = loan("10000.00", "2026-01-10", "2026-02-10", 3, RepaymentMethod.INTEREST_FIRST)
    events = [
        drawn,
        event(RiskWarned(RecallTrigger.DPD), "2026-03-01", LOAN),
        event(RecallNoticed("n", RecallTrigger.DPD, day("2026-03-19"), "dpd"), "2026-03-12", LOAN),
        pay("10272.00", "2026-03-19", LOAN),
    ]

    def at(as_of: str):
        return fold([contract(LOAN)], events, day(as_of)).account(LOAN)

    assert at("2026-03-01").recall.stage is RecallStage.WARNED
    assert at("2026-03-12").recall.stage is RecallStage.NOTICED
    assert at("2026-03-12").facility.status is FacilityStatus.FROZEN
    settled = at("2026-03-20")
    assert settled.recall.stage is RecallStage.SETTLED
    # Late on 28 February, a reporting day: the record stays five years from settlement.
    assert settled.credit_report.record_ends_on == day("2031-03-19")

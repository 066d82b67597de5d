"""Plans where days meet: a row due on the day of agreement, money that came in late, death."""

from __future__ import annotations

from account_engine.domain.payloads import (
    BorrowerDeceased,
    LoanDisbursed,
    Payment,
    PlanAgreed,
    PlanLeg,
    PlanRowAgreed,
    PlanScope,
    PlanTool,
    RepaymentMethod,
    Reversal,
    ScheduledRow,
    Transferred,
)
from account_engine.domain.quote import Component, QuoteKind
from account_engine.domain.state import CollectionStage, PlanStatus
from tests.unit.engine.histories import (
    contract,
    day,
    event,
    parts,
    pay,
    plain_terms,
    quoted,
    state_of,
    total,
    yuan,
)

LOAN = "plain"
# Neither price nor penalty: what is asked for is what is printed.
PRINTED = [contract(plain_terms())]
DRAWN = event(
    LoanDisbursed(
        "loan",
        yuan("1000.00"),
        2,
        RepaymentMethod.EQUAL_PRINCIPAL,
        day("2026-10-10"),
        rows=(
            ScheduledRow(1, day("2026-10-10"), yuan("500.00"), yuan("20.00")),
            ScheduledRow(2, day("2026-11-10"), yuan("500.00"), yuan("10.00")),
        ),
    ),
    "2026-09-10",
    LOAN,
    "drawn",
)
# The first row's 500.00 and 20.00 in two rows, for 3.50 of new interest.
ARREARS = PlanAgreed(
    "plan",
    PlanTool.ARREARS_INSTALMENT,
    PlanScope.ARREARS,
    (
        PlanLeg(
            LOAN,
            (
                PlanRowAgreed(
                    1,
                    day("2026-12-10"),
                    yuan("250.00"),
                    yuan("22.00"),
                    interest_owed=yuan("20.00"),
                    fee_owed=yuan("0"),
                ),
                PlanRowAgreed(
                    2,
                    day("2027-01-10"),
                    yuan("250.00"),
                    yuan("1.50"),
                    interest_owed=yuan("0"),
                    fee_owed=yuan("0"),
                ),
            ),
        ),
    ),
)
AGREED = event(ARREARS, "2026-11-10", LOAN, "agreed")


def test_a_row_due_on_the_day_of_agreement_keeps_its_interest():
    # The plan takes over 500.00 and the 20.00 owed; its own 3.50 is for the time to come. The
    # second row, due that very day, is not part of it: 500.00 + 10.00 stay due.
    assert parts(quoted(PRINTED, [DRAWN, AGREED], "2026-11-10", QuoteKind.DUE_NOW)) == {
        Component.PRINCIPAL: "500.00",
        Component.INTEREST: "10.00",
    }
    before = total(PRINTED, [DRAWN], "2026-11-10", QuoteKind.PAYOFF_ALL)
    after = total(PRINTED, [DRAWN, AGREED], "2026-11-10", QuoteKind.PAYOFF_ALL)
    assert before == after == "1030.00"


def test_a_payment_booked_after_the_agreement_but_valued_before_is_not_asked_for_twice():
    # 30.00 valued 5 November pays the 20.00 of interest and 10.00 of principal, which the plan of
    # the 10th still took for owed. They come off its rows: 20.00 off the first row's interest,
    # 10.00 off the last row's principal.
    late = pay("30.00", "2026-11-05", LOAN)
    plan = state_of(PRINTED, [DRAWN, AGREED, late], "2026-11-10").account(LOAN).plan
    assert plan is not None
    assert [str(row.amount) for row in plan.rows] == ["252.00", "241.50"]
    # 250.00 + 240.00 of the plan and 510.00 of the second row.
    assert total(PRINTED, [DRAWN, AGREED, late], "2026-11-10", QuoteKind.PAYOFF_ALL) == "1000.00"


def test_a_plan_of_the_lender_that_does_not_say_what_was_owed_takes_over_as_far_as_it_reaches():
    # 22.00 and 1.50 of interest in its rows: more than the 20.00 of the late row. The row that is
    # due that day was not late, and keeps its 500.00 and 10.00.
    rows = (
        PlanRowAgreed(1, day("2026-12-10"), yuan("250.00"), yuan("22.00")),
        PlanRowAgreed(2, day("2027-01-10"), yuan("250.00"), yuan("1.50")),
    )
    plan = PlanAgreed("own", PlanTool.ARREARS_INSTALMENT, PlanScope.ARREARS, (PlanLeg(LOAN, rows),))
    agreed = event(plan, "2026-11-10", LOAN)
    assert parts(quoted(PRINTED, [DRAWN, agreed], "2026-11-10", QuoteKind.DUE_NOW)) == {
        Component.PRINCIPAL: "500.00",
        Component.INTEREST: "10.00",
    }


def test_a_payment_that_bounced_after_the_agreement_leaves_what_the_plan_did_not_cover():
    # 100.00 paid on 20 October: 20.00 interest, 80.00 principal; 420.00 of the row are re-aged.
    # The payment is reversed on 20 November: then 80.00 + 20.00 of the old row are owed besides.
    # The 510.00 of the 11th had paid the second row; now they pay the interest of both first,
    # 20.00 + 10.00, then 80.00 of the first row and 400.00 of the second: 100.00 are left of it.
    paid = event(Payment(yuan("100.00")), "2026-10-20", LOAN, "paid")
    leg = PlanLeg(LOAN, (PlanRowAgreed(1, day("2027-01-10"), yuan("420.00")),))
    plan = PlanAgreed("p", PlanTool.ARREARS_INSTALMENT, PlanScope.ARREARS, (leg,))
    second = pay("510.00", "2026-11-11", LOAN)
    bounced = event(Reversal("paid"), "2026-11-20", LOAN)
    events = [DRAWN, paid, event(plan, "2026-11-10", LOAN), second, bounced]
    assert total(PRINTED, events, "2026-11-19", QuoteKind.OVERDUE) == "0.00"
    assert parts(quoted(PRINTED, events, "2026-11-20", QuoteKind.OVERDUE)) == {
        Component.PRINCIPAL: "100.00"
    }


def test_a_plan_goes_on_under_a_new_creditor():
    sold = Transferred("另一家资产管理公司", day("2026-12-01"))
    events = [DRAWN, AGREED, pay("510.00", "2026-11-11", LOAN), event(sold, "2026-11-25", LOAN)]
    before = state_of(PRINTED, events, "2026-11-30").account(LOAN)
    after = state_of(PRINTED, events, "2026-12-10").account(LOAN)
    assert before.creditor != after.creditor == "另一家资产管理公司"
    assert after.collection_stage is CollectionStage.TRANSFERRED
    assert after.plan is not None
    assert (after.plan.status, str(after.plan.next_amount)) == (PlanStatus.ACTIVE, "272.00")
    assert total(PRINTED, events, "2026-12-10", QuoteKind.DUE_NOW) == "272.00"


def test_nothing_is_charged_on_a_plan_that_its_borrower_could_not_keep_for_death():
    # 借呗-like terms, late row of 1,000.00 + 0 interest, plan in one row due 1 December; death on
    # 20 November. The plan runs out on 8 December, the old due date is back, but penalty stopped
    # on the day of death: 10 October to 10 November is 31 days before the agreement, and from
    # the agreement on nothing: 1000 × 0.000600 × 31 = 18.60, capped at 0.24/365 a day (0.0006575…),
    # which is more: 18.60 stays.
    jiebei = [contract("jiebei_like")]
    row = (ScheduledRow(1, day("2026-10-10"), yuan("1000.00")),)
    drawn = event(
        LoanDisbursed(
            "loan", yuan("1000.00"), 1, RepaymentMethod.BULLET, day("2026-10-10"), rows=row
        ),
        "2026-09-10",
        "jiebei_like",
    )
    leg = PlanLeg("jiebei_like", (PlanRowAgreed(1, day("2026-12-01"), yuan("1000.00")),))
    plan = PlanAgreed("p", PlanTool.ARREARS_INSTALMENT, PlanScope.ARREARS, (leg,))
    events = [
        drawn,
        event(plan, "2026-11-10", "jiebei_like"),
        event(BorrowerDeceased(), "2026-11-20", None),
    ]
    state = state_of(jiebei, events, "2027-02-01").account("jiebei_like")
    assert state.plan is not None
    assert state.plan.status is PlanStatus.REVOKED
    assert state.collection_stage is CollectionStage.ESTATE
    assert parts(quoted(jiebei, events, "2027-02-01", QuoteKind.OVERDUE)) == {
        Component.PRINCIPAL: "1000.00",
        Component.PENALTY: "18.60",
    }


ONE_ROW = event(
    LoanDisbursed(
        "loan",
        yuan("500.00"),
        1,
        RepaymentMethod.BULLET,
        day("2026-10-10"),
        rows=(ScheduledRow(1, day("2026-10-10"), yuan("500.00")),),
    ),
    "2026-09-10",
    LOAN,
    "drawn",
)
WITH_DOWN_PAYMENT = PlanAgreed(
    "plan",
    PlanTool.ARREARS_INSTALMENT,
    PlanScope.ARREARS,
    (
        PlanLeg(
            LOAN,
            (
                PlanRowAgreed(0, day("2026-11-20"), yuan("100.00")),
                PlanRowAgreed(1, day("2026-12-10"), yuan("200.00")),
                PlanRowAgreed(2, day("2027-01-10"), yuan("200.00")),
            ),
        ),
    ),
)


def test_a_down_payment_made_on_the_day_of_agreement_is_the_plans_own():
    # Agreed at ten, the 100.00 paid at three in the afternoon: the first row is paid.
    agreed = event(WITH_DOWN_PAYMENT, "2026-11-10", LOAN, hour=10)
    paid = event(Payment(yuan("100.00")), "2026-11-10", LOAN, hour=15)
    plan = state_of(PRINTED, [ONE_ROW, paid, agreed], "2026-11-21").account(LOAN).plan
    assert plan is not None
    assert (plan.status, plan.next_due, str(plan.next_amount)) == (
        PlanStatus.ACTIVE,
        day("2026-12-10"),
        "200.00",
    )


def test_money_booked_before_the_agreement_of_that_day_lowers_what_is_re_aged():
    # Paid at nine, agreed at ten on 500.00 all the same: the 100.00 come off the last row.
    paid = event(Payment(yuan("100.00")), "2026-11-10", LOAN, hour=9)
    agreed = event(WITH_DOWN_PAYMENT, "2026-11-10", LOAN, hour=10)
    plan = state_of(PRINTED, [ONE_ROW, paid, agreed], "2026-11-10").account(LOAN).plan
    assert plan is not None
    assert [str(row.amount) for row in plan.rows] == ["100.00", "200.00", "100.00"]

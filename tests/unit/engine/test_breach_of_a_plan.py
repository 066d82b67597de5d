"""What puts a plan in breach, and what is left of its waivers then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from account_engine.domain.errors import InvalidEvent
from account_engine.domain.event_checks import check_event
from account_engine.domain.events import Event
from account_engine.domain.payloads import (
    Component,
    PlanAgreed,
    PlanLeg,
    PlanRevoked,
    PlanRowAgreed,
    PlanScope,
    PlanTool,
    RepaymentMethod,
    WaiversOnBreach,
)
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import CollectionStage, PlanRowStatus, PlanState, PlanStatus
from tests.unit.engine.histories import contract, day, event, loan, pay, state_of, total, yuan
from tests.unit.engine.three_rows import BILL, BILLS, PLAN

HUABEI = [contract()]
TWO_MAY_BE_LATE = [BILL, event(replace(PLAN, missed_rows=2), "2026-10-20", event_id="agreed")]
EARNED = [
    BILL,
    event(replace(PLAN, waivers=WaiversOnBreach.EARNED_KEPT), "2026-10-20", event_id="agreed"),
]
REVOKED = [BILL, event(PLAN, "2026-10-20", event_id="agreed")]


def plan_on(events: list[Event], as_of: str) -> PlanState:
    """The plan as it stands on a day."""
    plan = state_of(HUABEI, events, as_of).account(BILLS).plan
    assert plan is not None
    return plan


def owed(events: list[Event], as_of: str) -> str:
    """What would settle everything on a day."""
    return total(HUABEI, events, as_of, QuoteKind.PAYOFF_ALL)


class TestHowManyRowsMayBeLate:
    def test_one_late_row_of_two_is_no_breach(self):
        # Twenty days late on 400.00: 400 × 0.0005 × 20 = 4.00.
        plan = plan_on(TWO_MAY_BE_LATE, "2026-11-30")
        assert (plan.status, plan.cure_until) == (PlanStatus.ACTIVE, None)
        assert plan.rows[0].status is PlanRowStatus.MISSED
        assert total(HUABEI, TWO_MAY_BE_LATE, "2026-11-30", QuoteKind.OVERDUE) == "404.00"

    def test_collection_stays_away_meanwhile(self):
        def stage(events: list[Event]) -> CollectionStage:
            return state_of(HUABEI, events, "2026-11-30").account(BILLS).collection_stage

        assert stage(TWO_MAY_BE_LATE) is CollectionStage.PLAN
        # One row is too many for the other plan: it ended after 17 November, 51 days late.
        assert stage(REVOKED) is CollectionStage.MIDDLE

    def test_the_second_one_is_and_its_due_date_begins_the_cure_period(self):
        plan = plan_on(TWO_MAY_BE_LATE, "2026-12-11")
        assert (plan.status, plan.cure_until) == (PlanStatus.BROKEN, day("2026-12-17"))

    def test_then_the_plan_ends(self):
        # Penalty: 6.00 before the plan, nothing while it was kept, from the breach of 10 December
        # on eight days: 1200 × 0.0005 × 8 = 4.80. Late since 10 October: 21 + 30 + 18 days.
        assert plan_on(TWO_MAY_BE_LATE, "2026-12-17").status is PlanStatus.BROKEN
        state = state_of(HUABEI, TWO_MAY_BE_LATE, "2026-12-18").account(BILLS)
        assert state.plan is not None
        assert (state.plan.status, state.dpd) == (PlanStatus.REVOKED, 69)
        assert owed(TWO_MAY_BE_LATE, "2026-12-18") == "1210.80"

    def test_paying_one_of_them_mends_it(self):
        # On 15 December 400 × 0.0005 × 35 = 7.00 on the first and 400 × 0.0005 × 5 = 1.00 on the
        # second row: 408.00 pay both penalties and the first row. The second may be late.
        events = [*TWO_MAY_BE_LATE, pay("408.00", "2026-12-15")]
        assert plan_on(events, "2026-12-31").status is PlanStatus.ACTIVE
        # With January's there are two again.
        third = plan_on(events, "2027-01-11")
        assert (third.status, third.cure_until) == (PlanStatus.BROKEN, day("2027-01-17"))
        assert plan_on(events, "2027-01-18").status is PlanStatus.REVOKED

    def test_a_plan_without_room_for_any_is_refused(self):
        none = event(replace(PLAN, missed_rows=0), "2026-10-20")
        with pytest.raises(InvalidEvent, match=r"payload\.missed_rows"):
            check_event(none)


class TestWhatStaysOfTheWaiver:
    # The first of three rows is paid, December's is missed: revoked on 18 December.
    paid = pay("400.00", "2026-11-10")

    def test_revoked_all_of_it_is_owed_again(self):
        # 400.00 pay 6.00 of penalty and 394.00: 806.00 are carried from 10 November. The plan
        # stopped interest until 10 December; 806 × 0.0005 × 8 = 3.224.
        assert owed([*REVOKED, self.paid], "2026-12-18") == "809.22"

    def test_kept_a_row_paid_has_earned_its_share(self):
        # 400.00 of 1200.00: a third of 6.00 stays waived. 400.00 pay 4.00 of penalty and 396.00:
        # 804.00 are carried; 804 × 0.0005 × 8 = 3.216.
        assert owed([*EARNED, self.paid], "2026-12-18") == "807.22"
        state = state_of(HUABEI, [*EARNED, self.paid], "2026-12-18").account(BILLS)
        assert state.plan is not None
        assert (state.plan.status, state.plans_broken) == (PlanStatus.REVOKED, 1)

    def test_a_share_is_rounded_down(self):
        # 5.00 of the 6.00 are waived, 1.00 is in the first row: rows of 401.00, 400.00, 400.00.
        # The first has earned 401/1201 of 5.00 = 1.669: 1.66. 401.00 pay 4.34 of penalty and
        # 396.66: 803.34 are carried; 803.34 × 0.0005 × 8 = 3.213.
        rows = (replace(PLAN.legs[0].rows[0], penalty=yuan("1.00")), *PLAN.legs[0].rows[1:])
        leg = replace(PLAN.legs[0], rows=rows, waived=((Component.PENALTY, yuan("5.00")),))
        plan = replace(PLAN, legs=(leg,), waivers=WaiversOnBreach.EARNED_KEPT)
        events = [BILL, event(plan, "2026-10-20", event_id="agreed"), pay("401.00", "2026-11-10")]
        assert owed(events, "2026-12-18") == "806.55"

    def test_a_row_paid_in_part_has_earned_nothing(self):
        # 399.00 pay 6.00 and 393.00: 807.00 are carried from 10 November, which is the breach, too;
        # revoked on 18 November: 807 × 0.0005 × 8 = 3.228.
        events = [*EARNED, pay("399.00", "2026-11-10")]
        assert owed(events, "2026-11-18") == "810.23"
        assert owed([*REVOKED, pay("399.00", "2026-11-10")], "2026-11-18") == "810.23"

    def test_nothing_paid_is_nothing_earned(self):
        assert owed(EARNED, "2026-11-18") == owed(REVOKED, "2026-11-18") == "1210.80"

    def test_nor_does_a_settlement_that_was_not_paid_leave_anything(self):
        # One row of 1100.00 for 1206.00, due 30 October, of which 500.00 came: 6.00 of penalty and
        # 494.00; 706.00 are carried from 25 October; revoked on 7 November, no day was stopped
        # after the breach of 30 October: 706 × 0.0005 × 8 = 2.824.
        leg = PlanLeg(
            BILLS,
            (PlanRowAgreed(0, day("2026-10-30"), yuan("1100.00")),),
            ((Component.PENALTY, yuan("6.00")), (Component.PRINCIPAL, yuan("100.00"))),
        )
        settlement = replace(
            PLAN,
            tool=PlanTool.LUMP_SUM,
            scope=PlanScope.WHOLE_BALANCE,
            legs=(leg,),
            waivers=WaiversOnBreach.EARNED_KEPT,
            approved_by="committee_wu",
        )
        events = [BILL, event(settlement, "2026-10-20"), pay("500.00", "2026-10-25")]
        assert owed(events, "2026-11-07") == "708.82"

    def test_it_is_the_same_where_the_lender_ends_the_plan(self):
        # Ended on 1 December with nothing late: 804.00 as above; no day was charged before.
        events = [*EARNED, self.paid, event(PlanRevoked("plan"), "2026-12-01")]
        assert owed(events, "2026-12-01") == "804.00"


class TestInterestThatWasEarnedButNotDue:
    # 10,000.00 at 0.04% a day: 4.00 a day, due on the 10th; February's is paid. By 20 February ten
    # days are earned, 40.00; the plan gives them up and asks 5,000.00 twice. The first is paid, so
    # that half of it, 20.00, stays waived, although no interest was due when the plan was agreed.
    drawn = loan("10000.00", "2026-01-10", "2026-02-10", 3, RepaymentMethod.INTEREST_FIRST)
    february = pay("124.00", "2026-02-10", "jiebei_like")

    def owed(self, effect: WaiversOnBreach, first: str, as_of: str, *more: Event) -> str:
        rows = tuple(
            PlanRowAgreed(number, day(due), yuan("5000.00"))
            for number, due in enumerate((first, "2026-04-20"), start=1)
        )
        leg = PlanLeg("jiebei_like", rows, ((Component.INTEREST, yuan("40.00")),))
        plan = PlanAgreed("p", PlanTool.REAGE, PlanScope.WHOLE_BALANCE, (leg,), waivers=effect)
        events = [
            self.drawn,
            self.february,
            event(plan, "2026-02-20", "jiebei_like"),
            pay("5000.00", first, "jiebei_like"),
            *more,
        ]
        return total([contract("jiebei_like")], events, as_of, QuoteKind.PAYOFF_ALL)

    def test_it_stays_waived_when_the_plan_is_broken(self):
        # The second row is missed and not cured: revoked on 28 April. March's interest, 28 days,
        # 112.00, less 20.00; April's 124.00. 5,000.00 on 20 March pay 92.00 + 124.00 + 4,784.00 of
        # the principal, since nothing came due later than that. 5,216.00 are late since 10 April
        # and bear penalty from the breach of 20 April on: 5216 × 0.0006 × 8 = 25.0368.
        kept, gone = WaiversOnBreach.EARNED_KEPT, WaiversOnBreach.REVOKED
        assert self.owed(kept, "2026-03-20", "2026-04-28") == "5241.04"
        # Without: 112.00 + 124.00 + 4,764.00; 5,236.00 and 5236 × 0.0006 × 8 = 25.1328.
        assert self.owed(gone, "2026-03-20", "2026-04-28") == "5261.13"

    def test_paying_off_before_it_is_due_does_not_ask_for_it_again(self):
        # Ended by the lender on 1 March, the first row paid on 25 February. 10,000.00 to that day,
        # 15 days: 60.00; then 5,216.00 for 4 days: 8.3456. 68.35 were earned, 20.00 of it waived.
        # 5,000.00 paid 92.00 and 124.00 of interest ahead and 4,784.00 of principal: 216.00 less
        # 48.35, 167.65, come back. 5,216.00 − 167.65.
        ended = event(PlanRevoked("p"), "2026-03-01", "jiebei_like")
        kept = self.owed(WaiversOnBreach.EARNED_KEPT, "2026-02-25", "2026-03-01", ended)
        assert kept == "5048.35"

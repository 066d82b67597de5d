"""Who is offered what: the ladder, early hardship, people at risk, and debts that are not late."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from account_engine.domain.money import Money
from account_engine.domain.negotiation.errors import Fault, InvalidWish
from account_engine.domain.negotiation.option import ApprovalCause, ReasonCode, Verdict
from account_engine.domain.negotiation.policy import Tool
from account_engine.domain.negotiation.position import AccountPosition, Upcoming
from account_engine.domain.negotiation.proposal import propose
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import HardshipKind
from tests.unit.negotiation.debts import ask, bill, codes, debt, demo_policy, loan, yuan


@pytest.mark.parametrize(
    ("dpd", "tier"),
    [(1, "T0"), (3, "T0"), (4, "T1"), (30, "T1"), (31, "T2"), (90, "T2"), (91, "T3"), (180, "T3"),
     (181, "T4"), (900, "T4")],
)  # fmt: skip
def test_the_ladder_by_days_past_due(dpd: int, tier: str) -> None:
    assert ask(debt(loan(dpd))).tier == tier


def test_an_account_called_in_as_a_whole_is_for_a_person_whatever_its_days() -> None:
    proposal = ask(debt(loan(35, accelerated=True)))
    assert (proposal.tier, proposal.verdict) == ("T4", Verdict.HUMAN_ONLY)
    assert ReasonCode.ACCELERATED in codes(proposal)
    plans = [option for option in proposal.options if option.tool is not Tool.PAY_NOW]
    assert plans
    assert all(ApprovalCause.ACCELERATED in option.approval_causes for option in plans)


def test_the_strictest_account_decides_for_a_plan_over_several() -> None:
    assert ask(debt(loan(10), loan(100, account_id="other"))).tier == "T3"
    assert ask(debt(loan(10), loan(100, account_id="other")), scope=("jiebei-1",)).tier == "T1"


def test_a_hardship_told_in_the_first_days_opens_the_next_step() -> None:
    silent = ask(debt(loan(2)), extension_days=10)
    assert (silent.tier, silent.verdict) == ("T0", Verdict.NEAREST)
    assert ReasonCode.HARDSHIP_WANTED in codes(silent)
    spoken = ask(debt(loan(2)), extension_days=10, hardship=HardshipKind.ILLNESS)
    assert (spoken.tier, spoken.verdict) == ("T1", Verdict.AGREED)


def test_a_hardship_does_not_lift_a_late_account_down() -> None:
    assert ask(debt(loan(100)), hardship=HardshipKind.ILLNESS).tier == "T3"


def test_three_months_late_goes_to_a_person() -> None:
    proposal = ask(debt(loan(91)), terms=6)
    assert proposal.verdict is Verdict.AGREED
    for option in proposal.options:
        assert option.approval_causes[:2] == (ApprovalCause.LONG_OVERDUE, ApprovalCause.TIER)
    assert ReasonCode.LONG_OVERDUE in codes(proposal)


def test_a_plan_beyond_twelve_rows_goes_to_a_person() -> None:
    proposal = ask(debt(loan(100, overdue_principal=yuan(9000))), terms=24)
    assert ApprovalCause.LONG_PLAN in proposal.options[0].approval_causes


def test_nothing_falls_due_while_a_person_decides() -> None:
    # Seven days to decide, then three for the down payment; row 1 not before the tenth day.
    proposal = ask(debt(loan(100)), first_date=date(2026, 11, 25), terms=6)
    option = proposal.options[0]
    assert option.schedule[0].due >= date(2026, 11, 28)
    assert option.schedule[1].due == date(2026, 12, 1)
    assert ReasonCode.FIRST_DATE_TOO_EARLY in codes(proposal)


def test_a_vulnerable_borrower_is_looked_at_by_a_person() -> None:
    proposal = ask(debt(loan(10), vulnerable=True))
    plans = [option for option in proposal.options if option.tool is not Tool.PAY_NOW]
    assert plans
    assert all(ApprovalCause.VULNERABLE in option.approval_causes for option in plans)


def test_paying_what_is_owed_needs_nobodys_leave() -> None:
    proposal = ask(debt(loan(200), vulnerable=True))
    (now,) = [option for option in proposal.options if option.tool is Tool.PAY_NOW]
    assert not now.needs_approval


def test_after_a_death_nothing_is_offered() -> None:
    proposal = ask(debt(loan(10), deceased=True), monthly=yuan(100))
    assert (proposal.verdict, proposal.options) == (Verdict.HUMAN_ONLY, ())
    assert codes(proposal) == [ReasonCode.DECEASED]


def test_a_disputed_account_is_left_to_a_person() -> None:
    proposal = ask(debt(loan(10, disputed=True)))
    assert (proposal.verdict, proposal.options) == (Verdict.HUMAN_ONLY, ())
    beside = ask(debt(loan(10, disputed=True), loan(10, account_id="other")))
    assert beside.options
    assert all("jiebei-1" not in option.account_ids for option in beside.options)
    assert ReasonCode.DISPUTED in codes(beside)


def test_a_claim_that_was_sold_is_not_negotiated_in_the_buyers_place() -> None:
    proposal = ask(debt(loan(400, transferred_to="某资产管理公司")))
    assert (proposal.verdict, proposal.options) == (Verdict.HUMAN_ONLY, ())
    (reason,) = [one for one in proposal.reasons if one.code is ReasonCode.TRANSFERRED]
    assert reason.value("creditor") == "某资产管理公司"


def test_a_running_plan_is_not_replaced_by_a_machine() -> None:
    proposal = ask(debt(loan(10, in_plan=True)), monthly=yuan(100))
    assert (proposal.verdict, proposal.options) == (Verdict.HUMAN_ONLY, ())
    assert codes(proposal) == [ReasonCode.PLAN_RUNNING]


def test_a_running_extension_is_not_extended() -> None:
    later = bill(in_extension=True)
    proposal = ask(debt(later), extension_days=5)
    assert (proposal.verdict, proposal.options) == (Verdict.HUMAN_ONLY, ())
    assert codes(proposal) == [ReasonCode.EXTENSION_RUNNING]


def test_after_a_broken_plan_a_person_decides() -> None:
    proposal = ask(debt(loan(10, plans_broken=1)), extension_days=15)
    assert ApprovalCause.PLANS_BROKEN in proposal.options[0].approval_causes
    assert ReasonCode.PLANS_BROKEN in codes(proposal)


def test_nobody_who_is_not_late_is_told_they_are() -> None:
    proposal = ask(debt(bill()))
    assert proposal.verdict is Verdict.NOTHING_DUE
    reason = proposal.reasons[0]
    assert reason.code is ReasonCode.NOTHING_OVERDUE
    assert dict(reason.values) == {"next_due": date(2026, 12, 10), "next_amount": yuan(1000)}
    assert {option.tool for option in proposal.options} == {Tool.BILL_INSTALMENT, Tool.EXTENSION}


def test_what_is_an_instalment_already_is_not_spread_again() -> None:
    row = Upcoming(date(2026, 12, 10), yuan(1000), Money(0), Money(0), "booking/1")
    proposal = ask(debt(bill(upcoming=(row,))))
    assert {option.tool for option in proposal.options} == {Tool.EXTENSION}


def test_nothing_owed_at_all() -> None:
    proposal = ask(debt(bill(unmatured_principal=Money(0), upcoming=())))
    assert (proposal.verdict, proposal.options) == (Verdict.NOTHING_DUE, ())
    assert codes(proposal) == [ReasonCode.NOTHING_OWED]


def test_an_account_in_good_order_is_left_alone_beside_a_late_one() -> None:
    proposal = ask(debt(bill(), loan(40)), terms=3)
    assert all(option.account_ids == ("jiebei-1",) for option in proposal.options)


def poor(**changes: Any) -> AccountPosition:
    return loan(45, overdue_principal=yuan(8000), **changes)


def test_half_of_what_is_left_to_live_on_is_the_most_a_plan_takes() -> None:
    # 4,000.00 − 2,400.00 = 1,600.00; half of it 800.00: twelve rows of about 738 fit, six do not.
    proposal = ask(
        debt(poor()), income=yuan(4000), living_costs=yuan(2400), hardship=HardshipKind.OTHER
    )
    plans = [option for option in proposal.options if option.terms > 1]
    assert plans
    assert all(option.highest_month <= yuan(800) for option in plans)


def test_what_cannot_be_borne_is_not_offered_but_taken_to_a_person() -> None:
    # 3,000.00 − 2,900.00: 50.00 a month for a debt of 8,000.00.
    proposal = ask(debt(poor()), income=yuan(3000), living_costs=yuan(2900))
    assert proposal.verdict is Verdict.HUMAN_ONLY
    (reason,) = [one for one in proposal.reasons if one.code is ReasonCode.NOT_AFFORDABLE]
    assert reason.value("affordable") == yuan(50)
    assert all(option.terms == 0 for option in proposal.options)


def test_with_nothing_left_to_live_on_no_plan_is_offered() -> None:
    proposal = ask(debt(poor()), income=yuan(2000), living_costs=yuan(2500), terms=12)
    assert proposal.verdict is Verdict.HUMAN_ONLY
    assert ReasonCode.NOTHING_LEFT_TO_LIVE_ON in codes(proposal)


def test_arrears_too_small_for_instalments() -> None:
    # 90.00 in three would be 30.00 a row; 50.00 is the least.
    small = loan(10, overdue_principal=yuan(90), overdue_interest=Money(0),
                 overdue_penalty=Money(0))  # fmt: skip
    proposal = ask(debt(small), terms=3)
    assert ReasonCode.BELOW_SMALLEST_INSTALMENT in codes(proposal)
    assert all(option.tool is not Tool.ARREARS_INSTALMENT for option in proposal.options)


@pytest.mark.parametrize(
    ("wishes", "field", "fault"),
    [
        ({"monthly": Money(0)}, "monthly", Fault.NOT_POSITIVE),
        ({"monthly": Money(-1)}, "monthly", Fault.NOT_POSITIVE),
        ({"terms": 0}, "terms", Fault.NOT_POSITIVE),
        ({"terms": 999}, "terms", Fault.TOO_MANY),
        ({"first_date": date(2026, 11, 20)}, "first_date", Fault.IN_THE_PAST),
        ({"first_date": date(2029, 1, 1)}, "first_date", Fault.TOO_FAR_AHEAD),
        ({"day_of_month": 32}, "day_of_month", Fault.NOT_A_DAY_OF_MONTH),
        ({"day_of_month": 0}, "day_of_month", Fault.NOT_A_DAY_OF_MONTH),
        ({"down_payment": Money(0)}, "down_payment", Fault.NOT_POSITIVE),
        ({"extension_days": -3}, "extension_days", Fault.NOT_POSITIVE),
        ({"extension_days": 4000}, "extension_days", Fault.TOO_MANY),
        ({"settlement": Money(0)}, "settlement", Fault.NOT_POSITIVE),
        ({"income": Money(-1)}, "income", Fault.NEGATIVE),
        ({"living_costs": Money(-1)}, "living_costs", Fault.NEGATIVE),
        ({"scope": ("somebody-elses",)}, "scope", Fault.UNKNOWN_ACCOUNT),
        ({"scope": ()}, "scope", Fault.UNKNOWN_ACCOUNT),
    ],
)
def test_nonsense_is_named_by_field(wishes: dict[str, Any], field: str, fault: Fault) -> None:
    with pytest.raises(InvalidWish) as error:
        ask(debt(loan(10)), **wishes)
    assert (error.value.field, error.value.fault) == (field, fault)


def test_doing_nothing_by_hand() -> None:
    # 1,017.40 owed; 1000 × 0.0005 a day: 15.00, 30.00 and 45.00 in 30, 60 and 90 days.
    waiting = ask(debt(loan(10))).do_nothing
    assert [(one.days, one.on, one.total, one.added) for one in waiting] == [
        (30, date(2026, 12, 21), yuan("1032.40"), yuan("15.00")),
        (60, date(2027, 1, 20), yuan("1047.40"), yuan("30.00")),
        (90, date(2027, 2, 19), yuan("1062.40"), yuan("45.00")),
    ]


def test_doing_nothing_keeps_to_the_cap() -> None:
    # 0.1% a day would be 30.00 in 30 days; 24% a year on 1,000.00 is 19.726, so 19.72 at most.
    waiting = ask(debt(loan(10, penalty_daily_rate=Decimal("0.001")))).do_nothing
    assert waiting[0].added == yuan("19.72")


def test_a_better_forecast_is_used_where_there_is_one() -> None:
    def forecast(accounts: tuple[str, ...], days: int) -> Money:
        assert accounts == ("jiebei-1",)
        return yuan("1017.40") + Money(days)

    position = debt(loan(10))
    proposal = propose(position, Wishes(), demo_policy(), position.as_of, forecast)
    assert [one.added for one in proposal.do_nothing] == [Money(30), Money(60), Money(90)]


def test_a_plan_is_compared_with_doing_nothing() -> None:
    # An extension of ten days adds 5.00; doing nothing adds 15.00 in 30 days: 10.00 saved.
    option = ask(debt(loan(10)), extension_days=10).options[0]
    first = option.comparison[0]
    assert (first.days, first.nothing_adds, first.option_adds, first.saved) == (
        30, yuan(15), yuan(5), yuan(10)
    )  # fmt: skip


def test_a_position_of_another_day_is_refused() -> None:
    with pytest.raises(ValueError, match="another day"):
        propose(debt(loan(10)), Wishes(), demo_policy(), date(2026, 11, 22))

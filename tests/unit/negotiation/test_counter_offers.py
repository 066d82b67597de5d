"""What a borrower says, and the answer: agreed, or the nearest offer and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from account_engine.domain.money import Money
from account_engine.domain.negotiation.draft import AT_ONCE
from account_engine.domain.negotiation.option import Character, ReasonCode, Verdict
from account_engine.domain.negotiation.policy import Tool
from account_engine.domain.negotiation.position import DebtPosition, Upcoming
from account_engine.domain.payloads import HardshipKind
from tests.unit.negotiation.debts import ask, bill, codes, debt, loan, yuan

JOB_LOSS = HardshipKind.UNEMPLOYMENT


def arrears(dpd: int = 45, amount: str = "8000.00", **changes: Any) -> DebtPosition:
    """Principal overdue, nothing else: 8,000.00 at 18.25% a year in T2."""
    values: dict[str, Any] = {
        "overdue_principal": yuan(amount),
        "overdue_interest": Money(0),
        "overdue_penalty": Money(0),
        "penalty_base": yuan(amount),
        "minimum_due": yuan(amount),
    }
    return debt(loan(dpd, **{**values, **changes}))


def test_at_most_800_a_month_is_agreed() -> None:
    # 8,000.00 over twelve months at 18.25% is about 735 a month; over six about 1,400.
    proposal = ask(arrears(), monthly=yuan(800), hardship=JOB_LOSS)
    assert proposal.verdict is Verdict.AGREED
    assert proposal.options
    for option in proposal.options:
        assert option.terms == 12
        assert option.highest_month <= yuan(800)
        assert option.down_payment == Money(0)


def test_at_most_300_a_month_gets_the_longest_plan_and_the_reason() -> None:
    # 8,000.00 / 12 = 666.67 without any interest: 300.00 is out of reach in T2.
    proposal = ask(arrears(), monthly=yuan(300), hardship=JOB_LOSS)
    assert proposal.verdict is Verdict.NEAREST
    (reason,) = proposal.reasons
    assert reason.code is ReasonCode.MONTHLY_TOO_LOW
    assert reason.value("asked") == yuan(300)
    assert reason.value("terms") == 12
    closest = proposal.options[0]
    assert reason.value("least") == closest.highest_month
    assert Character.CLOSEST in closest.characters
    assert closest.down_payment == Money(0)


def test_an_amount_that_only_a_larger_down_payment_reaches_is_not_called_agreed() -> None:
    # Twelve rows cost about 735 with nothing at once and about 515 with 30% at once. 600 a month
    # is possible, but only for somebody who has 2,400.00 now, and the borrower named none.
    proposal = ask(arrears(), monthly=yuan(600), hardship=JOB_LOSS)
    assert proposal.verdict is Verdict.NEAREST
    (reason,) = proposal.reasons
    assert reason.code is ReasonCode.MONTHLY_TOO_LOW
    assert yuan(700) < reason.value("least") < yuan(770)
    # 10%: 661; 20%: 588.
    assert reason.value("down_payment_instead") == yuan("1600.00")


def test_five_instalments_get_the_nearest_number() -> None:
    proposal = ask(arrears(), terms=5, hardship=JOB_LOSS)
    assert proposal.verdict is Verdict.NEAREST
    (reason,) = proposal.reasons
    assert reason.code is ReasonCode.TERMS_NOT_OFFERED
    assert dict(reason.values) == {"asked": 5, "nearest": 6, "least": 3, "most": 12}
    assert proposal.options[0].terms == 6


def test_payday_on_the_15th_puts_every_row_on_the_15th() -> None:
    proposal = ask(arrears(), terms=3, day_of_month=15, hardship=JOB_LOSS)
    assert proposal.verdict is Verdict.AGREED
    for option in proposal.options:
        assert [row.due for row in option.schedule if row.number] == [
            date(2026, 12, 15),
            date(2027, 1, 15),
            date(2027, 2, 15),
        ]


def test_a_day_that_a_month_does_not_have_becomes_its_last() -> None:
    proposal = ask(arrears(), terms=3, day_of_month=31, hardship=JOB_LOSS)
    assert proposal.verdict is Verdict.AGREED
    # 2026-11-30 is nine days away and November's last day.
    assert [row.due for row in proposal.options[0].schedule] == [
        date(2026, 11, 30),
        date(2026, 12, 31),
        date(2027, 1, 31),
    ]


def test_2000_first() -> None:
    proposal = ask(arrears(), down_payment=yuan(2000), terms=6)
    assert proposal.verdict is Verdict.AGREED
    for option in proposal.options:
        assert option.down_payment == yuan(2000)
        assert sum(row.principal.fen for row in option.schedule[1:]) == 6_000_00


def test_too_small_a_first_payment_gets_the_least_one() -> None:
    # 10% of 8,000.00 without a hardship.
    proposal = ask(arrears(), down_payment=yuan(200), terms=6)
    assert proposal.verdict is Verdict.NEAREST
    (reason,) = proposal.reasons
    assert reason.code is ReasonCode.DOWN_PAYMENT_TOO_LOW
    assert dict(reason.values) == {"asked": yuan(200), "least": yuan(800)}
    assert proposal.options[0].down_payment == yuan(800)


def test_a_first_payment_that_covers_everything_needs_no_plan() -> None:
    proposal = ask(arrears(), down_payment=yuan(9000))
    assert proposal.verdict is Verdict.NEAREST
    assert ReasonCode.DOWN_PAYMENT_COVERS_ALL in codes(proposal)
    assert proposal.options[0].tool is Tool.PAY_NOW
    assert proposal.options[0].total == yuan(8000)


def test_a_first_payment_that_leaves_a_few_fen_leaves_no_row_of_them() -> None:
    # 8,000.00 owed ten days late, 7,999.85 offered: 0.15 would be a row of its own. The least
    # instalment of the policy is 50.00, so nothing below it is put off.
    proposal = ask(arrears(dpd=10), down_payment=yuan("7999.85"))
    assert codes(proposal) == [ReasonCode.BELOW_SMALLEST_INSTALMENT]
    for option in proposal.options:
        assert all(row.amount >= yuan(50) for row in option.schedule)
    with_a_rest = ask(arrears(dpd=10), down_payment=yuan(7950))
    assert any(option.down_payment == yuan(7950) for option in with_a_rest.options)


def test_everything_in_one_sentence() -> None:
    # "我失业了每月最多还800 15号发工资"
    proposal = ask(arrears(), monthly=yuan(800), day_of_month=15, hardship=JOB_LOSS)
    assert proposal.verdict is Verdict.AGREED
    option = proposal.options[0]
    assert {row.due.day for row in option.schedule} == {15}
    assert option.highest_month <= yuan(800)
    assert option.proofs == (
        "termination_letter",
        "unemployment_registration",
        "social_insurance_record",
    )
    assert option.proof_due == date(2026, 12, 6)


def test_wishes_that_exclude_each_other_are_named() -> None:
    # Three rows cost about 2,730 each; twelve rows about 735. Each wish alone is possible.
    proposal = ask(arrears(), monthly=yuan(800), terms=3, hardship=JOB_LOSS)
    assert proposal.verdict is Verdict.NEAREST
    (reason,) = proposal.reasons
    assert reason.code is ReasonCode.COMBINATION_NOT_POSSIBLE
    # One of the two is met in full: the month, and not the number of rows.
    assert reason.value("wishes") == "terms"
    assert proposal.options[0].terms == 12
    assert proposal.options[0].highest_month <= yuan(800)


def test_ten_days_later() -> None:
    proposal = ask(arrears(10), extension_days=10)
    assert proposal.verdict is Verdict.AGREED
    assert proposal.options[0].schedule[-1].due == date(2026, 12, 1)


def test_a_month_later_gets_the_longest_extension() -> None:
    proposal = ask(arrears(10), extension_days=30)
    assert proposal.verdict is Verdict.NEAREST
    reason = proposal.reasons[0]
    assert reason.code is ReasonCode.EXTENSION_TOO_LONG
    assert dict(reason.values) == {"asked": 30, "most": 15}
    assert proposal.options[0].schedule[-1].due == date(2026, 12, 6)


def test_a_second_extension_within_a_year_is_not_offered() -> None:
    proposal = ask(arrears(10, extensions_used=1), extension_days=10)
    assert proposal.verdict is Verdict.NEAREST
    assert codes(proposal) == [ReasonCode.EXTENSION_USED]
    assert all(option.tool is not Tool.EXTENSION for option in proposal.options)


def test_extension_is_not_offered_beyond_its_tier() -> None:
    proposal = ask(arrears(45), extension_days=10)
    assert proposal.verdict is Verdict.NEAREST
    assert codes(proposal) == [ReasonCode.TOOL_NOT_OFFERED]


def test_extension_with_a_part_paid_at_once() -> None:
    proposal = ask(arrears(10), extension_days=10, down_payment=yuan(2000))
    assert proposal.verdict is Verdict.AGREED
    option = proposal.options[0]
    assert option.tool is Tool.EXTENSION
    # 6,000.00 × 0.0005 × 10 = 30.00
    assert [row.amount for row in option.schedule] == [yuan(2000), yuan(6030)]


@pytest.mark.parametrize(
    ("first", "code", "offered"),
    [
        (date(2026, 11, 22), ReasonCode.FIRST_DATE_TOO_EARLY, date(2026, 11, 24)),
        (date(2027, 2, 1), ReasonCode.FIRST_DATE_TOO_LATE, date(2026, 12, 26)),
    ],
)
def test_first_dates_outside_the_window(first: date, code: ReasonCode, offered: date) -> None:
    # Three days from today at the earliest, 35 at the latest.
    proposal = ask(arrears(), first_date=first, terms=6, hardship=JOB_LOSS)
    assert proposal.verdict is Verdict.NEAREST
    assert codes(proposal) == [code]
    assert proposal.options[0].schedule[0].due == offered


def test_no_first_date_is_too_late_where_only_paying_at_once_is_offered() -> None:
    # T0 without a hardship: nothing is to be paid over time, so it is the tool that is missing.
    proposal = ask(arrears(2), first_date=date(2027, 2, 1))
    assert {option.tool for option in proposal.options} <= AT_ONCE
    assert ReasonCode.FIRST_DATE_TOO_LATE not in codes(proposal)
    assert ReasonCode.TOOL_NOT_OFFERED in codes(proposal)


def test_a_first_date_is_about_rows_not_about_paying_at_once() -> None:
    # Three rows from January: of both wishes the rows come nearer, paying everything is no answer.
    proposal = ask(arrears(45), first_date=date(2027, 2, 1), terms=3, hardship=JOB_LOSS)
    assert proposal.options[0].tool not in AT_ONCE
    assert codes(proposal) == [ReasonCode.FIRST_DATE_TOO_LATE]


def test_a_settlement_has_no_first_date() -> None:
    # T1 waives nothing at a settlement: 8,000.00 settles, but today, and rows do not settle.
    proposal = ask(arrears(10), first_date=date(2026, 12, 20), settlement=yuan(8000))
    assert proposal.options[0].tool is Tool.LUMP_SUM
    assert codes(proposal) == [ReasonCode.COMBINATION_NOT_POSSIBLE]


def test_before_the_due_date_a_day_that_is_not_there_is_named_truly() -> None:
    # A bill due 12-10 may move by 3 or 7 days, or be spread from 01-10 on; 12-01 is before both.
    proposal = ask(debt(bill()), first_date=date(2026, 12, 1))
    assert proposal.options[0].schedule[0].due == date(2026, 12, 13)
    (reason,) = [one for one in proposal.reasons if "first_date" in one.code.value]
    assert reason.code is ReasonCode.FIRST_DATE_TOO_EARLY
    assert reason.value("earliest") == date(2026, 12, 13)


def test_waiver_where_the_tier_has_one() -> None:
    proposal = ask(arrears(45, overdue_penalty=yuan(100)), waiver=True, hardship=JOB_LOSS)
    assert proposal.verdict is Verdict.AGREED
    # Half of the penalty at the end of a plan, 30% when everything is paid at once.
    waived = {option.tool: option.waived_total for option in proposal.options}
    assert waived[Tool.ARREARS_INSTALMENT] == yuan(50)
    assert waived.get(Tool.LUMP_SUM, yuan(30)) == yuan(30)


def test_waiver_for_the_first_time_only() -> None:
    position = arrears(10, overdue_penalty=yuan(100), waivers_used=1)
    proposal = ask(position, waiver=True)
    assert proposal.verdict is Verdict.NEAREST
    assert codes(proposal) == [ReasonCode.WAIVER_USED]
    assert all(not option.waived for option in proposal.options)


def test_no_waiver_in_the_first_days() -> None:
    proposal = ask(arrears(2, overdue_penalty=yuan(8)), waiver=True)
    assert proposal.verdict is Verdict.NEAREST
    assert ReasonCode.WAIVER_NOT_OFFERED in codes(proposal)


def test_ten_thousand_to_settle() -> None:
    # T4: 12,000.00 + 600.00 penalty. At most the penalty and 20% of principal, 2,400.00, may go.
    position = arrears(200, "12000.00", overdue_penalty=yuan(600))
    accepted = ask(position, settlement=yuan(10000))
    assert accepted.options[0].total == yuan(10000)
    assert accepted.options[0].needs_approval
    refused = ask(position, settlement=yuan(9000))
    (reason,) = [one for one in refused.reasons if one.code is ReasonCode.SETTLEMENT_TOO_LOW]
    assert reason.value("payoff") == yuan(12600)
    assert reason.value("nearest") == yuan(9600)


def test_offering_more_than_is_owed_is_said() -> None:
    proposal = ask(arrears(45), settlement=yuan(9000))
    assert ReasonCode.SETTLEMENT_ABOVE_DEBT in codes(proposal)
    assert proposal.options[0].total == yuan(8000)


def test_principal_only_beyond_policy() -> None:
    # T2: only the penalty may be waived; the interest of 300.00 stays.
    position = arrears(45, overdue_interest=yuan(300), overdue_penalty=yuan(100))
    proposal = ask(position, principal_only=True)
    assert proposal.verdict is Verdict.NEAREST
    (reason,) = proposal.reasons
    assert reason.code is ReasonCode.PRINCIPAL_ONLY_NOT_OFFERED
    assert reason.value("nearest") == yuan(8300)
    assert reason.value("principal") == yuan(8000)


def test_own_rows_of_the_contract_count_towards_the_month() -> None:
    # 8,000.00 overdue and 500.00 of the contract falling due every month beside the plan: twelve
    # plan rows of about 735 make a month of about 1,235. "At most 800" is then not met by it.
    ahead = tuple(
        Upcoming(date(2026 + (11 + n) // 12, (11 + n) % 12 + 1, 10), yuan(500), Money(0), Money(0))
        for n in range(6)
    )
    position = arrears(10, upcoming=ahead, unmatured_principal=yuan(3000))
    proposal = ask(position, monthly=yuan(3000), terms=3, hardship=JOB_LOSS)
    assert proposal.verdict is Verdict.NEAREST
    (reason,) = proposal.reasons
    assert reason.code is ReasonCode.MONTHLY_TOO_LOW
    least = reason.value("least")
    # Three rows of about 2,735 and 500.00 of the contract.
    assert yuan(3200) < least < yuan(3270)


def test_bill_instalment_in_a_number_nobody_offers() -> None:
    proposal = ask(debt(bill()), terms=5)
    assert proposal.verdict is Verdict.NEAREST
    assert proposal.options[0].tool is Tool.BILL_INSTALMENT
    assert proposal.options[0].terms == 6
    assert ReasonCode.TERMS_NOT_OFFERED in codes(proposal)


def test_a_wish_about_months_in_the_first_days_names_what_is_missing() -> None:
    proposal = ask(debt(loan(2)), monthly=yuan(300), day_of_month=15, first_date=date(2026, 12, 1))
    assert proposal.verdict is Verdict.NEAREST
    assert codes(proposal) == [ReasonCode.HARDSHIP_WANTED, ReasonCode.TOOL_NOT_OFFERED]
    assert proposal.reasons[1].value("tool") == "arrears_instalment"


@pytest.mark.parametrize("dpd", [2, 10])
def test_settling_early_for_less_is_answered_with_the_full_amount(dpd: int) -> None:
    # Nothing is waived in the first thirty days; 8,000.00 settle everything.
    proposal = ask(arrears(dpd), settlement=yuan(5000))
    assert proposal.verdict is Verdict.NEAREST
    (reason,) = [one for one in proposal.reasons if one.code is ReasonCode.SETTLEMENT_TOO_LOW]
    assert dict(reason.values) == {
        "asked": yuan(5000), "nearest": yuan(8000), "payoff": yuan(8000),
    }  # fmt: skip
    assert proposal.options[0].total == yuan(8000)
    assert not proposal.options[0].needs_approval


def test_principal_only_in_the_first_month_names_what_stays() -> None:
    position = arrears(10, overdue_interest=yuan(60), overdue_penalty=yuan(48))
    proposal = ask(position, principal_only=True)
    (reason,) = proposal.reasons
    assert reason.code is ReasonCode.PRINCIPAL_ONLY_NOT_OFFERED
    assert reason.value("charges") == yuan(108)
    assert proposal.options[0].total == yuan(8108)


def test_settling_before_anything_is_due() -> None:
    proposal = ask(debt(bill()), settlement=yuan(1000))
    assert proposal.verdict is Verdict.AGREED
    assert proposal.options[0].total == yuan(1000)

"""What a borrower says, and the answer: agreed, or the nearest offer and why."""

from __future__ import annotations

from datetime import date

from account_engine.domain.money import Money
from account_engine.domain.negotiation.option import Character, ReasonCode, Verdict
from account_engine.domain.negotiation.policy import Tool
from account_engine.domain.negotiation.position import Upcoming
from account_engine.domain.payloads import HardshipKind
from tests.unit.negotiation.debts import arrears, ask, bill, codes, debt, loan, yuan

JOB_LOSS = HardshipKind.UNEMPLOYMENT


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


def test_the_least_a_month_names_the_first_part_that_makes_it_so_light() -> None:
    # Whoever offers a first part of 500 is told the lightest month there is: twelve rows cost about
    # 735 with nothing at once and about 515 after 30% at once, which is 2,400.00.
    proposal = ask(arrears(), monthly=yuan(300), down_payment=yuan(500), hardship=JOB_LOSS)
    (reason,) = (one for one in proposal.reasons if one.code is ReasonCode.MONTHLY_TOO_LOW)
    assert yuan(500) < reason.value("least") < yuan(530)
    assert reason.value("after_down_payment") == yuan("2400.00")


def test_five_instalments_get_the_nearest_number() -> None:
    proposal = ask(arrears(), terms=5, hardship=JOB_LOSS)
    assert proposal.verdict is Verdict.NEAREST
    (reason,) = proposal.reasons
    assert reason.code is ReasonCode.TERMS_NOT_OFFERED
    assert dict(reason.values) == {"asked": 5, "nearest": 6, "least": 3, "most": 12}
    assert proposal.options[0].terms == 6


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

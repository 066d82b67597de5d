"""One worked case for each tool: every row computed by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.domain.negotiation.option import (
    ApprovalCause,
    Character,
    Option,
    Proposal,
    Verdict,
)
from account_engine.domain.negotiation.policy import Charge, PlanWaiverCondition, Tool
from account_engine.domain.negotiation.position import Upcoming
from account_engine.domain.payloads import HardshipKind
from tests.unit.negotiation.debts import RATE, ask, bill, debt, loan, rows_of, yuan

FIRST = date(2026, 12, 1)


def only(proposal: Proposal, tool: Tool) -> Option:
    found = [option for option in proposal.options if option.tool is tool]
    assert found, f"no {tool.value} among {[one.tool.value for one in proposal.options]}"
    return found[0]


def test_paying_what_is_due_two_days_late() -> None:
    # T0: 1,000.00 + 15.00 + 1.00 (1000 × 0.0005 × 2) are due, the minimum is 116.00.
    late = loan(2, overdue_penalty=yuan("1.00"), minimum_due=yuan("116.00"))
    proposal = ask(debt(late))
    now, minimum = only(proposal, Tool.PAY_NOW), only(proposal, Tool.PAY_MINIMUM)
    assert (proposal.verdict, proposal.tier) == (Verdict.AGREED, "T0")
    assert rows_of(now) == [("2026-11-21", "1016.00")]
    # Charges first: 1.00 penalty, 15.00 interest, then 100.00 of principal; 900.00 stay.
    assert rows_of(minimum) == [("2026-11-21", "116.00")]
    row = minimum.schedule[0]
    assert (row.penalty, row.interest, row.principal) == (yuan(1), yuan(15), yuan(100))
    assert row.balance_after == yuan("900.00")
    assert [point.balance for point in minimum.balance] == [yuan("1016.00"), yuan("900.00")]
    assert now.total_cost == minimum.total_cost == Money(0)
    assert not now.needs_approval


def test_extension_by_ten_days() -> None:
    # T1, 10 days late. Interest of the days between: 1000 × 0.1825 × 10 / 365 = 5.00.
    # Due then: 1,000.00 + 15.00 + 2.40 + 5.00 = 1,022.40.
    proposal = ask(debt(loan(10)), extension_days=10)
    option = only(proposal, Tool.EXTENSION)
    assert proposal.verdict is Verdict.AGREED
    assert rows_of(option) == [("2026-12-01", "1022.40")]
    assert option.total_cost == yuan("5.00")
    assert option.reaged == yuan("1017.40")
    balance = [(point.on.isoformat(), point.balance) for point in option.balance]
    assert balance == [("2026-11-21", yuan("1017.40")), ("2026-12-01", Money(0))]
    # 5.00 on 1,017.40 for ten days: 5 / 1017.40 × 36.5 = 17.94% a year.
    assert option.annual_rate == Decimal("0.179379")
    assert not option.waived
    assert not option.needs_approval


def test_arrears_in_three_instalments() -> None:
    # T1 with a declared hardship: no down payment. Half of the penalty of 2.40 is waived once
    # everything is paid, so 1,000.00 + 15.00 + 1.20 = 1,016.20 is spread over three rows.
    # Principal at 0.05% a day over 10, 31 and 31 days: 0.5%, 1.55%, 1.55%.
    #   1000 × 1.005 × 1.0155² / (1.0155² + 1.0155 + 1) = 340.165…, so 340.17:
    #   row 1: interest 5.00, principal 335.17, left 664.83
    #   row 2: interest 10.3048 → 10.30, principal 329.87, left 334.96
    #   row 3: interest 5.1918 → 5.19, principal 334.96: 340.15
    # 340.16 would leave 340.17 for the last row, so 340.17 is the least.
    # Interest owed 15.00: 5.00 a row. Penalty kept 1.20: 0.40 a row.
    proposal = ask(debt(loan(10)), terms=3, first_date=FIRST, hardship=HardshipKind.UNEMPLOYMENT)
    option = only(proposal, Tool.ARREARS_INSTALMENT)
    assert proposal.verdict is Verdict.AGREED
    assert rows_of(option) == [
        ("2026-12-01", "345.57"),
        ("2027-01-01", "345.57"),
        ("2027-02-01", "345.55"),
    ]
    assert [row.principal.yuan_text for row in option.schedule] == ["335.17", "329.87", "334.96"]
    assert [row.interest.yuan_text for row in option.schedule] == ["10.00", "15.30", "10.19"]
    assert [row.penalty.yuan_text for row in option.schedule] == ["0.40", "0.40", "0.40"]
    # 5.00 + 10.30 + 5.19
    assert option.total_cost == yuan("20.49")
    assert option.reaged == yuan("1016.20")
    assert option.total == yuan("1036.69")
    assert option.waived_total == yuan("1.20")
    assert option.waiver_condition is PlanWaiverCondition.ON_COMPLETION
    assert option.annual_rate < RATE  # nothing is charged on the interest and penalty carried
    assert option.breach_effect.waivers_back == yuan("1.20")
    assert option.breach_effect.cure_days == 7
    # 1000 × 0.0005
    assert option.breach_effect.penalty_per_day == yuan("0.50")


def test_down_payment_is_row_nought_and_goes_to_charges_first() -> None:
    # Without a hardship the demo lender wants 10% at once: 1,016.20 × 10% = 101.62.
    # It pays 1.20 penalty and 15.00 interest, then 85.42 of principal; 914.58 stay.
    proposal = ask(debt(loan(10)), terms=3, first_date=FIRST)
    option = only(proposal, Tool.ARREARS_INSTALMENT)
    row = option.schedule[0]
    assert (row.number, row.due, row.amount) == (0, date(2026, 11, 24), yuan("101.62"))
    assert (row.penalty, row.interest, row.principal) == (yuan("1.20"), yuan(15), yuan("85.42"))
    assert row.balance_after == yuan("914.58")
    assert sum(one.principal.fen for one in option.schedule[1:]) == 914_58
    assert option.down_payment == yuan("101.62")


def test_reage_of_the_whole_balance() -> None:
    # T2, 40 days late: 600.00 overdue and 1,400.00 not due yet, interest 8.00 overdue and 7.00
    # earned since, penalty 4.00 of which half is waived at the end. The 1,400.00 fall due on
    # 2026-12-15, so only a new schedule keeps every month below 690.00.
    #   2000 × 1.0363964… / 3.0467402… = 680.331…; tried down from 680.34:
    #   680.33: interest 10.00, principal 670.33, left 1,329.67
    #           interest 20.6098 → 20.60, principal 659.73, left 669.94
    #           interest 10.3840 → 10.38, principal 669.94: 680.32
    #   680.32 would leave 680.35, so 680.33 is the least.
    # Interest owed 15.00: 5.00 a row. Penalty kept 2.00: 0.67, 0.67, 0.66.
    late = loan(
        40,
        overdue_principal=yuan("600.00"),
        overdue_interest=yuan("8.00"),
        overdue_penalty=yuan("4.00"),
        unmatured_principal=yuan("1400.00"),
        accrued_interest=yuan("7.00"),
        upcoming=(Upcoming(date(2026, 12, 15), yuan("1400.00"), yuan("10.00"), Money(0)),),
    )
    proposal = ask(
        debt(late), monthly=yuan("690.00"), first_date=FIRST, hardship=HardshipKind.ILLNESS
    )
    option = proposal.options[0]
    assert (proposal.verdict, option.tool) == (Verdict.AGREED, Tool.REAGE)
    option = next(one for one in proposal.options if one.terms == 3)
    assert rows_of(option) == [
        ("2026-12-01", "686.00"),
        ("2027-01-01", "686.00"),
        ("2027-02-01", "685.98"),
    ]
    # 10.00 + 20.60 + 10.38
    assert option.total_cost == yuan("40.98")
    assert option.reaged == yuan("2017.00")
    assert option.proofs == ("medical_record", "hospital_invoice")
    assert option.proof_due == date(2026, 12, 21)


def settled(settlement: str) -> Proposal:
    """T3, 100 days late, everything due: 5,000.00 + 100.00 interest + 200.00 penalty."""
    late = loan(
        100,
        overdue_principal=yuan("5000.00"),
        overdue_interest=yuan("100.00"),
        overdue_penalty=yuan("200.00"),
    )
    return ask(debt(late), settlement=yuan(settlement))


def test_settlement_within_the_automatic_waiver() -> None:
    # 5,300.00 are owed; half of the penalty is waived of itself: 5,200.00, whatever more the
    # borrower offers to pay. Seven days to pay, and seven more in which a person decides.
    option = only(settled("5250.00"), Tool.LUMP_SUM)
    assert rows_of(option) == [("2026-12-05", "5200.00")]
    assert option.waived_total == yuan("100.00")
    assert option.waiver_condition is PlanWaiverCondition.ON_PAYMENT
    assert option.approval_causes == (ApprovalCause.LONG_OVERDUE, ApprovalCause.TIER)


def test_settlement_within_a_persons_authority_is_exactly_what_was_offered() -> None:
    # 5,300.00 − 5,100.00 = 200.00: all of the penalty, which only a person may waive.
    proposal = settled("5100.00")
    option = only(proposal, Tool.LUMP_SUM)
    assert proposal.verdict is Verdict.AGREED
    assert option.total == yuan("5100.00")
    assert [(one.charge, one.amount) for one in option.waived] == [(Charge.PENALTY, yuan(200))]
    assert ApprovalCause.SETTLEMENT_AUTHORITY in option.approval_causes


def test_settlement_below_a_persons_authority_gets_the_nearest() -> None:
    # Penalty 200.00 and half of the interest, 50.00: not below 5,050.00. No principal in T3.
    proposal = settled("3000.00")
    assert proposal.verdict is Verdict.NEAREST
    assert proposal.options[0].total == yuan("5050.00")
    assert Character.CLOSEST in proposal.options[0].characters


def test_a_cut_of_principal_always_goes_to_a_person() -> None:
    # T4: penalty 2.40, interest 15.00 and up to 20% of principal may go, by a person:
    # 1,017.40 − 900.00 = 117.40 = 2.40 + 15.00 + 100.00 of principal.
    proposal = ask(debt(loan(200)), settlement=yuan("900.00"))
    option = only(proposal, Tool.LUMP_SUM)
    assert proposal.verdict is Verdict.HUMAN_ONLY
    assert option.total == yuan("900.00")
    assert ApprovalCause.PRINCIPAL_CUT in option.approval_causes
    assert option.approver == "committee"
    cut = [one.amount for one in option.waived if one.charge is Charge.PRINCIPAL]
    assert cut == [yuan("100.00")]


def test_principal_only_settles_what_policy_allows() -> None:
    # T4 again: the principal alone is 1,000.00; interest and penalty may be waived by a person.
    option = only(ask(debt(loan(200)), principal_only=True), Tool.LUMP_SUM)
    assert option.total == yuan("1000.00")
    assert ApprovalCause.PRINCIPAL_CUT not in option.approval_causes
    assert option.needs_approval


def test_bill_instalment_before_the_due_date() -> None:
    # 1,000.00 in three for 2.5%: 333.33, 333.33, 333.34 and fees of 8.33, 8.33, 8.34.
    proposal = ask(debt(bill()), terms=3)
    option = only(proposal, Tool.BILL_INSTALMENT)
    assert proposal.verdict is Verdict.AGREED
    assert rows_of(option) == [
        ("2027-01-10", "341.66"),
        ("2027-02-10", "341.66"),
        ("2027-03-10", "341.68"),
    ]
    assert [row.fee.yuan_text for row in option.schedule] == ["8.33", "8.33", "8.34"]
    assert option.total_cost == yuan("25.00")
    # The flat fee of 2.5% is 14.94% a year.
    assert option.annual_rate.quantize(Decimal("0.0001")) == Decimal("0.1494")


def test_extension_before_the_due_date() -> None:
    # Seven more days for 1,000.00: 1000 × 0.0005 × 7 = 3.50.
    option = only(ask(debt(bill()), extension_days=7), Tool.EXTENSION)
    assert rows_of(option) == [("2026-12-17", "1003.50")]
    assert option.total_cost == yuan("3.50")


def test_two_accounts_are_spread_together_each_at_its_own_rate() -> None:
    # 花呗 300.00 at 18.25% and 借呗 600.00 at 10.95% (0.03% a day), both 40 days late, hardship,
    # three rows after 10, 31 and 31 days; nothing but principal is owed.
    # 花呗: 300 × 0.34016… = 102.0497…, so 102.05: interest 1.50, left 199.45; 3.0914 → 3.09,
    #   left 100.49; 1.5575 → 1.55: 102.04.
    # 借呗: f = 0.3%, 0.93%, 0.93%: 600 × 1.02174… / 3.02798… = 202.4600…, so 202.46 or 202.47:
    #   202.46: interest 1.80, principal 200.66, left 399.34; 3.7138 → 3.71, principal 198.75,
    #   left 200.59; 1.8654 → 1.86: 202.45 ≤ 202.46.
    #   202.45: principal 200.65, left 399.35; 3.71, 198.74, left 200.61; 1.86: 202.47 > 202.45.
    huabei = loan(
        40,
        account_id="huabei-1",
        product_id="huabei_like",
        display_name="花呗",
        overdue_principal=yuan("300.00"),
        overdue_interest=Money(0),
        overdue_penalty=Money(0),
    )
    jiebei = loan(
        40,
        annual_rate=Decimal("0.1095"),
        overdue_principal=yuan("600.00"),
        overdue_interest=Money(0),
        overdue_penalty=Money(0),
    )
    option = ask(
        debt(huabei, jiebei), terms=3, first_date=FIRST, hardship=HardshipKind.OTHER
    ).options[0]
    assert option.account_ids == ("huabei-1", "jiebei-1")
    first, second = option.accounts
    assert [row.amount.yuan_text for row in first.rows] == ["102.05", "102.05", "102.04"]
    assert [row.amount.yuan_text for row in second.rows] == ["202.46", "202.46", "202.45"]
    assert [amount for _, amount in rows_of(option)] == ["304.51", "304.51", "304.49"]

    # Rows of the cost table say which account they are about.
    named = [(row.display_name, row.product_id) for row in option.disclosure if row.account_id]
    assert named == [("花呗", "huabei_like")] * 7 + [("借呗", "jiebei_like")] * 7
    assert [one.display_name for one in option.accounts] == ["花呗", "借呗"]


def test_the_rate_of_a_plan_is_capped() -> None:
    # A contract at 23.9% a year: the plan charges 20%. 365.00 for 10 days: 365 × 0.2 × 10 / 365
    # = 2.00.
    dear = loan(
        10,
        annual_rate=Decimal("0.239"),
        overdue_principal=yuan("365.00"),
        overdue_interest=Money(0),
        overdue_penalty=Money(0),
    )
    option = only(ask(debt(dear), extension_days=10), Tool.EXTENSION)
    assert option.plan_rate == Decimal("0.20")
    assert option.total_cost == yuan("2.00")
    assert option.annual_rate == Decimal("0.200000")


def test_offer_expires_at_the_end_of_the_third_day_or_when_row_one_is_due() -> None:
    option = only(ask(debt(loan(10)), extension_days=10), Tool.EXTENSION)
    beijing = timezone(timedelta(hours=8))
    assert option.expires_at == datetime(2026, 11, 24, 23, 59, 59, tzinfo=beijing)
    today = only(ask(debt(loan(2))), Tool.PAY_NOW)
    assert today.expires_at == datetime(2026, 11, 21, 23, 59, 59, tzinfo=beijing)

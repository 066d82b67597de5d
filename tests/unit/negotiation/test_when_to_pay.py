"""A later day, a first day, a day of the month: agreed, or the nearest one and why."""

from __future__ import annotations

from datetime import date

import pytest

from account_engine.domain.negotiation.draft import AT_ONCE
from account_engine.domain.negotiation.option import ReasonCode, Verdict
from account_engine.domain.negotiation.policy import Tool
from account_engine.domain.payloads import HardshipKind
from tests.unit.negotiation.debts import arrears, ask, bill, codes, debt, yuan

JOB_LOSS = HardshipKind.UNEMPLOYMENT


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

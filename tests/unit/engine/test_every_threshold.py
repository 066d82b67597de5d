"""Every day and threshold of a product changes what it is about; set as a scenario file sets it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from account_engine.domain.payloads import (
    BillInstalmentBooked,
    RecallNoticed,
    RecallTrigger,
    RepaymentMethod,
)
from account_engine.domain.quote import QuoteKind
from account_engine.services.hypothetical_loan import hypothetical_loan
from account_engine.services.supposition import InvalidSupposition
from tests.unit.engine.histories import bill, contract, day, event, loan, pay, state_of, yuan
from tests.unit.engine.parameters import (
    Case,
    Probe,
    fact,
    found_before_and_after,
    set_otherwise,
    total,
)

HUABEI, JIEBEI = "huabei_like", "jiebei_like"
BILL = (bill("1000", "2026-10-10", "2026-10-01"),)
LATE_AND_PAID = (bill("1000", "2026-10-28", "2026-10-20"), pay("1003", "2026-11-03"))
# 900.00 of the bill spread over three months from 10 November on.
SPREAD = (
    *BILL,
    event(
        BillInstalmentBooked("b", yuan("900"), 3, day("2026-11-10"), "bill-2026-10-10"),
        "2026-10-05",
    ),
    pay("100", "2026-10-10"),
)
MONTH_END = (loan("9000", "2026-01-31", "2026-02-28", 3, RepaymentMethod.EQUAL_PRINCIPAL),)
TWO_BILLS = (*BILL, bill("500", "2026-11-10", "2026-11-01"))
NOTICED = (
    *BILL,
    event(RecallNoticed("n", RecallTrigger.DPD, day("2026-11-10"), "dpd"), "2026-11-09"),
)
RECALL = fact(lambda account: [trigger.value for trigger in account.recall.available])
RISK = fact(lambda account: account.risk_class.value)


def dues(*, number: int) -> Probe:
    """The due date of the n-th row."""
    return fact(lambda account: account.schedule[number - 1].due)


CASES: list[Case] = [
    (
        HUABEI,
        {"facility": {"freeze_after_days": 5}},
        BILL,
        "2026-10-13",
        fact(lambda account: account.facility.status.value),
        "frozen",
        "normal",
    ),
    # The 30th day late is 11-09.
    (
        HUABEI,
        {"recall": {"triggers": [{"trigger": "dpd", "threshold": 31}]}},
        BILL,
        "2026-11-09",
        RECALL,
        "['dpd']",
        "[]",
    ),
    (
        HUABEI,
        {"classification": {"special_mention": 4}},
        BILL,
        "2026-10-13",
        RISK,
        "special_mention",
        "normal",
    ),
    (
        HUABEI,
        {"classification": {"substandard": 92}},
        BILL,
        "2027-01-09",
        RISK,
        "substandard",
        "special_mention",
    ),
    (
        HUABEI,
        {"credit_report": {"reporting_day": 15}},
        BILL,
        "2026-10-13",
        fact(lambda account: account.credit_report.next_reporting_date),
        "2026-10-31",
        "2026-10-15",
    ),
    (
        HUABEI,
        {"credit_report": {"record_years": 3}},
        LATE_AND_PAID,
        "2026-11-10",
        fact(lambda account: account.credit_report.record_ends_on),
        "2031-11-03",
        "2029-11-03",
    ),
    # 271 days after 2026-10-10 are 2027-07-08, 361 are 2027-10-06.
    (
        HUABEI,
        {"classification": {"doubtful": 272}},
        BILL,
        "2027-07-08",
        RISK,
        "doubtful",
        "substandard",
    ),
    (HUABEI, {"classification": {"loss": 362}}, BILL, "2027-10-06", RISK, "loss", "doubtful"),
    # Due on the 28th because February has no 31st: the contract's own due day comes back in March.
    (
        JIEBEI,
        {"statement": {"due_day": 31}},
        MONTH_END,
        "2026-02-01",
        dues(number=2),
        "2026-03-28",
        "2026-03-31",
    ),
    # The first of three rows, due 11-10, is billed on 11-01; with bills on the 20th on 10-20. On
    # 10-25 the minimum has 300.00 of it and a third of the fee, 900 × 0.025 = 22.50, then.
    (
        HUABEI,
        {"statement": {"statement_day": 20}},
        SPREAD,
        "2026-10-25",
        total(QuoteKind.MINIMUM),
        "0.00",
        "307.50",
    ),
    # 900 × 0.03 = 27.00 of fees instead of 22.50: the first row asks for 9.00 instead of 7.50.
    (
        HUABEI,
        {"bill_instalments": {"3": "0.03"}},
        SPREAD,
        "2026-11-10",
        total(QuoteKind.DUE_NOW),
        "307.50",
        "309.00",
    ),
    # Served on 11-09 for the next day: seven days later at the earliest, or three.
    (
        HUABEI,
        {"recall": {"notice_days": 3}},
        NOTICED,
        "2026-11-09",
        fact(lambda account: account.recall.effective_on),
        "2026-11-16",
        "2026-11-12",
    ),
    # Two bills are late on 11-11; the first is 32 days late by then.
    (
        HUABEI,
        {"recall": {"triggers": [{"trigger": "missed_instalments", "threshold": 3}]}},
        TWO_BILLS,
        "2026-11-11",
        RECALL,
        "['dpd', 'missed_instalments']",
        "[]",
    ),
    (
        HUABEI,
        {"recall": {"triggers": [{"trigger": "missed_instalments", "threshold": 1}]}},
        BILL,
        "2026-10-11",
        RECALL,
        "[]",
        "['missed_instalments']",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[str(case[1])[:70] for case in CASES])
def test_a_threshold_changes_what_it_is_about(case: Case) -> None:
    assert found_before_and_after(case) == case[-2:]


def test_without_a_linkage_the_other_product_stays_open() -> None:
    # Three days late on one suspends new use of the other by default; it is not recalled.
    other = replace(contract(HUABEI), account_id="other")
    (_, linked) = state_of([contract(HUABEI), other], BILL, "2026-10-13").accounts
    assert linked.facility.status.value == "frozen"
    alone = set_otherwise(HUABEI, {"linkage": []})
    (_, free) = state_of([alone, other], BILL, "2026-10-13").accounts
    assert free.facility.status.value == "normal"


def test_only_the_numbers_of_instalments_on_offer_are_lent() -> None:
    today, amount = day("2026-11-21"), yuan("1000")
    assert len(hypothetical_loan(contract(JIEBEI).terms, amount, 12, today)) == 12
    short = set_otherwise(JIEBEI, {"terms_offered": [3, 6]}).terms
    with pytest.raises(InvalidSupposition):
        hypothetical_loan(short, amount, 12, today)


def test_a_supposed_loan_is_repaid_by_the_first_method_on_offer() -> None:
    # Drawn on 11-21, first due on 12-21: 1000 × 0.146 × 30/365 = 12.00 of interest. Interest first
    # asks for no principal until the last of three rows.
    terms = set_otherwise(JIEBEI, {"methods": ["interest_first"]}).terms
    rows = hypothetical_loan(terms, yuan("1000"), 3, day("2026-11-21"))
    assert [row.principal for row in rows] == [yuan("0"), yuan("0"), yuan("1000")]
    assert rows[0].interest == yuan("12.00")
    shipped = hypothetical_loan(contract(JIEBEI).terms, yuan("1000"), 3, day("2026-11-21"))
    assert all(row.principal for row in shipped)

"""A lender's files: every wrong row is named, nothing is half imported, twice is once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.services.engine import AccountEngine
from account_engine.services.importing import (
    Acceptance,
    ImportOutcome,
    ImportReport,
    RecordKind,
    import_file,
)
from tests.integration.store.engines import settings

CONTRACTS = """\
borrower_id,display_name,phone,account_id,product,terms_version,lender_name,signed_on,cross_recall
b1,甲,13900000001,b1-h,huabei_like,1,示例消费金融公司,2025-03-01,false
b2,乙,13900000002,b2-h,huabei_like,1,示例消费金融公司,2025-03-01,true
"""
BILLS = """\
event_id,borrower_id,account_id,statement_on,bill_id,due,revolving_principal
bill-1,b1,b1-h,2026-10-01,oct,2026-10-10,1000.00
bill-2,b2,b2-h,2026-10-01,oct,2026-10-10,250.50
"""
PAYMENTS = """\
event_id,borrower_id,account_id,paid_on,amount,channel
pay-1,b1,b1-h,2026-10-08,40.00,app
"""


@pytest.fixture
def engine(migrated: str) -> Iterator[AccountEngine]:
    opened = AccountEngine.from_settings(settings(migrated))
    yield opened
    opened.close()


def load(
    engine: AccountEngine,
    folder: Path,
    kind: RecordKind,
    text: str,
    acceptance: Acceptance = Acceptance.ALL_OR_NOTHING,
    name: str = "",
) -> ImportReport:
    path = folder / (name or f"{kind.value}.csv")
    path.write_text(text, encoding="utf-8")
    return import_file(engine.store, engine.products, path, kind, acceptance)


def load_all(engine: AccountEngine, folder: Path) -> list[ImportReport]:
    return [
        load(engine, folder, RecordKind.CONTRACTS, CONTRACTS),
        load(engine, folder, RecordKind.BILLS, BILLS),
        load(engine, folder, RecordKind.PAYMENTS, PAYMENTS),
    ]


def owed(engine: AccountEngine, borrower_id: str) -> Money:
    from datetime import date

    return engine.quote(borrower_id, QuoteKind.OVERDUE, date(2026, 10, 13)).total


def test_imported_accounts_are_quoted(engine: AccountEngine, tmp_path: Path) -> None:
    reports = load_all(engine, tmp_path)
    assert [(one.stored, one.outcome) for one in reports] == [
        (2, ImportOutcome.STORED),
        (2, ImportOutcome.STORED),
        (1, ImportOutcome.STORED),
    ]
    # 1000.00 − 40.00 = 960.00 (the minimum would have been 100.00), three days late:
    # 960.00 × 0.0005 × 3 = 1.44.
    assert owed(engine, "b1") == Money.yuan("961.44")
    # 250.50 × 0.0005 × 3 = 0.37575, rounded half up: 0.38.
    assert owed(engine, "b2") == Money.yuan("250.88")


def test_importing_again_stores_nothing_new(engine: AccountEngine, tmp_path: Path) -> None:
    load_all(engine, tmp_path)
    again = load_all(engine, tmp_path)
    assert [(one.stored, one.duplicates) for one in again] == [(0, 2), (0, 2), (0, 1)]
    assert owed(engine, "b1") == Money.yuan("961.44")


WRONG = """\
event_id,borrower_id,account_id,paid_on,amount,channel
pay-1,b1,b1-h,2026-10-08,400.00,app
pay-2,b1,b1-h,2026-10-09,12.345,app
pay-3,b1,b1-h,09.10.2026,10.00,app
pay-4,nobody,b1-h,2026-10-09,10.00,app
pay-5,b1,b2-h,2026-10-09,10.00,app
pay-6,b1,b1-h,2026-10-09,10.00
pay-1,b1,b1-h,2026-10-08,400.01,app
pay-7,b1,b1-h,2026-10-09,,app
pay-8,b1,b1-h,2026-10-09,10.00,app
"""
REJECTED = [(3, "amount"), (4, "paid_on"), (5, "borrower_id"), (6, "account_id"), (7, ""),
            (8, "event_id"), (9, "amount")]  # fmt: skip


def test_every_wrong_row_is_named_and_nothing_is_stored(
    engine: AccountEngine, tmp_path: Path
) -> None:
    load(engine, tmp_path, RecordKind.CONTRACTS, CONTRACTS)
    report = load(engine, tmp_path, RecordKind.PAYMENTS, WRONG)
    assert [(row.line, row.field) for row in report.rejected] == REJECTED
    assert (report.rows, report.stored) == (9, 0)
    assert report.outcome is ImportOutcome.NOTHING_STORED
    assert engine.history("b1").events == ()


def test_good_rows_alone_when_asked(engine: AccountEngine, tmp_path: Path) -> None:
    load(engine, tmp_path, RecordKind.CONTRACTS, CONTRACTS)
    report = load(engine, tmp_path, RecordKind.PAYMENTS, WRONG, Acceptance.GOOD_ROWS)
    assert [(row.line, row.field) for row in report.rejected] == REJECTED
    assert (report.stored, report.outcome) == (2, ImportOutcome.PARTLY_STORED)
    assert [event.event_id for event in engine.history("b1").events] == ["pay-1", "pay-8"]


def test_a_row_that_contradicts_the_history_is_refused(
    engine: AccountEngine, tmp_path: Path
) -> None:
    # A reversal must name something that is there. The row is well formed; only the history
    # shows that it is wrong.
    load_all(engine, tmp_path)
    rows = (
        '{"event_id":"rev-1","borrower_id":"b1","account_id":"b1-h","kind":"reversal",'
        '"value_date":"2026-10-12","booked_at":"2026-10-12T09:00:00+08:00",'
        '"payload":{"reverses":"never-happened"}}\n'
        '{"event_id":"pay-9","borrower_id":"b1","account_id":"b1-h","kind":"payment",'
        '"value_date":"2026-10-12","booked_at":"2026-10-12T09:00:00+08:00",'
        '"payload":{"amount":"5.00"}}\n'
    )
    report = load(engine, tmp_path, RecordKind.EVENTS, rows, name="more.jsonl")
    assert [(row.line, row.field) for row in report.rejected] == [(1, "event_id")]
    assert report.stored == 0
    partly = load(engine, tmp_path, RecordKind.EVENTS, rows, Acceptance.GOOD_ROWS, "more.jsonl")
    assert partly.stored == 1
    # On the 12th two days of penalty are owed, 960.00 × 0.0005 × 2 = 0.96, and paid first:
    # 4.04 goes to principal, 955.96 stays, one more day of it is 0.47798 → 0.48.
    assert owed(engine, "b1") == Money.yuan("956.44")


def test_every_row_that_contradicts_the_history_is_named(
    engine: AccountEngine, tmp_path: Path
) -> None:
    load_all(engine, tmp_path)
    head = '"borrower_id":"b1","account_id":"b1-h","value_date":"2026-10-12"'
    rows = "\n".join(
        f'{{"event_id":"{name}",{head},"kind":"{kind}","payload":{payload}}}'
        for name, kind, payload in (
            ("rev-1", "reversal", '{"reverses":"never-happened"}'),
            ("cut-1", "waiver", '{"waiver_id":"w","component":"principal","amount":"5.00"}'),
            ("pay-9", "payment", '{"amount":"5.00"}'),
            ("back-1", "refund", '{"amount":"5.00","kind":"overpayment_returned"}'),
        )
    )
    report = load(engine, tmp_path, RecordKind.EVENTS, rows, name="more.jsonl")
    assert [(row.line, row.reason) for row in report.rejected] == [
        (1, "reverses an event that is not there"),
        (2, "principal is only given up with an approval"),
        (4, "more is returned than was overpaid"),
    ]


def test_figures_that_no_lender_can_have_meant_are_refused(
    engine: AccountEngine, tmp_path: Path
) -> None:
    load(engine, tmp_path, RecordKind.CONTRACTS, CONTRACTS)
    bills = (
        "event_id,borrower_id,account_id,statement_on,bill_id,due,revolving_principal,posted_on\n"
        "1,b1,b1-h,2026-10-01,b-1,2026-09-10,10.00,\n"
        "2,b1,b1-h,2026-10-01,b-2,2026-10-10,-10.00,\n"
        "3,b1,b1-h,2026-10-01,b-3,2026-10-10,10.00,2026-10-02\n"
        "4,b1,b1-h,2026-10-01,b-4,2026-10-10,0.00,\n"
    )
    report = load(engine, tmp_path, RecordKind.BILLS, bills)
    assert [(row.line, row.field) for row in report.rejected] == [
        (2, "due"),
        (3, "revolving_principal"),
        (4, "posted_on"),
    ]
    head = CONTRACTS.splitlines()[0]
    wrong = "".join(
        f"{head},annual_rate,due_day\n" if number == 0 else line
        for number, line in enumerate(
            (
                "",
                "b9,丁,13900000009,b9-j,jiebei_like,1,示例,2026-09-10,false,0.50,10\n",
                "b9,丁,13900000009,b9-k,jiebei_like,1,示例,2026-09-10,false,0.146,45\n",
            )
        )
    )
    report = load(engine, tmp_path, RecordKind.CONTRACTS, wrong)
    assert [(row.line, row.field) for row in report.rejected] == [
        (2, "annual_rate"),
        (3, "due_day"),
    ]


def test_json_lines_with_binary_fractions_are_refused(
    engine: AccountEngine, tmp_path: Path
) -> None:
    load(engine, tmp_path, RecordKind.CONTRACTS, CONTRACTS)
    row = (
        '{"event_id":"p","borrower_id":"b1","account_id":"b1-h",'
        '"paid_on":"2026-10-09","amount":1.1}'
    )
    report = load(engine, tmp_path, RecordKind.PAYMENTS, row, name="payments.jsonl")
    assert "write amounts and rates as text" in report.rejected[0].reason


def test_unknown_columns_and_products(engine: AccountEngine, tmp_path: Path) -> None:
    typo = PAYMENTS.replace("amount", "ammount")
    report = load(engine, tmp_path, RecordKind.PAYMENTS, typo)
    assert report.rejected[0].field == "ammount"
    no_product = CONTRACTS.replace("huabei_like,1", "huabei_like,99")
    report = load(engine, tmp_path, RecordKind.CONTRACTS, no_product)
    assert [row.line for row in report.rejected] == [2, 3]


def test_scores_and_loans(engine: AccountEngine, tmp_path: Path) -> None:
    loans = (
        "event_id,borrower_id,account_id,disbursed_on,loan_id,principal,terms,method,first_due\n"
        "loan-1,b3,b3-j,2026-09-10,l1,1200.00,12,equal_principal,2026-10-10\n"
    )
    contract = CONTRACTS.splitlines()[0] + (
        "\nb3,丙,13900000003,b3-j,jiebei_like,1,示例消费金融公司,2026-09-10,false\n"
    )
    scores = "event_id,borrower_id,reported_on,score,source\nscore-1,b3,2026-09-11,612,芝麻\n"
    load(engine, tmp_path, RecordKind.CONTRACTS, contract)
    assert load(engine, tmp_path, RecordKind.LOANS, loans).rejected == ()
    assert load(engine, tmp_path, RecordKind.SCORES, scores).stored == 1
    assert (
        load(engine, tmp_path, RecordKind.SCORES, scores.replace("612", "6x2")).rejected[0].field
        == "score"
    )
    # Equal principal: 1200.00 / 12 = 100.00 a row.
    rows = engine.state("b3").accounts[0].schedule
    assert {row.principal for row in rows} == {Money.yuan("100.00")}

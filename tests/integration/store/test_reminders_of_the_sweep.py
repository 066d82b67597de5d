"""A due date and a reporting date are told ahead, once each, whichever nights are swept."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from account_engine.catalogue.products import Products
from account_engine.domain.events import BillIssued, Event, EventKind
from account_engine.domain.money import Money
from account_engine.domain.terms import Contract
from account_engine.portfolio.batch import Night
from account_engine.portfolio.generate import generate
from account_engine.portfolio.sweep import sweep
from account_engine.ports import NewBorrower
from account_engine.services.clock import BUSINESS_ZONE
from account_engine.services.engine import AccountEngine
from account_engine.store import tables
from account_engine.store.codec import ContractCodec
from account_engine.store.sql_store import SqlStore
from tests.integration.store.engines import TODAY, settings

DUE = date(2026, 11, 24)
"""Three days after 2026-11-21."""

Told = list[tuple[date, str]]


def bill(url: str, due: date, statement_on: date) -> None:
    """A 花呗 bill of 1,000.00 of one borrower."""
    engine = AccountEngine.from_settings(settings(url))
    terms = engine.products.latest("huabei_like")
    contract = Contract("a", "b", terms, "示例消费金融公司", date(2025, 1, 1))
    issued = BillIssued("bill", statement_on, due, Money.yuan("1000.00"))
    booked = datetime.combine(statement_on, datetime.min.time(), BUSINESS_ZONE)
    with engine.store.write() as writer:
        writer.add_borrower(NewBorrower("b", "某女士", "13800000000"))
        writer.add_contract(contract)
        writer.append(
            "b", [Event("bill", "b", "a", EventKind.BILL_ISSUED, statement_on, booked, issued)]
        )
    engine.close()


def nights(url: str, *days: date) -> None:
    for day in days:
        sweep(settings(url), Night(day))


def told(url: str, kind: str) -> Told:
    engine = AccountEngine.from_settings(settings(url))
    columns = tables.outbox.c
    query = select(columns.business_date, columns.content).where(columns.kind == kind)
    with engine.store.read() as reader:
        found = [(row[0], row[1]) for row in reader.connection.execute(query)]
    engine.close()
    return found


def each_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=days) for days in range((last - first).days + 1)]


def test_a_bill_due_in_three_days_is_announced_exactly_once(migrated: str) -> None:
    bill(migrated, DUE, date(2026, 11, 1))
    nights(migrated, *each_day(date(2026, 11, 19), date(2026, 11, 27)))
    assert told(migrated, "payment_due_soon") == [
        (TODAY, '{"amount":"1000.00","due":"2026-11-24"}')
    ]


def test_also_where_that_night_was_left_out(migrated: str) -> None:
    bill(migrated, DUE, date(2026, 11, 1))
    nights(migrated, date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 23))
    assert [on for on, _ in told(migrated, "payment_due_soon")] == [date(2026, 11, 22)]


def test_also_where_the_bill_came_late(migrated: str) -> None:
    # Issued two days before it is due.
    bill(migrated, DUE, date(2026, 11, 22))
    nights(migrated, *each_day(date(2026, 11, 21), date(2026, 11, 25)))
    assert [on for on, _ in told(migrated, "payment_due_soon")] == [date(2026, 11, 22)]


def test_what_is_due_today_is_not_soon(migrated: str) -> None:
    bill(migrated, DUE, date(2026, 11, 1))
    nights(migrated, DUE)
    assert told(migrated, "payment_due_soon") == []


def test_who_falls_behind_shortly_before_the_reporting_date_is_told_as_well(migrated: str) -> None:
    # 征信业管理条例 15. Reports go out on the last day of a month, 11-30, and five days before, on
    # the 25th, nothing is overdue yet. Due on the 27th: overdue from the 28th.
    bill(migrated, date(2026, 11, 27), date(2026, 11, 1))
    nights(migrated, *each_day(date(2026, 11, 24), date(2026, 11, 30)))
    told_on = [(date(2026, 11, 28), '{"reporting_date":"2026-11-30"}')]
    assert told(migrated, "credit_report_ahead") == told_on


def test_an_invented_portfolio_has_bills_due_soon(migrated: str) -> None:
    # One in eight has a bill due on the 24th, most of them pay on the day: some of 300 for sure.
    products = Products.load(settings(migrated).data_dir / "products")
    store = SqlStore(migrated, ContractCodec(products.terms))
    generate(store, products, 300, 5, TODAY)
    store.close()
    nights(migrated, TODAY)
    soon = [content for _, content in told(migrated, "payment_due_soon")]
    assert sum('"due":"2026-11-24"' in content for content in soon) >= 10

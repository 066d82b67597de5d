"""What actions and channels call, on the demonstration borrowers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from account_engine.domain.events import EventKind
from account_engine.domain.money import Money
from account_engine.domain.payloads import Component, DisputeReason, HardshipKind
from account_engine.domain.quote import QuoteKind
from account_engine.errors import UnknownAccount, UnknownBorrower
from account_engine.services.clock import BUSINESS_ZONE, BusinessClock
from account_engine.services.engine import AccountEngine
from account_engine.services.settings import Settings, WrongSetting
from tests.integration.store.engines import TODAY, demo_engine


@pytest.fixture
def engine(migrated: str) -> Iterator[AccountEngine]:
    with demo_engine(migrated) as opened:
        yield opened


def kinds(engine: AccountEngine, borrower_id: str, kind: EventKind) -> int:
    return sum(event.kind is kind for event in engine.history(borrower_id).events)


def test_ten_days_later_costs_only_more_penalty(engine: AccountEngine) -> None:
    # 3268.40 × 0.0005 × 2 = 3.27 today, × 12 = 19.61 on 1 December: 16.34 more.
    found = engine.compare("wang", QuoteKind.DUE_NOW, date(2026, 12, 1))
    assert found.difference == Money.yuan("16.34")
    (line,) = found.items
    assert (line.component, line.before, line.after) == (
        Component.PENALTY,
        Money.yuan("3.27"),
        Money.yuan("19.61"),
    )
    assert line.difference == found.difference == found.after.total - found.before.total


def test_what_is_said_twice_is_kept_once(engine: AccountEngine) -> None:
    for _ in range(2):
        engine.promise("wang", Money.yuan("500.00"), date(2026, 11, 25))
        engine.declare_hardship("wang", HardshipKind.INCOME_LOSS)
        engine.open_dispute("wang", "wang-huabei", DisputeReason.WRONG_AMOUNT)
    assert kinds(engine, "wang", EventKind.PROMISE_MADE) == 1
    assert kinds(engine, "wang", EventKind.HARDSHIP_DECLARED) == 1
    assert kinds(engine, "wang", EventKind.DISPUTE_OPENED) == 1
    # A promise changes no debt.
    assert engine.state("wang").promises[0].amount == Money.yuan("500.00")


def test_another_process_is_seen_at_once(engine: AccountEngine, migrated: str) -> None:
    assert engine.state("wang").accounts[0].disputed is False
    with demo_engine(migrated) as other:
        other.open_dispute("wang", "wang-huabei", DisputeReason.PAID_ALREADY)
    assert engine.state("wang").accounts[0].disputed is True


def test_nobody_sees_an_account_of_somebody_else(engine: AccountEngine) -> None:
    with pytest.raises(UnknownAccount):
        engine.quote("wang", QuoteKind.DUE_NOW, account_ids=["zhang-huabei"])
    with pytest.raises(UnknownAccount):
        engine.what_if_payment("wang", Money.yuan("1.00"), TODAY, "zhang-huabei")
    with pytest.raises(UnknownAccount):
        engine.open_dispute("wang", "zhang-huabei", DisputeReason.OTHER)
    with pytest.raises(UnknownBorrower) as unknown:
        engine.state("somebody")
    assert "somebody" not in str(unknown.value)


def test_the_phone_number_is_masked(engine: AccountEngine) -> None:
    assert engine.borrower("wang").phone_masked == "138****0003"


def test_the_business_day_turns_at_midnight_in_shanghai() -> None:
    clock = BusinessClock()
    assert clock.now().tzinfo is BUSINESS_ZONE
    assert BusinessClock(TODAY).now().date() == TODAY


def test_settings_come_from_the_environment() -> None:
    found = Settings.from_env({"YUQI_BUSINESS_DATE": "2026-11-21", "YUQI_DATABASE_URL": ""})
    assert found.business_date == TODAY
    assert found.database_url == "sqlite:///var/accounts.db"
    with pytest.raises(WrongSetting) as wrong:
        Settings.from_env({"YUQI_BUSINESS_DATE": "tomorrow"})
    assert wrong.value.field == "YUQI_BUSINESS_DATE"

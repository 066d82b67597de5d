"""The nightly pass finds what a night brings, once, also when it is killed on the way."""

from __future__ import annotations

import os
import random
import signal
import time
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from account_engine.catalogue.products import Products
from account_engine.domain.events import BillIssued, Event, EventKind, Payment
from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.portfolio.batch import Looking, Night
from account_engine.portfolio.cluster import local_cluster
from account_engine.portfolio.generate import generate
from account_engine.portfolio.sweep import NightOutOfOrder, sweep
from account_engine.services.clock import BUSINESS_ZONE
from account_engine.services.verification import verify
from account_engine.store import tables
from account_engine.store.codec import ContractCodec
from account_engine.store.sql_store import SqlStore
from tests.integration.store.engines import (
    TODAY,
    demo_engine,
    expect_killed,
    finish,
    lengthen,
    settings,
    start,
)

SWEEP = ("-m", "account_engine", "sweep", "--workers", "0", "--batch", "13")
BORROWERS = 60
DEMO = 6  # demonstration borrowers beside them


@pytest.fixture
def portfolio(migrated: str) -> str:
    """The demonstration borrowers among 60 invented ones."""
    with demo_engine(migrated) as engine:
        products = Products.load(settings(migrated).data_dir / "products")
        generate(engine.store, products, BORROWERS, 5, TODAY)
    return migrated


def result(url: str) -> dict[str, list[Any]]:
    """Everything that sweeps have stored, comparable."""
    store = SqlStore(url, ContractCodec(lambda _product, _version: pytest.fail("not needed")))
    outbox, stages, events = tables.outbox.c, tables.stages.c, tables.events.c
    queries = {
        "outbox": select(outbox.message_id, outbox.kind, outbox.content),
        "stages": select(stages.borrower_id, stages.quiet_until, stages.content),
        "broken": select(events.event_id).where(events.kind == EventKind.PLAN_BROKEN.value),
    }
    with store.read() as reader:
        found = {
            name: sorted(map(str, reader.connection.execute(query)))
            for name, query in queries.items()
        }
    store.close()
    return found


def undisturbed(url: str) -> dict[str, list[Any]]:
    sweep(settings(url), Night(TODAY), batch=13)
    return result(url)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What the same portfolio gives when nobody disturbs the sweep."""
    from account_engine.store.migration import migrate

    url = f"sqlite:///{tmp_path_factory.mktemp('undisturbed')}/accounts.db"
    migrate(url)
    with demo_engine(url) as engine:
        products = Products.load(settings(url).data_dir / "products")
        generate(engine.store, products, BORROWERS, 5, TODAY)
    return undisturbed(url)


def kinds_of(url: str, borrower_id: str, night: date) -> dict[str, Any]:
    store = SqlStore(url, ContractCodec(lambda _product, _version: pytest.fail("not needed")))
    columns = tables.outbox.c
    with store.read() as reader:
        rows = reader.connection.execute(
            select(columns.kind, columns.account_id, columns.content).where(
                columns.borrower_id == borrower_id, columns.business_date == night
            )
        ).all()
    store.close()
    return {f"{kind}:{account}": content for kind, account, content in rows}


def test_first_night_tells_every_state_and_the_second_only_what_is_new(portfolio: str) -> None:
    report = sweep(settings(portfolio), Night(TODAY), batch=13)
    assert report.borrowers == BORROWERS + DEMO
    assert set(kinds_of(portfolio, "wang", TODAY)) == {"state_entered:wang-huabei"}
    # 王女士: due 2026-11-19, not paid; on the 22nd she is 3 days late and still M1. On the 23rd,
    # day 4, collection turns from a reminder to early collection, and nothing else changes.
    for days in (1, 2):
        sweep(settings(portfolio), Night(TODAY + timedelta(days=days)), batch=13)
    assert kinds_of(portfolio, "wang", TODAY + timedelta(days=1)) == {}
    (change,) = kinds_of(portfolio, "wang", TODAY + timedelta(days=2)).values()
    assert change == '{"after":{"collection":"early"},"before":{"collection":"reminder"}}'


def test_a_due_date_is_announced_three_days_ahead(portfolio: str) -> None:
    # 陈女士: 花呗 falls due on 2026-11-26 with 1,280.00; three days before is the 23rd.
    sweep(settings(portfolio), Night(TODAY), batch=13)
    night = TODAY + timedelta(days=2)
    sweep(settings(portfolio), Night(night), batch=13)
    found = kinds_of(portfolio, "chen", night)
    assert found["payment_due_soon:chen-huabei"] == '{"amount":"1280.00","due":"2026-11-26"}'


def test_a_broken_plan_is_found_and_told_once(portfolio: str) -> None:
    with demo_engine(portfolio) as engine:
        proposal = engine.propose("zhao", Wishes(terms=3))
        option = next(one for one in proposal.options if not one.needs_approval)
        engine.accept("zhao", option.offer_id)
    first_due = option.schedule[0].due
    for days in (0, 1, 2):
        sweep(settings(portfolio), Night(first_due + timedelta(days=days)), batch=13)
    # Due that day: not broken yet. The day after it is, and the night after that nothing is added.
    assert "plan_broken:zhao-jiebei" not in kinds_of(portfolio, "zhao", first_due)
    found = kinds_of(portfolio, "zhao", first_due + timedelta(days=1))
    assert "plan_broken:zhao-jiebei" in found
    assert "plan_broken:zhao-jiebei" not in kinds_of(
        portfolio, "zhao", first_due + timedelta(days=2)
    )
    assert len(result(portfolio)["broken"]) == 1


def test_sweeping_a_night_again_does_nothing(portfolio: str) -> None:
    before = undisturbed(portfolio)
    assert undisturbed(portfolio) == before


def test_nights_only_go_forward(portfolio: str) -> None:
    sweep(settings(portfolio), Night(TODAY), batch=13)
    with pytest.raises(NightOutOfOrder):
        sweep(settings(portfolio), Night(TODAY - timedelta(days=1)), batch=13)


def test_passing_over_the_quiet_finds_the_same_as_looking_at_everybody(
    portfolio: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # Seven nights in a row, once looking only at who may have changed, once at everybody. In the
    # third, each account that gets bills is sent one and every second one is paid at once.
    from account_engine.store.migration import migrate

    other = f"sqlite:///{tmp_path_factory.mktemp('everybody')}/accounts.db"
    migrate(other)
    with demo_engine(other) as engine:
        products = Products.load(settings(other).data_dir / "products")
        generate(engine.store, products, BORROWERS, 5, TODAY)
    for days in range(7):
        night = TODAY + timedelta(days=days)
        for url in (portfolio, other):
            if days == 2:
                send_bills(url, night)
        sweep(settings(portfolio), Night(night), batch=30)
        sweep(settings(other), Night(night, Looking.EVERYBODY), batch=30)
    assert result(portfolio)["outbox"] == result(other)["outbox"]
    assert any("2026-11-28" in row for row in result(portfolio)["outbox"])


def send_bills(url: str, on: date) -> None:
    """A bill of 500.00 due five days later for each invented account that gets bills."""
    products = Products.load(settings(url).data_dir / "products")
    store = SqlStore(url, ContractCodec(products.terms))
    booked = datetime.combine(on, datetime.min.time(), BUSINESS_ZONE)
    for number in range(1, BORROWERS + 1):
        borrower_id, account_id = f"g{number:09d}", f"g{number:09d}-h"
        with store.write() as writer:
            if account_id not in {one.account_id for one in writer.contracts(borrower_id)}:
                continue
            name = f"{account_id}-extra"
            bill = BillIssued(name, on, on + timedelta(days=5), Money.yuan("500.00"))
            news = [Event(name, borrower_id, account_id, EventKind.BILL_ISSUED, on, booked, bill)]
            if number % 2:
                paid = Payment(Money.yuan("500.00"))
                news.append(
                    Event(f"{name}-p", borrower_id, account_id, EventKind.PAYMENT, on, booked, paid)
                )
            writer.append(borrower_id, news)
    store.close()


@pytest.mark.parametrize(
    "failpoint", ["sweep-before-write:2", "sweep-before-commit:3", "sweep-after-commit:1"]
)
def test_killed_in_the_middle_and_started_again(
    portfolio: str, expected: dict[str, list[Any]], failpoint: str
) -> None:
    expect_killed(start(portfolio, *SWEEP, failpoint=failpoint))
    half = result(portfolio)
    assert set(half["outbox"]) < set(expected["outbox"])
    finish(start(portfolio, *SWEEP))
    assert result(portfolio) == expected


def test_killed_at_any_moment_again_and_again(
    portfolio: str, expected: dict[str, list[Any]]
) -> None:
    moments = random.Random(11)
    for _ in range(3):
        process = start(portfolio, *SWEEP)
        time.sleep(moments.uniform(0.5, 3.0))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert set(result(portfolio)["outbox"]) <= set(expected["outbox"])
    finish(start(portfolio, *SWEEP))
    assert result(portfolio) == expected


def test_killed_with_workers_of_its_own(portfolio: str, expected: dict[str, list[Any]]) -> None:
    # Two worker processes, all killed with their parent; the rest is done without them.
    process = start(portfolio, "-m", "account_engine", "sweep", "--batch", "13")
    time.sleep(6)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert set(result(portfolio)["outbox"]) <= set(expected["outbox"])
    finish(start(portfolio, *SWEEP))
    assert result(portfolio) == expected


def test_two_sweeps_at_once_share_the_work(portfolio: str, expected: dict[str, list[Any]]) -> None:
    both = [start(portfolio, *SWEEP), start(portfolio, *SWEEP)]
    for process in both:
        finish(process)
    assert result(portfolio) == expected


def test_dask_workers_find_the_same(portfolio: str, expected: dict[str, list[Any]]) -> None:
    with local_cluster(workers=2) as runner:
        sweep(settings(portfolio), Night(TODAY), runner, batch=13)
    assert result(portfolio) == expected


def test_a_swept_portfolio_verifies(portfolio: str) -> None:
    sweep(settings(portfolio), Night(TODAY), batch=13)
    with demo_engine(portfolio) as engine:
        found = verify(engine.store)
    assert found.problems == ()
    assert found.borrowers == BORROWERS + DEMO
    assert found.audit_entries >= 1


def test_snapshots_are_only_a_cache(portfolio: str) -> None:
    # Whoever is overdue after a night and has a long history (王女士 has not) has a snapshot; the
    # state is the same with and without it.
    with demo_engine(portfolio) as engine:
        lengthen(engine, "zhang")
    sweep(settings(portfolio), Night(TODAY), batch=13)
    with demo_engine(portfolio) as engine:
        with engine.store.read() as reader:
            assert reader.snapshot("wang", reader.version("wang"), TODAY) is None
            version = reader.version("zhang")
            assert reader.snapshot("zhang", version, TODAY) == engine.state("zhang")
            assert reader.snapshot("zhang", version - 1, TODAY) is None
        with engine.store.write() as writer:
            writer.connection.execute(delete(tables.snapshots))
    with demo_engine(portfolio) as engine, engine.store.read() as reader:
        stream = reader.stream("zhang")
        assert reader.snapshot("zhang", stream.version, TODAY) is None
        assert engine.state("zhang") == fold(stream.contracts, stream.events, TODAY)

"""`verify` sees what somebody with full rights over the database has done to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import Connection

from account_engine.portfolio.batch import Night
from account_engine.portfolio.sweep import sweep
from account_engine.services.engine import AccountEngine
from account_engine.services.verification import Finding, verify
from account_engine.store.append_only import drop_append_only
from tests.integration.store.engines import TODAY, demo_engine, lengthen, settings


@pytest.fixture
def engine(migrated: str) -> Iterator[AccountEngine]:
    with demo_engine(migrated) as opened:
        yield opened


def tamper(url: str, *statements: str) -> None:
    """What an administrator could do: take the triggers away, then change what is stored."""
    engine = create_engine(url, future=True)
    with engine.begin() as connection:
        for table in ("events", "contracts", "audit_log"):
            for statement in _without_triggers(connection, table):
                connection.exec_driver_sql(statement)
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def _without_triggers(connection: Connection, table: str) -> Iterator[str]:
    return drop_append_only(connection.dialect.name, table)


def found(engine: AccountEngine) -> set[tuple[Finding, str]]:
    return {(problem.finding, problem.subject) for problem in verify(engine.store).problems}


def test_an_honest_store_is_well(engine: AccountEngine) -> None:
    assert found(engine) == set()


def test_a_payment_made_smaller(engine: AccountEngine, migrated: str) -> None:
    # 王女士 paid 1,846.50 in September; somebody makes it 846.50.
    tamper(
        migrated,
        'UPDATE events SET payload = \'{"amount":"846.50","channel":"app"}\' '
        "WHERE event_id = 'demo:wang:2'",
    )
    assert (Finding.EVENT_CHANGED, "wang") in found(engine)


def test_a_payment_moved_to_another_day(engine: AccountEngine, migrated: str) -> None:
    tamper(migrated, "UPDATE events SET value_date = '2026-09-25' WHERE event_id = 'demo:wang:2'")
    assert (Finding.EVENT_CHANGED, "wang") in found(engine)


def test_a_payment_taken_out_of_the_middle(engine: AccountEngine, migrated: str) -> None:
    tamper(migrated, "DELETE FROM events WHERE event_id = 'demo:wang:2'")
    assert (Finding.CHAIN_BROKEN, "wang") in found(engine)


def test_the_last_event_cut_off(engine: AccountEngine, migrated: str) -> None:
    tamper(migrated, "DELETE FROM events WHERE event_id = 'demo:wang:5'")
    assert (Finding.EVENTS_MISSING, "wang") in found(engine)


def test_the_last_event_cut_off_and_the_head_put_right(
    engine: AccountEngine, migrated: str
) -> None:
    # A careful forger also sets the borrower back to the version before; the nightly seal in the
    # audit log still tells.
    sweep(settings(migrated), Night(TODAY))
    assert found(engine) == set()
    tamper(
        migrated,
        "DELETE FROM events WHERE event_id = 'demo:wang:5'",
        "UPDATE borrowers SET version = 4, sealed_version = 4, chain_hash = (SELECT chain_hash "
        "FROM events WHERE borrower_id = 'wang' AND version = 4) WHERE borrower_id = 'wang'",
    )
    assert found(engine) == {(Finding.SEAL_BROKEN, "2026-11-21")}


@pytest.mark.parametrize("who", ["chen", "wang", "zhao"], ids=["first", "inside", "last"])
def test_a_borrower_made_to_disappear(engine: AccountEngine, migrated: str, who: str) -> None:
    sweep(settings(migrated), Night(TODAY))
    tables = ("events", "contracts", "borrowers")
    gone = [f"DELETE FROM {table} WHERE borrower_id = '{who}'" for table in tables]  # noqa: S608
    tamper(migrated, *gone)
    assert found(engine) == {(Finding.SEAL_BROKEN, "2026-11-21")}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            "UPDATE contracts SET content = replace(content, 'true', 'false') "
            "WHERE account_id = 'zhang-huabei'",
            (Finding.CONTRACT_CHANGED, "zhang"),
        ),
        (
            "UPDATE audit_log SET detail = replace(detail, '5', '4') WHERE position = 1",
            (Finding.AUDIT_LOG_BROKEN, "1"),
        ),
    ],
)
def test_contracts_and_the_audit_log(
    engine: AccountEngine,
    migrated: str,
    statement: str,
    expected: tuple[Finding, str],
) -> None:
    sweep(settings(migrated), Night(TODAY))
    tamper(migrated, statement)
    assert expected in found(engine)


def test_an_event_that_can_no_longer_be_read(engine: AccountEngine, migrated: str) -> None:
    tamper(migrated, "UPDATE events SET payload = 'nonsense' WHERE event_id = 'demo:wang:2'")
    assert (Finding.CANNOT_BE_FOLDED, "wang") in found(engine)


def test_a_snapshot_that_is_not_what_the_events_give(engine: AccountEngine, migrated: str) -> None:
    # The folded states of 王女士 and 张先生 are put in each other's place.
    for borrower_id in ("wang", "zhang"):
        lengthen(engine, borrower_id)
    sweep(settings(migrated), Night(TODAY))
    assert found(engine) == set()
    tamper(
        migrated,
        "UPDATE snapshots SET content = (SELECT content FROM snapshots "
        "WHERE borrower_id = 'zhang') WHERE borrower_id = 'wang'",
    )
    assert found(engine) == {(Finding.SNAPSHOT_DIFFERS, "wang")}

"""Events are appended once, in order, and only under the version that was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from account_engine.errors import (
    ConcurrentChange,
    ConflictingContract,
    ConflictingEvent,
    UnknownAccount,
    UnknownBorrower,
)
from account_engine.ports import Ingested
from account_engine.store.sql_store import SqlStore
from tests.integration.store.samples import contract, payment, with_borrower


def test_events_come_back_as_they_went_in(store: SqlStore) -> None:
    events = (payment("e1", "10.00"), payment("e2", "0.01", account_id=None))
    with with_borrower(store).write() as writer:
        assert writer.append("b1", events) == (Ingested.APPENDED, Ingested.APPENDED)
    with store.read() as reader:
        stream = reader.stream("b1")
    assert stream.events == events
    assert stream.version == 2
    assert stream.contracts == (contract(),)


def test_same_id_and_content_is_stored_once(store: SqlStore) -> None:
    with with_borrower(store).write() as writer:
        writer.append("b1", [payment("e1")])
    # The lender's system sends it again, an hour later by its own clock: still the same event.
    again = replace(payment("e1"), booked_at=payment("e1").booked_at + timedelta(hours=1))
    with store.write() as writer:
        assert writer.append("b1", [again, payment("e2"), payment("e2")]) == (
            Ingested.DUPLICATE,
            Ingested.APPENDED,
            Ingested.DUPLICATE,
        )
    with store.read() as reader:
        assert [event.event_id for event in reader.stream("b1").events] == ["e1", "e2"]


def test_same_id_with_other_content_is_refused_and_nothing_is_stored(store: SqlStore) -> None:
    with with_borrower(store).write() as writer:
        writer.append("b1", [payment("e1", "10.00")])
    with pytest.raises(ConflictingEvent), store.write() as writer:
        writer.append("b1", [payment("e0"), payment("e1", "10.01")])
    with store.read() as reader:
        assert reader.version("b1") == 1


def test_an_id_taken_by_another_borrower_is_refused(store: SqlStore) -> None:
    with_borrower(with_borrower(store), "b2", "a2")
    with store.write() as writer:
        writer.append("b1", [payment("e1")])
    with pytest.raises(ConflictingEvent), store.write() as writer:
        writer.append("b2", [payment("e1", borrower_id="b2", account_id="a2")])


def test_a_version_that_has_moved_is_refused(store: SqlStore) -> None:
    with with_borrower(store).write() as writer:
        writer.append("b1", [payment("e1")], expected_version=0)
    with pytest.raises(ConcurrentChange), store.write() as writer:
        writer.append("b1", [payment("e2")], expected_version=0)


def test_a_lost_race_is_run_again(store: SqlStore) -> None:
    with_borrower(store)
    seen: list[int] = []

    def append_after_reading(writer: object) -> tuple[Ingested, ...]:
        version = writer.version("b1")  # type: ignore[attr-defined]
        seen.append(version)
        if len(seen) == 1:  # somebody else was quicker than the first attempt
            raise ConcurrentChange("simulated")
        return writer.append("b1", [payment("e1")], version)  # type: ignore[attr-defined,no-any-return]

    assert store.retrying(append_after_reading) == (Ingested.APPENDED,)
    assert seen == [0, 0]


def test_nothing_is_stored_when_the_block_fails(store: SqlStore) -> None:
    with_borrower(store)

    def append_then_fail() -> None:
        with store.write() as writer:
            writer.append("b1", [payment("e1")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        append_then_fail()
    with store.read() as reader:
        assert reader.stream("b1").events == ()


def test_unknown_borrowers_and_accounts(store: SqlStore) -> None:
    with_borrower(store)
    with pytest.raises(UnknownBorrower), store.read() as reader:
        reader.stream("nobody")
    with pytest.raises(UnknownAccount), store.write() as writer:
        writer.append("b1", [payment("e1", account_id="somebody-else's")])
    with pytest.raises(UnknownBorrower), store.write() as writer:
        writer.append("b1", [payment("e1", borrower_id="b2")])


def test_a_contract_is_stored_once_and_never_changed(store: SqlStore) -> None:
    with with_borrower(store).write() as writer:
        assert writer.add_contract(contract()) is Ingested.DUPLICATE
    with pytest.raises(ConflictingContract), store.write() as writer:
        writer.add_contract(replace(contract(), cross_recall=True))


def test_the_phone_number_never_leaves_whole(store: SqlStore) -> None:
    with with_borrower(store).read() as reader:
        assert reader.borrower("b1").phone_masked == "138****0001"

"""Whom nobody may contact first: kept in the store, lifted by a person, seen by every process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from account_engine.errors import UnknownBorrower, UnknownCase
from account_engine.services.clock import BUSINESS_ZONE
from account_engine.services.engine import AccountEngine
from account_engine.services.offers import DecisionIncomplete
from account_engine.services.outreach import HoldReason
from account_engine.services.verification import verify
from tests.integration.store.engines import demo_engine

EVENING = datetime(2026, 11, 21, 21, 30, tzinfo=BUSINESS_ZONE)


@pytest.fixture
def engine(migrated: str) -> Iterator[AccountEngine]:
    with demo_engine(migrated) as opened:
        yield opened


def test_another_process_sees_a_hold_until_a_person_lifts_it(
    engine: AccountEngine, migrated: str
) -> None:
    hold = engine.outreach.hold("wang", HoldReason.WELLBEING, "conversation", EVENING)
    with demo_engine(migrated) as other:
        assert other.outreach.held() == {"wang"}
        lifted = other.outreach.lift(hold.case_id, "林主管", "通过电话，人安全", EVENING)
    assert (lifted.lifted_by, lifted.note) == ("林主管", "通过电话，人安全")
    assert engine.outreach.held() == frozenset()


def test_said_again_the_first_hold_stands(engine: AccountEngine) -> None:
    first = engine.outreach.hold("wang", HoldReason.WELLBEING, "conversation", EVENING)
    again = engine.outreach.hold(
        "wang", HoldReason.WELLBEING, "conversation", EVENING + timedelta(hours=1)
    )
    assert again == first
    assert len(engine.outreach.in_force()) == 1


def test_after_a_lift_the_next_hold_is_a_new_case(engine: AccountEngine) -> None:
    first = engine.outreach.hold("wang", HoldReason.WELLBEING, "conversation", EVENING)
    engine.outreach.lift(first.case_id, "林主管", "人安全", EVENING)
    second = engine.outreach.hold("wang", HoldReason.WELLBEING, "conversation", EVENING)
    assert second.case_id != first.case_id
    assert engine.outreach.held() == {"wang"}


def test_lifting_wants_a_name_a_note_and_a_hold(engine: AccountEngine) -> None:
    hold = engine.outreach.hold("wang", HoldReason.WELLBEING, "conversation", EVENING)
    with pytest.raises(DecisionIncomplete):
        engine.outreach.lift(hold.case_id, " ", "人安全", EVENING)
    with pytest.raises(DecisionIncomplete):
        engine.outreach.lift(hold.case_id, "林主管", "", EVENING)
    with pytest.raises(UnknownCase):
        engine.outreach.lift("outreach/nobody/1", "林主管", "人安全", EVENING)
    assert engine.outreach.held() == {"wang"}


def test_the_borrower_takes_back_only_the_own_wish_for_silence(engine: AccountEngine) -> None:
    engine.outreach.hold("wang", HoldReason.ASKED_TO_STOP, "conversation", EVENING)
    engine.outreach.hold("wang", HoldReason.WELLBEING, "conversation", EVENING)
    assert engine.outreach.lift_own("wang", EVENING) is True
    assert [one.reason for one in engine.outreach.in_force("wang")] == [HoldReason.WELLBEING]
    assert engine.outreach.lift_own("wang", EVENING) is False


def test_nobody_of_that_name(engine: AccountEngine) -> None:
    with pytest.raises(UnknownBorrower):
        engine.outreach.hold("nobody", HoldReason.WELLBEING, "conversation", EVENING)


def test_the_audit_log_tells_who_held_and_who_lifted(engine: AccountEngine) -> None:
    hold = engine.outreach.hold("wang", HoldReason.WELLBEING, "conversation", EVENING)
    before = verify(engine.store).audit_entries
    engine.outreach.lift(hold.case_id, "林主管", "人安全", EVENING)
    found = verify(engine.store)
    assert (found.audit_entries, found.problems) == (before + 1, ())

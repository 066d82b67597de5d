"""A conversation goes to a person and comes back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from identity.handoff import CaseUnknown, HandoffService, HandoffState
from identity.service import IdentityService


@pytest.fixture
def handoffs(service: IdentityService) -> HandoffService:
    return HandoffService(service.database)


def test_asking_twice_while_waiting_is_one_case(handoffs: HandoffService, now: datetime) -> None:
    first = handoffs.request_handoff("web-1", "hardship", {"owed": "1,234.50 元"}, now)
    again = handoffs.request_handoff("web-1", "hardship", {}, now + timedelta(minutes=1))
    assert again == first
    assert first.state is HandoffState.WAITING
    assert first.case_number.startswith("R20261121-")


def test_places_in_the_queue_move_up(handoffs: HandoffService, now: datetime) -> None:
    cases = [handoffs.request_handoff(f"web-{n}", "asked", {}, now) for n in (1, 2, 3)]
    assert [case.position for case in cases] == [1, 2, 3]
    handoffs.take(cases[0].case_number, "ms-wu", now)
    waiting = handoffs.current("web-3")
    assert waiting is not None
    assert waiting.position == 2


def test_one_person_takes_a_case_and_it_comes_back(handoffs: HandoffService, now: datetime) -> None:
    case = handoffs.request_handoff("web-1", "asked", {}, now).case_number
    assert handoffs.take(case, "ms-wu", now).state is HandoffState.ACTIVE
    assert handoffs.take(case, "ms-wu", now).person == "ms-wu"
    with pytest.raises(CaseUnknown):
        handoffs.take(case, "mr-he", now)
    assert handoffs.close(case, now).state is HandoffState.CLOSED
    assert handoffs.current("web-1") is None
    with pytest.raises(CaseUnknown):
        handoffs.close(case, now)
    assert handoffs.request_handoff("web-1", "asked", {}, now).case_number != case


def test_another_reason_is_added_to_the_open_case(handoffs: HandoffService, now: datetime) -> None:
    first = handoffs.request_handoff("web-1", "asked", {"signed_in": True}, now)
    told = {"signed_in": False, "complaint": {"answer_by": "2026-12-06"}}
    again = handoffs.request_handoff("web-1", "harassment", told, now + timedelta(minutes=1))
    assert again.case_number == first.case_number
    assert again.reason == "asked"
    assert again.summary["signed_in"] is True  # what stood there is not written over
    assert again.summary["complaint"] == {"answer_by": "2026-12-06"}
    assert [one["reason"] for one in again.summary["also"]] == ["harassment"]
    assert handoffs.request_handoff("web-1", "harassment", told, now) == again


def test_who_may_be_in_danger_goes_before_everybody(
    handoffs: HandoffService, now: datetime
) -> None:
    for number in (1, 2):
        handoffs.request_handoff(f"web-{number}", "asked", {}, now)
    urgent = handoffs.request_handoff("web-3", "self_harm", {}, now)
    raised = handoffs.request_handoff("web-2", "self_harm", {}, now)
    # Of two urgent ones the older case comes first.
    assert [case.sender_id for case in handoffs.queue()] == ["web-2", "web-3", "web-1"]
    assert (raised.reason, raised.position) == ("self_harm", 1)
    assert urgent.position == 1  # nobody urgent was before it at that moment
    waiting = handoffs.current("web-3"), handoffs.current("web-1")
    assert [case.position for case in waiting if case] == [2, 3]

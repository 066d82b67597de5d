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
    again = handoffs.request_handoff("web-1", "anger", {}, now + timedelta(minutes=1))
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

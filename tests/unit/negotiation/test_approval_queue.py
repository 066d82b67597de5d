"""Plans that a person decides on: the queue, the decision, and what happens meanwhile."""

from __future__ import annotations

from datetime import date

import pytest

from account_engine.domain.events import (
    EventKind,
)
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import PlanAgreed
from account_engine.errors import UnknownCase
from account_engine.ports import BorrowerProfile, QueueStatus
from account_engine.services.decisions import Decision
from account_engine.services.negotiation import Negotiation
from account_engine.services.offers import (
    AcceptanceStatus,
    AlreadyDecided,
    DecisionIncomplete,
    NothingToWithdraw,
    UnknownOffer,
)
from tests.unit.negotiation.late_loan import (
    HARDSHIP,
    NOON,
    instalments,
    kinds,
    later,
    paid,
)
from tests.unit.negotiation.memory_store import MemoryStore


def waiting_for_a_person(desk: Negotiation, store: MemoryStore) -> tuple[str, str]:
    profile = BorrowerProfile("somebody", "某先生", "138****0000", vulnerable=("elderly",))
    store.tables.profiles["somebody"] = profile
    wishes = Wishes(terms=3, first_date=date(2026, 12, 5), hardship=HARDSHIP)
    option = desk.propose("somebody", wishes, NOON).options[0]
    result = desk.accept("somebody", option.offer_id, NOON)
    assert result.status is AcceptanceStatus.NEEDS_APPROVAL
    assert result.request_id is not None
    return option.offer_id, result.request_id


def test_a_plan_that_needs_a_person_waits_in_the_queue(
    desk: Negotiation, store: MemoryStore
) -> None:
    offer_id, request_id = waiting_for_a_person(desk, store)
    assert EventKind.PLAN_AGREED not in kinds(store)
    (item,) = desk.approvals()
    assert (item.item_id, item.subject) == (request_id, offer_id)
    assert item.content["causes"] == ["vulnerable"]
    assert item.content["role"] == "supervisor"
    # Asking again does not queue twice.
    again = desk.accept("somebody", offer_id, later(hours=2))
    assert again.status is AcceptanceStatus.NEEDS_APPROVAL
    assert len(desk.approvals()) == 1


def test_a_request_can_be_taken_back_and_made_again(desk: Negotiation, store: MemoryStore) -> None:
    offer_id, request_id = waiting_for_a_person(desk, store)
    taken_back = desk.withdraw("somebody", offer_id, later(hours=1))
    assert taken_back.status is AcceptanceStatus.WITHDRAWN
    assert desk.approvals() == ()
    with pytest.raises(NothingToWithdraw):
        desk.withdraw("somebody", offer_id, later(hours=1))
    again = desk.accept("somebody", offer_id, later(hours=2))
    assert again.status is AcceptanceStatus.NEEDS_APPROVAL
    assert again.request_id != request_id
    assert len(desk.approvals()) == 1
    assert again.request_id is not None
    result = desk.decide(
        again.request_id, Decision.APPROVE, "supervisor_wang", "同意", later(hours=3)
    )
    assert result.status is AcceptanceStatus.ACCEPTED


def test_a_plan_that_stands_is_not_taken_back(desk: Negotiation, store: MemoryStore) -> None:
    option = instalments(desk).options[0]
    desk.accept("somebody", option.offer_id, NOON)
    with pytest.raises(NothingToWithdraw):
        desk.withdraw("somebody", option.offer_id, NOON)
    with pytest.raises(UnknownOffer):
        desk.withdraw("somebody", "offer-made-up", NOON)


def test_an_approved_plan_carries_the_name_of_who_approved(
    desk: Negotiation, store: MemoryStore
) -> None:
    _, request_id = waiting_for_a_person(desk, store)
    result = desk.decide(request_id, Decision.APPROVE, "supervisor_wang", "材料属实", later(days=5))
    assert result.status is AcceptanceStatus.ACCEPTED
    payload = result.events[0].payload
    assert isinstance(payload, PlanAgreed)
    assert payload.approved_by == "supervisor_wang"
    assert desk.approvals() == ()
    (item,) = desk.approvals(QueueStatus.APPROVED)
    assert (item.decided_by, item.note) == ("supervisor_wang", "材料属实")
    again = desk.decide(request_id, Decision.APPROVE, "supervisor_wang", "材料属实", later(days=6))
    assert again.status is AcceptanceStatus.ALREADY_ACCEPTED
    assert kinds(store).count(EventKind.PLAN_AGREED) == 1
    with pytest.raises(AlreadyDecided):
        desk.decide(request_id, Decision.DECLINE, "supervisor_li", "改主意", later(days=6))


def test_a_declined_plan_stays_declined(desk: Negotiation, store: MemoryStore) -> None:
    offer_id, request_id = waiting_for_a_person(desk, store)
    result = desk.decide(request_id, Decision.DECLINE, "supervisor_wang", "资料不全", later(days=1))
    assert result.status is AcceptanceStatus.DECLINED
    again = desk.accept("somebody", offer_id, later(days=1))
    assert again.status is AcceptanceStatus.DECLINED
    assert EventKind.PLAN_AGREED not in kinds(store)


def test_a_decision_that_comes_too_late_books_nothing(
    desk: Negotiation, store: MemoryStore
) -> None:
    _, request_id = waiting_for_a_person(desk, store)
    result = desk.decide(request_id, Decision.APPROVE, "supervisor_wang", "同意", later(days=8))
    assert result.status is AcceptanceStatus.EXPIRED
    assert result.proposal is not None
    assert EventKind.PLAN_AGREED not in kinds(store)


def test_a_debt_that_moved_while_somebody_decided_is_not_booked_over(
    desk: Negotiation, store: MemoryStore
) -> None:
    _, request_id = waiting_for_a_person(desk, store)
    with store.write() as writer:
        writer.append("somebody", [paid("pay-1", "100.00", date(2026, 11, 22))])
    result = desk.decide(request_id, Decision.APPROVE, "supervisor_wang", "同意", later(days=2))
    assert result.status is AcceptanceStatus.REPLACED
    assert result.proposal is not None
    assert EventKind.PLAN_AGREED not in kinds(store)


@pytest.mark.parametrize(("by", "reason", "field"), [(" ", "同意", "by"), ("王", "", "reason")])
def test_a_decision_has_a_name_and_a_reason(
    desk: Negotiation, store: MemoryStore, by: str, reason: str, field: str
) -> None:
    _, request_id = waiting_for_a_person(desk, store)
    with pytest.raises(DecisionIncomplete) as error:
        desk.decide(request_id, Decision.APPROVE, by, reason, NOON)
    assert error.value.field == field


def test_deciding_on_what_nobody_asked(desk: Negotiation) -> None:
    with pytest.raises(UnknownCase):
        desk.decide("approval/none", Decision.APPROVE, "supervisor_wang", "同意", NOON)

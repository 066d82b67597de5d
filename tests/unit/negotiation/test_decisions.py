"""Who may decide on a request: known staff with the authority, never those who asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from account_engine.domain.events import EventKind
from account_engine.domain.negotiation.policy import Approver
from account_engine.services.decisions import ApprovalRefusal, ApprovalRefused, Decision
from account_engine.services.negotiation import Negotiation
from account_engine.services.offers import AcceptanceStatus
from tests.unit.negotiation.debts import demo_policy
from tests.unit.negotiation.late_loan import BORROWER, NOON, kinds, late_loan, three_rows
from tests.unit.negotiation.memory_store import MemoryStore


@pytest.fixture
def store() -> MemoryStore:
    return late_loan(vulnerable=("elderly",))


def asked(store: MemoryStore, asked_by: str | None = None) -> tuple[Negotiation, str]:
    """A plan for somebody vulnerable: policy wants a supervisor."""
    policy = demo_policy()
    own = Approver("supervisor_owing", "某主管", "supervisor", borrower_id=BORROWER)
    desk = Negotiation(store, replace(policy, approvers={**policy.approvers, own.staff_id: own}))
    result = desk.accept(BORROWER, three_rows(desk).offer_id, NOON, asked_by)
    assert result.request_id is not None
    return desk, result.request_id


@pytest.mark.parametrize("decision", list(Decision))
@pytest.mark.parametrize(
    ("by", "reason"),
    [
        ("somebody-from-the-street", ApprovalRefusal.UNKNOWN_APPROVER),
        ("王主管", ApprovalRefusal.UNKNOWN_APPROVER),  # a name is no staff id
        (BORROWER, ApprovalRefusal.UNKNOWN_APPROVER),
        ("officer_lin", ApprovalRefusal.WRONG_ROLE),
        ("supervisor_owing", ApprovalRefusal.OWN_REQUEST),
    ],
)
def test_who_may_not_decide(
    store: MemoryStore, by: str, reason: ApprovalRefusal, decision: Decision
) -> None:
    desk, request_id = asked(store)
    with pytest.raises(ApprovalRefused) as refused:
        desk.decide(request_id, decision, by, "同意", NOON)
    assert refused.value.reason is reason
    assert refused.value.required_role == "supervisor"
    assert refused.value.field == "by"
    # Nothing happened, but that somebody tried is on record.
    assert EventKind.PLAN_AGREED not in kinds(store)
    assert len(desk.approvals()) == 1
    assert ("approval_refused", request_id) in store.tables.audit


def test_whoever_put_it_forward_does_not_decide(store: MemoryStore) -> None:
    desk, request_id = asked(store, asked_by="supervisor_li")
    with pytest.raises(ApprovalRefused) as refused:
        desk.decide(request_id, Decision.APPROVE, "supervisor_li", "同意", NOON)
    assert refused.value.reason is ApprovalRefusal.OWN_REQUEST
    result = desk.decide(request_id, Decision.APPROVE, "supervisor_wang", "同意", NOON)
    assert result.status is AcceptanceStatus.ACCEPTED


@pytest.mark.parametrize("by", ["supervisor_wang", "committee_zhou"])
def test_the_role_or_a_higher_one_decides(store: MemoryStore, by: str) -> None:
    desk, request_id = asked(store)
    result = desk.decide(request_id, Decision.APPROVE, by, "材料属实", NOON)
    assert result.status is AcceptanceStatus.ACCEPTED

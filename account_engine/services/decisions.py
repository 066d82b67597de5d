"""What a person decides on a request, and who may (四眼原则: nobody on what they put forward)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from account_engine.domain.negotiation.policy import Policy
from account_engine.errors import EngineError
from account_engine.ports import QueueItem


class Decision(str, Enum):
    """What a person decides on a request."""

    APPROVE = "approve"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided: who (their staff id), why, when."""

    decision: Decision
    by: str
    reason: str
    at: datetime


class ApprovalRefusal(str, Enum):
    """Why somebody may not decide on a request."""

    UNKNOWN_APPROVER = "unknown_approver"
    WRONG_ROLE = "wrong_role"
    OWN_REQUEST = "own_request"  # they put it forward, or it is about their own debts


class ApprovalRefused(EngineError):
    """This person may not decide on this request; `required_role` is the least that may."""

    code = "approval_refused"

    def __init__(self, reason: ApprovalRefusal, required_role: str | None) -> None:
        super().__init__(f"may not decide: {reason.value}", "by")
        self.reason = reason
        self.required_role = required_role


def require_authority(item: QueueItem, staff_id: str, policy: Policy) -> None:
    """Let pass known staff with the role that policy wants, who did not ask themselves.

    Raises ApprovalRefused.
    """
    required = item.content.get("role")
    approver = policy.approvers.get(staff_id)
    if approver is None:
        raise ApprovalRefused(ApprovalRefusal.UNKNOWN_APPROVER, required)
    if staff_id == item.content.get("asked_by") or approver.borrower_id == item.borrower_id:
        raise ApprovalRefused(ApprovalRefusal.OWN_REQUEST, required)
    if not policy.approvals.may_decide(approver.role, required):
        raise ApprovalRefused(ApprovalRefusal.WRONG_ROLE, required)

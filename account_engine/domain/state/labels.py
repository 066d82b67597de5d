"""What an account, a row, a recall, a plan or a promise can be called. Enumerations only."""

from __future__ import annotations

from enum import Enum


class Ageing(str, Enum):
    """How late, in the usual buckets."""

    CURRENT = "current"
    GRACE = "grace"
    M1 = "m1"
    M2 = "m2"
    M3 = "m3"
    M3_PLUS = "m3_plus"


class RiskClass(str, Enum):
    """Five-class label (五级分类): 正常, 关注, 次级, 可疑, 损失."""

    NORMAL = "normal"
    SPECIAL_MENTION = "special_mention"
    SUBSTANDARD = "substandard"
    DOUBTFUL = "doubtful"
    LOSS = "loss"


class RowOrigin(str, Enum):
    """What a row of the schedule comes from."""

    BILL = "bill"
    BILL_INSTALMENT = "bill_instalment"
    LOAN = "loan"
    CHARGE = "charge"
    PLAN = "plan"
    RECALL = "recall"


class RowState(str, Enum):
    """Where a row stands."""

    UPCOMING = "upcoming"
    BILLED = "billed"
    DUE_TODAY = "due_today"
    IN_GRACE = "in_grace"
    OVERDUE = "overdue"
    REVOLVED = "revolved"  # its minimum was paid, the rest is carried to the next due date
    PAID = "paid"
    MOVED_TO_PLAN = "moved_to_plan"
    RECALLED = "recalled"


class FacilityStatus(str, Enum):
    """Whether new use is possible."""

    NORMAL = "normal"
    REDUCED = "reduced"
    FROZEN = "frozen"
    CLOSED = "closed"


class FacilityReason(str, Enum):
    """Why new use is not possible."""

    OVERDUE = "overdue"
    LENDER_DECISION = "lender_decision"
    RECALL = "recall"
    LINKAGE = "linkage"
    UNDER_REVIEW = "under_review"
    PLAN_RUNNING = "plan_running"
    DISPUTE = "dispute"
    DECEASED = "deceased"
    WRITTEN_OFF = "written_off"
    TRANSFERRED = "transferred"
    ACCOUNT_CLOSED = "account_closed"


class ReturnCondition(str, Enum):
    """What has to happen before new use may be considered again."""

    PAY_OVERDUE = "pay_overdue"
    SETTLE_RECALL = "settle_recall"
    COMPLETE_PLAN = "complete_plan"
    LINKED_ACCOUNT_PAID = "linked_account_paid"
    LINKED_ACCOUNT_SETTLED = "linked_account_settled"
    CLOSE_DISPUTE = "close_dispute"
    OBSERVATION = "observation"
    LENDER_REVIEW = "lender_review"


class RecallStage(str, Enum):
    """Where a recall stands."""

    NONE = "none"
    WARNED = "warned"
    NOTICED = "noticed"
    EFFECTIVE = "effective"
    CURED = "cured"
    REINSTATED = "reinstated"
    WITHDRAWN = "withdrawn"
    SETTLED = "settled"
    INVALID = "invalid"


class RecallDefect(str, Enum):
    """Why a notice has no effect."""

    TRIGGER_NOT_IN_TERMS = "trigger_not_in_terms"
    TRIGGER_NOT_MET = "trigger_not_met"
    NO_CONTRACT_FLAG = "no_contract_flag"
    APPROVAL_MISSING = "approval_missing"
    NOTHING_TO_RECALL = "nothing_to_recall"


class PlanStatus(str, Enum):
    """Where a plan stands."""

    ACTIVE = "active"
    BROKEN = "broken"  # a row was missed and its cure period is running
    REVOKED = "revoked"
    COMPLETED = "completed"


class PlanRowStatus(str, Enum):
    """Where a plan row stands."""

    PAID = "paid"
    UPCOMING = "upcoming"
    DUE_TODAY = "due_today"
    MISSED = "missed"
    CANCELLED = "cancelled"


class PromiseStatus(str, Enum):
    """Where a promise to pay stands."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    REPLACED = "replaced"  # corrected by a later one; it is neither kept nor broken


class CollectionStage(str, Enum):
    """How collection may treat the account."""

    NONE = "none"
    REMINDER = "reminder"
    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"
    RECALLED = "recalled"
    PLAN = "plan"
    SUSPENDED_DISPUTE = "suspended_dispute"
    ESTATE = "estate"
    TRANSFERRED = "transferred"

"""The state of a borrower's accounts on one day. Everything here is frozen.

Exact facts are kept as whole fen in `RowFacts`; `Money` views are made when they are read, so that
a state costs little when only a quote is wanted.
"""

from __future__ import annotations

from account_engine.domain.state.account import (
    AccountState,
    AllocationFact,
)
from account_engine.domain.state.borrower import (
    BorrowerState,
    HardshipState,
    LinkageState,
    PromiseState,
)
from account_engine.domain.state.buckets import (
    Bucket,
    Ledger,
)
from account_engine.domain.state.labels import (
    Ageing,
    CollectionStage,
    FacilityReason,
    FacilityStatus,
    PlanRowStatus,
    PlanStatus,
    PromiseStatus,
    RecallDefect,
    RecallStage,
    ReturnCondition,
    RiskClass,
    RowOrigin,
    RowState,
)
from account_engine.domain.state.rows import (
    RowFacts,
    ScheduleRow,
    Segment,
)
from account_engine.domain.state.standing import (
    CreditReportState,
    DisputeState,
    FacilityState,
    PlanRowState,
    PlanState,
    RecallState,
)

__all__ = [
    "AccountState",
    "Ageing",
    "AllocationFact",
    "BorrowerState",
    "Bucket",
    "CollectionStage",
    "CreditReportState",
    "DisputeState",
    "FacilityReason",
    "FacilityState",
    "FacilityStatus",
    "HardshipState",
    "Ledger",
    "LinkageState",
    "PlanRowState",
    "PlanRowStatus",
    "PlanState",
    "PlanStatus",
    "PromiseState",
    "PromiseStatus",
    "RecallDefect",
    "RecallStage",
    "RecallState",
    "ReturnCondition",
    "RiskClass",
    "RowFacts",
    "RowOrigin",
    "RowState",
    "ScheduleRow",
    "Segment",
]

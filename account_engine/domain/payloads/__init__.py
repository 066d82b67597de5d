"""What each kind of event says. One frozen dataclass per kind; amounts are `Money`.

Dates inside a payload are agreed or scheduled dates; when the event itself takes effect is the
event's value date.
"""

from __future__ import annotations

from account_engine.domain.payloads.agreements import (
    ExtensionAgreed,
    InterestPaused,
    PlanAgreed,
    PlanBroken,
    PlanCured,
    PlanLeg,
    PlanRevoked,
    PlanRowAgreed,
    PromiseMade,
)
from account_engine.domain.payloads.circumstances import (
    BorrowerDeceased,
    ConsentGiven,
    ConsentWithdrawn,
    DisputeClosed,
    DisputeOpened,
    HardshipDeclared,
)
from account_engine.domain.payloads.credits import (
    Payment,
    Refund,
    Reversal,
    Waiver,
)
from account_engine.domain.payloads.debts import (
    AccountOpened,
    BillInstalmentBooked,
    BillIssued,
    ChargePosted,
    LoanDisbursed,
    ScheduledRow,
)
from account_engine.domain.payloads.kinds import (
    Component,
    DisputeOutcome,
    DisputeReason,
    HardshipKind,
    PauseScope,
    PaymentPurpose,
    PenaltyDuringPlan,
    PlanScope,
    PlanTool,
    ProofState,
    RecallTrigger,
    RefundKind,
    RepaymentMethod,
    WaiverCondition,
    WaiversOnBreach,
)
from account_engine.domain.payloads.risk import (
    BreachReported,
    Closed,
    FacilityFrozen,
    FacilityRestored,
    RecallNoticed,
    RecallReinstated,
    RecallWithdrawn,
    RiskWarned,
    ScoreReported,
    Transferred,
    WrittenOff,
)

__all__ = [
    "AccountOpened",
    "BillInstalmentBooked",
    "BillIssued",
    "BorrowerDeceased",
    "BreachReported",
    "ChargePosted",
    "Closed",
    "Component",
    "ConsentGiven",
    "ConsentWithdrawn",
    "DisputeClosed",
    "DisputeOpened",
    "DisputeOutcome",
    "DisputeReason",
    "EventPayload",
    "ExtensionAgreed",
    "FacilityFrozen",
    "FacilityRestored",
    "HardshipDeclared",
    "HardshipKind",
    "InterestPaused",
    "LoanDisbursed",
    "PauseScope",
    "Payment",
    "PaymentPurpose",
    "PenaltyDuringPlan",
    "PlanAgreed",
    "PlanBroken",
    "PlanCured",
    "PlanLeg",
    "PlanRevoked",
    "PlanRowAgreed",
    "PlanScope",
    "PlanTool",
    "PromiseMade",
    "ProofState",
    "RecallNoticed",
    "RecallReinstated",
    "RecallTrigger",
    "RecallWithdrawn",
    "Refund",
    "RefundKind",
    "RepaymentMethod",
    "Reversal",
    "RiskWarned",
    "ScheduledRow",
    "ScoreReported",
    "Transferred",
    "Waiver",
    "WaiverCondition",
    "WaiversOnBreach",
    "WrittenOff",
]

EventPayload = (
    AccountOpened
    | BillIssued
    | LoanDisbursed
    | BillInstalmentBooked
    | ChargePosted
    | Payment
    | Refund
    | Reversal
    | Waiver
    | InterestPaused
    | BreachReported
    | ScoreReported
    | RiskWarned
    | RecallNoticed
    | RecallWithdrawn
    | RecallReinstated
    | FacilityFrozen
    | FacilityRestored
    | ExtensionAgreed
    | PlanAgreed
    | PlanBroken
    | PlanCured
    | PlanRevoked
    | PromiseMade
    | HardshipDeclared
    | ConsentGiven
    | ConsentWithdrawn
    | DisputeOpened
    | DisputeClosed
    | WrittenOff
    | Transferred
    | BorrowerDeceased
    | Closed
)

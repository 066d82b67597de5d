"""What a contract says, as data. Every rule of the engine is a field here, never a constant.

Rates are exact decimals: `daily` rates per day, `annual` rates per year. All thresholds in days
count days past due (DPD) as `as_of - oldest unpaid due date`.
"""

from __future__ import annotations

from account_engine.domain.terms.allocation import (
    AllocationRule,
    AllocationStep,
)
from account_engine.domain.terms.choices import (
    AccrualStart,
    AllocationPart,
    Approval,
    Compounding,
    Conduct,
    Confidence,
    FeeOnRecall,
    GraceCharge,
    InterestBasis,
    LateFeeBase,
    LinkageCure,
    LinkageEffect,
    MinimumPart,
    PenaltyBase,
    PenaltyMethod,
    PenaltyOnRevocation,
    PrepaymentEffect,
    ProductKind,
    Provenance,
    RecallCure,
    RecallEffect,
    Sweep,
    Timing,
)
from account_engine.domain.terms.default import (
    ClassificationRule,
    CreditReportRule,
    FacilityRule,
    LinkageRule,
    PlanRule,
    RecallRule,
    SpecialRule,
    TriggerRule,
)
from account_engine.domain.terms.price import (
    CapRule,
    GraceRule,
    InterestRule,
    LateFeeRule,
    MinimumRule,
    PenaltyRule,
    PrepaymentRule,
    StatementRule,
)
from account_engine.domain.terms.product import (
    Contract,
    ProductTerms,
)

__all__ = [
    "AccrualStart",
    "AllocationPart",
    "AllocationRule",
    "AllocationStep",
    "Approval",
    "CapRule",
    "ClassificationRule",
    "Compounding",
    "Conduct",
    "Confidence",
    "Contract",
    "CreditReportRule",
    "FacilityRule",
    "FeeOnRecall",
    "GraceCharge",
    "GraceRule",
    "InterestBasis",
    "InterestRule",
    "LateFeeBase",
    "LateFeeRule",
    "LinkageCure",
    "LinkageEffect",
    "LinkageRule",
    "MinimumPart",
    "MinimumRule",
    "PenaltyBase",
    "PenaltyMethod",
    "PenaltyOnRevocation",
    "PenaltyRule",
    "PlanRule",
    "PrepaymentEffect",
    "PrepaymentRule",
    "ProductKind",
    "ProductTerms",
    "Provenance",
    "RecallCure",
    "RecallEffect",
    "RecallRule",
    "SpecialRule",
    "StatementRule",
    "Sweep",
    "Timing",
    "TriggerRule",
]

"""What a lender is willing to agree to, as data.

Nothing here decides anything: `account_engine.catalogue.policy` fills these records from
`data/policy/`, and the modules beside this package read them. An option that these records do not
allow is never offered.
"""

from __future__ import annotations

from account_engine.domain.negotiation.policy.ladder import (
    BillInstalmentRule,
    Charge,
    ExtensionRule,
    Gate,
    PlanWaiverCondition,
    SettlementRule,
    Tier,
    Tool,
    WaiverRule,
    WaiverUse,
)
from account_engine.domain.negotiation.policy.people import (
    ApprovalRules,
    Approver,
    HardshipRule,
    ProofDocument,
)
from account_engine.domain.negotiation.policy.rules import (
    Affordability,
    BreachRule,
    CoolingOffRule,
    OfferLimits,
    PriceLimits,
    PromiseRule,
    ShapeLimits,
)
from account_engine.domain.negotiation.policy.whole import (
    Policy,
)

__all__ = [
    "Affordability",
    "ApprovalRules",
    "Approver",
    "BillInstalmentRule",
    "BreachRule",
    "Charge",
    "CoolingOffRule",
    "ExtensionRule",
    "Gate",
    "HardshipRule",
    "OfferLimits",
    "PlanWaiverCondition",
    "Policy",
    "PriceLimits",
    "PromiseRule",
    "ProofDocument",
    "SettlementRule",
    "ShapeLimits",
    "Tier",
    "Tool",
    "WaiverRule",
    "WaiverUse",
]

"""One version of a lender's policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from account_engine.domain.negotiation.policy.ladder import (
    BillInstalmentRule,
    ExtensionRule,
    SettlementRule,
    Tier,
)
from account_engine.domain.negotiation.policy.people import (
    ApprovalRules,
    Approver,
    HardshipRule,
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
from account_engine.domain.payloads import HardshipKind
from account_engine.domain.terms import Provenance


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything a lender is willing to agree to."""

    policy_id: str
    version: str
    tiers: tuple[Tier, ...]
    early_hardship_tier: str
    price: PriceLimits
    shape: ShapeLimits
    offers: OfferLimits
    affordability: Affordability
    approvals: ApprovalRules
    approvers: Mapping[str, Approver]
    cooling_off: CoolingOffRule
    breach: BreachRule
    promise: PromiseRule
    hardship: Mapping[HardshipKind, HardshipRule]
    settlement: Mapping[str, SettlementRule]
    bill_instalment: BillInstalmentRule
    voluntary_extension: ExtensionRule
    provenance: Mapping[str, Provenance]

    def tier(self, code: str) -> Tier:
        """The tier of that code. Raises KeyError."""
        for tier in self.tiers:
            if tier.code == code:
                return tier
        raise KeyError(code)

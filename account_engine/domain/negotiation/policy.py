"""What a lender is willing to agree to, as data.

Nothing here decides anything: `account_engine.catalogue.policy` fills these records from
`data/policy/`, and the modules beside this one read them. An option that these records do not
allow is never offered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from account_engine.domain.money import Money, Rounding
from account_engine.domain.negotiation.codes import ApprovalCause
from account_engine.domain.payloads import HardshipKind, PenaltyDuringPlan
from account_engine.domain.terms import Provenance


class Tool(str, Enum):
    """What an option is made of."""

    PAY_NOW = "pay_now"  # everything that is due, without a plan
    PAY_MINIMUM = "pay_minimum"  # what keeps the account from going further overdue
    EXTENSION = "extension"  # 展期: the arrears, or the next bill, on one later day
    ARREARS_INSTALMENT = "arrears_instalment"  # the arrears in rows; the rest keeps its dates
    REAGE = "reage"  # the whole balance in a new schedule
    LUMP_SUM = "lump_sum"  # 一次性结清
    BILL_INSTALMENT = "bill_instalment"  # 账单分期, before the due date only


class Gate(str, Enum):
    """What a borrower has to bring before a tier's tools are granted."""

    NONE = "none"
    DIFFICULTY = "difficulty"  # the borrower says so
    SIMPLE_PROOF = "simple_proof"  # one document within `proof_days`
    PROOF_AND_APPROVAL = "proof_and_approval"
    PERSON_ONLY = "person_only"


class Charge(str, Enum):
    """A part of the debt that can be waived, in the order in which it is."""

    PENALTY = "penalty"
    FEE = "fee"
    INTEREST = "interest"
    PRINCIPAL = "principal"


class PlanWaiverCondition(str, Enum):
    """When a waived amount is really gone."""

    ON_COMPLETION = "on_completion"  # the last row of the plan is paid
    ON_PAYMENT = "on_payment"  # the settlement amount has arrived


class WaiverUse(str, Enum):
    """How often a borrower may have a waiver."""

    FIRST_TIME = "first_time"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class WaiverRule:
    """`share` of the part owed is waived on the condition named."""

    charge: Charge
    share: Decimal
    condition: PlanWaiverCondition
    use: WaiverUse


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """How long and how often one later day may be agreed on.

    `days_offered` are the lengths put forward when the borrower names none.
    """

    max_days: int
    days_offered: tuple[int, ...]
    max_per_year: int


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of the ladder: which accounts it covers, what it offers, who decides.

    `max_dpd` is None for the last tier, which also takes every account whose whole balance has
    been called in.
    """

    code: str
    min_dpd: int
    max_dpd: int | None
    gate: Gate
    tools: tuple[Tool, ...]
    extension: ExtensionRule | None
    arrears_terms: tuple[int, ...]
    reage_terms: tuple[int, ...]
    waivers: tuple[WaiverRule, ...]

    def covers(self, dpd: int) -> bool:
        """Whether `dpd` days past due fall into this tier."""
        return self.min_dpd <= dpd and (self.max_dpd is None or dpd <= self.max_dpd)


@dataclass(frozen=True, slots=True)
class PriceLimits:
    """The ceilings of domain rule 2.1: plan rate, and all charges since the loan was drawn."""

    plan_rate_cap: Decimal
    total_charge_cap: Decimal
    year_days: int
    rounding: Rounding


@dataclass(frozen=True, slots=True)
class ShapeLimits:
    """What a plan may look like. Shares are fractions of what the plan covers."""

    down_payment_shares: tuple[Decimal, ...]
    min_down_payment: Decimal
    min_down_payment_hardship: Decimal
    down_payment_days: int
    first_due_min_days: int
    first_due_max_days: int
    first_due_offered: tuple[int, ...]
    min_instalment: Money
    options_shown: int


@dataclass(frozen=True, slots=True)
class OfferLimits:
    """How long an offer and a request for approval stand, in days; both end at 24:00."""

    offer_days: int
    approval_days: int


@dataclass(frozen=True, slots=True)
class Affordability:
    """What may be taken of income less living costs, where the borrower declared them.

    `share` bounds each month of a plan, `single_share` a later day on which all is paid at once.
    """

    share: Decimal
    single_share: Decimal


@dataclass(frozen=True, slots=True)
class ApprovalRules:
    """When a person has to decide, and which. A cut of principal always needs one; that is not
    data. `roles` go from the least authority to the most.
    """

    terms_over: int
    dpd_over: int
    when_accelerated: bool
    when_vulnerable: bool
    when_disputed: bool
    broken_plans_over: int
    roles: tuple[str, ...]
    role_of: Mapping[ApprovalCause, str]

    def approver(self, causes: tuple[ApprovalCause, ...]) -> str | None:
        """The role with authority over all of the causes; None where there are none."""
        wanted = [self.roles.index(self.role_of[cause]) for cause in causes]
        return self.roles[max(wanted)] if wanted else None

    def may_decide(self, role: str, required: str | None) -> bool:
        """Whether a role has at least the authority that is required."""
        return required is None or self.roles.index(role) >= self.roles.index(required)


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody who may decide. `borrower_id`: their own debts, which they never decide on."""

    staff_id: str
    name: str
    role: str
    borrower_id: str | None = None


@dataclass(frozen=True, slots=True)
class CoolingOffRule:
    """For `days` after the day of acceptance, to 24:00, a borrower may withdraw from a plan."""

    days: int


@dataclass(frozen=True, slots=True)
class BreachRule:
    """A row unpaid `cure_days` after its due date breaks the plan; waivers are then withdrawn.

    `penalty` says whether the penalty of the plan's days is charged after all.
    """

    cure_days: int
    penalty: PenaltyDuringPlan


@dataclass(frozen=True, slots=True)
class PromiseRule:
    """How far ahead a promise to pay may lie, and its least amount."""

    max_days: int
    min_amount: Money


@dataclass(frozen=True, slots=True)
class ProofDocument:
    """A paper that may be brought: its code, and its name as the borrower reads it."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class HardshipRule:
    """What is asked for as proof (any one of `documents`), within `proof_days`.

    `sensitive`: the kind itself tells something that the law protects (health, a conviction).
    `separate_consent`: it is recorded only after the borrower agreed to exactly that.
    """

    kind: HardshipKind
    documents: tuple[ProofDocument, ...]
    proof_days: int
    sensitive: bool
    separate_consent: bool

    @property
    def proofs(self) -> tuple[str, ...]:
        """The codes of the documents."""
        return tuple(document.code for document in self.documents)


@dataclass(frozen=True, slots=True)
class SettlementRule:
    """Shares that may be waived when everything is paid at once.

    `automatic` needs nobody; `with_approval` is a person's authority.
    """

    tier: str
    automatic: Mapping[Charge, Decimal]
    with_approval: Mapping[Charge, Decimal]
    days_to_pay: int


@dataclass(frozen=True, slots=True)
class BillInstalmentRule:
    """账单分期 of a bill that is not overdue: flat fee per number of rows, by product."""

    product_ids: tuple[str, ...]
    flat_fees: Mapping[int, Decimal]
    min_amount: Money


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of everything above."""

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

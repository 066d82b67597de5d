"""The ladder: which accounts may have which tools, waivers and later days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from account_engine.domain.money import Money


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

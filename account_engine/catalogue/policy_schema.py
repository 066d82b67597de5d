"""The shape of the files in `data/policy/`. A mistake is refused with its field.

Rates, shares and amounts are quoted text, because a bare 0.24 in YAML is a binary fraction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, Extra, conint, conlist, constr, root_validator, validator

from account_engine.domain.errors import InvalidMoney
from account_engine.domain.money import Money, Rounding
from account_engine.domain.negotiation.codes import ApprovalCause
from account_engine.domain.negotiation.policy import (
    Charge,
    Gate,
    PlanWaiverCondition,
    Tool,
    WaiverUse,
)
from account_engine.domain.payloads import HardshipKind, PenaltyDuringPlan
from account_engine.domain.terms import Confidence

_MOST_DECIMALS = 6


class Share(Decimal):
    """A fraction of one between 0 and 1, written as quoted text with at most six decimals."""

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], Decimal]]:
        yield cls._read

    @classmethod
    def __modify_schema__(cls, field_schema: dict[str, Any]) -> None:
        field_schema.update(type="string", pattern=r"^(0(\.\d{1,6})?|1(\.0{1,6})?)$")

    @classmethod
    def _read(cls, value: Any) -> Decimal:
        if not isinstance(value, str) or not value.replace(".", "", 1).isdigit():
            raise ValueError('a share is quoted text such as "0.24"')
        share = Decimal(value)
        if share > 1 or len(value.partition(".")[2]) > _MOST_DECIMALS:
            raise ValueError("a share lies between 0 and 1 and has at most six decimals")
        return share


class Amount(str):
    """An amount in yuan as quoted text with at most two decimals, not below zero."""

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], Money]]:
        yield cls._read

    @classmethod
    def __modify_schema__(cls, field_schema: dict[str, Any]) -> None:
        field_schema.update(type="string", pattern=r"^\d+(\.\d{1,2})?$")

    @classmethod
    def _read(cls, value: Any) -> Money:
        if not isinstance(value, str):
            raise ValueError('an amount is quoted text such as "50.00"')
        try:
            amount = Money.yuan(value)
        except InvalidMoney as error:
            raise ValueError(error.message) from error
        if amount < Money(0):
            raise ValueError("an amount is not below zero")
        return amount


class _Closed(BaseModel):
    class Config:
        extra = Extra.forbid
        arbitrary_types_allowed = True


class ProvenanceFile(_Closed):
    """Where a setting comes from and how sure that is."""

    source: str
    confidence: Confidence
    note: str = ""


class PriceFile(_Closed):
    """Ceilings on price."""

    plan_rate_cap: Share
    total_charge_cap: Share
    year_days: conint(ge=360, le=366)  # type: ignore[valid-type]
    rounding: Rounding

    @validator("total_charge_cap")
    def _lawful(cls, value: Decimal) -> Decimal:  # noqa: N805
        if value > Decimal("0.24"):
            raise ValueError("the total cap is at most 0.24 a year")
        return value

    @root_validator(skip_on_failure=True)
    def _plan_below_total(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        if values["plan_rate_cap"] > values["total_charge_cap"]:
            raise ValueError("plan_rate_cap must not exceed total_charge_cap")
        return values


class ShapeFile(_Closed):
    """What a plan may look like."""

    down_payment_shares: conlist(Share, min_items=1)  # type: ignore[valid-type]
    min_down_payment: Share
    min_down_payment_hardship: Share
    down_payment_days: conint(ge=0, le=30)  # type: ignore[valid-type]
    first_due_min_days: conint(ge=1, le=60)  # type: ignore[valid-type]
    first_due_max_days: conint(ge=1, le=90)  # type: ignore[valid-type]
    first_due_offered: conlist(conint(ge=1, le=90), min_items=1)  # type: ignore[valid-type]
    min_instalment: Amount
    options_shown: conint(ge=1, le=6)  # type: ignore[valid-type]

    @root_validator(skip_on_failure=True)
    def _window(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        earliest, latest = values["first_due_min_days"], values["first_due_max_days"]
        if earliest > latest:
            raise ValueError("first_due_min_days must not exceed first_due_max_days")
        if not all(earliest <= days <= latest for days in values["first_due_offered"]):
            raise ValueError("first_due_offered must lie inside the window")
        return values


class OffersFile(_Closed):
    """How long offers and requests for approval stand."""

    offer_days: conint(ge=0, le=30)  # type: ignore[valid-type]
    approval_days: conint(ge=1, le=60)  # type: ignore[valid-type]


class AffordabilityFile(_Closed):
    """Shares of what is left of income."""

    share: Share
    single_share: Share


class ApprovalsFile(_Closed):
    """When a person has to decide."""

    terms_over: conint(ge=1)  # type: ignore[valid-type]
    dpd_over: conint(ge=0)  # type: ignore[valid-type]
    when_accelerated: bool
    when_vulnerable: bool
    when_disputed: bool
    broken_plans_over: conint(ge=0)  # type: ignore[valid-type]
    roles: conlist(str, min_items=1, unique_items=True)  # type: ignore[valid-type]
    role_of: dict[ApprovalCause, str]

    @root_validator(skip_on_failure=True)
    def _every_cause_has_a_role(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        missing = sorted(cause.value for cause in ApprovalCause if cause not in values["role_of"])
        if missing:
            raise ValueError(f"role_of is missing {', '.join(missing)}")
        unknown = sorted(set(values["role_of"].values()) - set(values["roles"]))
        if unknown:
            raise ValueError(f"roles does not have {', '.join(unknown)}")
        return values


class CoolingOffFile(_Closed):
    """How long an agreed plan may be withdrawn from."""

    days: conint(ge=0, le=30)  # type: ignore[valid-type]


class ApproverFile(_Closed):
    """Somebody who decides on requests."""

    staff_id: constr(min_length=1, max_length=64)  # type: ignore[valid-type]
    name: constr(min_length=1)  # type: ignore[valid-type]
    role: str
    borrower_id: str | None = None


class ApproversFile(_Closed):
    """`approvers.yml`."""

    approvers: list[ApproverFile]
    provenance: dict[str, ProvenanceFile]

    @validator("approvers")
    def _each_once(cls, found: list[ApproverFile]) -> list[ApproverFile]:  # noqa: N805
        ids = [one.staff_id for one in found]
        if len(set(ids)) != len(ids):
            raise ValueError("a staff_id may be there only once")
        return found


class BreachFile(_Closed):
    """What a missed row does."""

    cure_days: conint(ge=0, le=60)  # type: ignore[valid-type]
    penalty: PenaltyDuringPlan


class PromiseFile(_Closed):
    """Window and least amount of a promise to pay."""

    max_days: conint(ge=1, le=90)  # type: ignore[valid-type]
    min_amount: Amount


class ExtensionFile(_Closed):
    """How long and how often a later day may be agreed on."""

    max_days: conint(ge=1, le=90)  # type: ignore[valid-type]
    days_offered: conlist(conint(ge=1, le=90), min_items=1)  # type: ignore[valid-type]
    max_per_year: conint(ge=1, le=12)  # type: ignore[valid-type]

    @root_validator(skip_on_failure=True)
    def _offered_within(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        if max(values["days_offered"]) > values["max_days"]:
            raise ValueError("days_offered must not exceed max_days")
        return values


class BillInstalmentFile(_Closed):
    """Flat fees of 账单分期."""

    product_ids: list[str]
    flat_fees: dict[conint(ge=2, le=60), Share]  # type: ignore[valid-type]
    min_amount: Amount


class WaiverFile(_Closed):
    """One waiver of a plan."""

    charge: Charge
    share: Share
    condition: PlanWaiverCondition
    use: WaiverUse

    @validator("charge")
    def _no_principal(cls, value: Charge) -> Charge:  # noqa: N805
        if value is Charge.PRINCIPAL:
            raise ValueError("a plan never cuts principal")
        return value


_TERMS = conlist(conint(ge=2, le=60), unique_items=True)


class TierFile(_Closed):
    """One step of the ladder."""

    code: str
    min_dpd: conint(ge=0)  # type: ignore[valid-type]
    max_dpd: conint(ge=0) | None  # type: ignore[valid-type]
    gate: Gate
    tools: conlist(Tool, min_items=1, unique_items=True)  # type: ignore[valid-type]
    extension: ExtensionFile | None = None
    arrears_terms: _TERMS = []  # type: ignore[valid-type]
    reage_terms: _TERMS = []  # type: ignore[valid-type]
    waivers: list[WaiverFile] = []

    @root_validator(skip_on_failure=True)
    def _tools_have_settings(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        needs = {
            Tool.EXTENSION: "extension",
            Tool.ARREARS_INSTALMENT: "arrears_terms",
            Tool.REAGE: "reage_terms",
        }
        for tool, field in needs.items():
            if (tool in values["tools"]) != bool(values[field]):
                raise ValueError(f"tool {tool.value} and {field} go together")
        if Tool.BILL_INSTALMENT in values["tools"]:
            raise ValueError("bill_instalment is for what is not overdue; no tier has it")
        return values


class TiersFile(_Closed):
    """`tiers.yml`."""

    tiers: conlist(TierFile, min_items=1)  # type: ignore[valid-type]
    provenance: dict[str, ProvenanceFile]

    @validator("tiers")
    def _no_gap(cls, tiers: list[TierFile]) -> list[TierFile]:  # noqa: N805
        following = 0
        for tier in tiers[:-1]:
            if tier.min_dpd != following or tier.max_dpd is None:
                raise ValueError(f"tier {tier.code} must begin at {following} and have an end")
            following = tier.max_dpd + 1
        if tiers[-1].min_dpd != following or tiers[-1].max_dpd is not None:
            raise ValueError(f"the last tier must begin at {following} and have no end")
        return tiers


class SettlementCellFile(_Closed):
    """Shares for one tier."""

    tier: str
    days_to_pay: conint(ge=0, le=60)  # type: ignore[valid-type]
    automatic: dict[Charge, Share]
    with_approval: dict[Charge, Share]

    @root_validator(skip_on_failure=True)
    def _authority_grows(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        automatic, approved = values["automatic"], values["with_approval"]
        if Charge.PRINCIPAL in automatic:
            raise ValueError("no principal is cut without a person")
        for charge, share in automatic.items():
            if approved.get(charge, Decimal(0)) < share:
                raise ValueError(f"with_approval must allow at least as much {charge.value}")
        return values


class SettlementFile(_Closed):
    """`settlement.yml`."""

    settlement: list[SettlementCellFile]
    provenance: dict[str, ProvenanceFile]


class ProofDocumentFile(_Closed):
    """A paper that proves a hardship."""

    code: constr(min_length=1)  # type: ignore[valid-type]
    label: constr(min_length=1)  # type: ignore[valid-type]


class HardshipFile(_Closed):
    """One kind of hardship."""

    kind: HardshipKind
    documents: conlist(ProofDocumentFile, min_items=1)  # type: ignore[valid-type]
    proof_days: conint(ge=1, le=90)  # type: ignore[valid-type]
    sensitive: bool
    separate_consent: bool

    @root_validator(skip_on_failure=True)
    def _lawful(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        if values["sensitive"] and not values["separate_consent"]:
            raise ValueError("a sensitive hardship needs separate_consent")
        codes = [one.code for one in values["documents"]]
        if len(set(codes)) != len(codes):
            raise ValueError("a document may be there only once")
        return values


class HardshipsFile(_Closed):
    """`hardship.yml`."""

    hardship: list[HardshipFile]
    provenance: dict[str, ProvenanceFile]

    @validator("hardship")
    def _all_kinds(cls, found: list[HardshipFile]) -> list[HardshipFile]:  # noqa: N805
        kinds = [one.kind for one in found]
        if sorted(kinds) != sorted(HardshipKind):
            raise ValueError("every kind of hardship must be there once")
        return found


class NegotiationFile(_Closed):
    """`negotiation.yml`."""

    policy_id: str
    version: str
    early_hardship_tier: str
    price: PriceFile
    shape: ShapeFile
    offers: OffersFile
    affordability: AffordabilityFile
    approvals: ApprovalsFile
    cooling_off: CoolingOffFile
    breach: BreachFile
    promise: PromiseFile
    bill_instalment: BillInstalmentFile
    voluntary_extension: ExtensionFile
    provenance: dict[str, ProvenanceFile]

    @root_validator(skip_on_failure=True)
    def _every_setting_has_a_source(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        wanted = set(values) - {"policy_id", "version", "provenance"}
        missing = sorted(wanted - set(values["provenance"]))
        if missing:
            raise ValueError(f"provenance is missing for {', '.join(missing)}")
        return values

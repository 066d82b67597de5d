"""`negotiation.yml`: prices, shapes, approvals and everything apart from the ladder."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from pydantic import conint, conlist, root_validator, validator

from account_engine.catalogue.policy_schema.values import Amount, Closed, ProvenanceFile, Share
from account_engine.domain.money import Rounding
from account_engine.domain.negotiation.codes import ApprovalCause
from account_engine.domain.payloads import PenaltyDuringPlan, WaiversOnBreach


class PriceFile(Closed):
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


class ShapeFile(Closed):
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
    max_terms: conint(ge=2, le=60)  # type: ignore[valid-type]
    max_terms_by_product: dict[str, conint(ge=2, le=60)]  # type: ignore[valid-type]

    @root_validator(skip_on_failure=True)
    def _window(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        earliest, latest = values["first_due_min_days"], values["first_due_max_days"]
        if earliest > latest:
            raise ValueError("first_due_min_days must not exceed first_due_max_days")
        if not all(earliest <= days <= latest for days in values["first_due_offered"]):
            raise ValueError("first_due_offered must lie inside the window")
        return values


class OffersFile(Closed):
    """How long offers and requests for approval stand."""

    offer_days: conint(ge=0, le=30)  # type: ignore[valid-type]
    approval_days: conint(ge=1, le=60)  # type: ignore[valid-type]


class AffordabilityFile(Closed):
    """Shares of what is left of income."""

    share: Share
    single_share: Share


class ApprovalsFile(Closed):
    """When a person has to decide."""

    terms_over: conint(ge=1)  # type: ignore[valid-type]
    dpd_over: conint(ge=0)  # type: ignore[valid-type]
    when_accelerated: bool
    when_vulnerable: bool
    when_disputed: bool
    when_principal_cut: Literal[True]
    broken_plans_over: conint(ge=0)  # type: ignore[valid-type]
    roles: conlist(str, min_items=1, unique_items=True)  # type: ignore[valid-type]
    role_of: dict[ApprovalCause, str]

    @validator("when_principal_cut", pre=True)
    def _cuts_need_a_person(cls, value: object) -> object:  # noqa: N805
        if value is not True:
            raise ValueError("a person decides on every cut of principal: only true is allowed")
        return value

    @root_validator(skip_on_failure=True)
    def _every_cause_has_a_role(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        missing = sorted(cause.value for cause in ApprovalCause if cause not in values["role_of"])
        if missing:
            raise ValueError(f"role_of is missing {', '.join(missing)}")
        unknown = sorted(set(values["role_of"].values()) - set(values["roles"]))
        if unknown:
            raise ValueError(f"roles does not have {', '.join(unknown)}")
        return values


class CoolingOffFile(Closed):
    """How long an agreed plan may be withdrawn from."""

    days: conint(ge=0, le=30)  # type: ignore[valid-type]


class BreachFile(Closed):
    """What missed rows do."""

    missed: conint(ge=1, le=12)  # type: ignore[valid-type]
    cure_days: conint(ge=0, le=60)  # type: ignore[valid-type]
    penalty: PenaltyDuringPlan
    effect: WaiversOnBreach


class PromiseFile(Closed):
    """Window and least amount of a promise to pay."""

    max_days: conint(ge=1, le=90)  # type: ignore[valid-type]
    min_amount: Amount


class ExtensionFile(Closed):
    """How long and how often a later day may be agreed on."""

    max_days: conint(ge=1, le=90)  # type: ignore[valid-type]
    days_offered: conlist(conint(ge=1, le=90), min_items=1)  # type: ignore[valid-type]
    max_per_year: conint(ge=1, le=12)  # type: ignore[valid-type]

    @root_validator(skip_on_failure=True)
    def _offered_within(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        if max(values["days_offered"]) > values["max_days"]:
            raise ValueError("days_offered must not exceed max_days")
        return values


class BillInstalmentFile(Closed):
    """Flat fees of 账单分期."""

    product_ids: list[str]
    flat_fees: dict[conint(ge=2, le=60), Share]  # type: ignore[valid-type]
    min_amount: Amount


class NegotiationFile(Closed):
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

"""`tiers.yml` and `settlement.yml`: what each step of the ladder offers and gives up."""

# ruff: noqa: RUF012  pydantic copies its defaults

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import conint, conlist, root_validator, validator

from account_engine.catalogue.policy_schema.rules import ExtensionFile
from account_engine.catalogue.policy_schema.values import Closed, ProvenanceFile, Share
from account_engine.domain.negotiation.policy import (
    Charge,
    Gate,
    PlanWaiverCondition,
    Tool,
    WaiverUse,
)

_TERMS = conlist(conint(ge=2, le=60), unique_items=True)


class WaiverFile(Closed):
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


class TierFile(Closed):
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


class TiersFile(Closed):
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


class SettlementCellFile(Closed):
    """Shares for one tier."""

    tier: str
    days_to_pay: conint(ge=0, le=60)  # type: ignore[valid-type]
    automatic: dict[Charge, Share]
    with_approval: dict[Charge, Share]

    @root_validator(skip_on_failure=True)
    def _authority_grows(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        automatic, approved = values["automatic"], values["with_approval"]
        for charge, share in automatic.items():
            if approved.get(charge, Decimal(0)) < share:
                raise ValueError(f"with_approval must allow at least as much {charge.value}")
        return values


class SettlementFile(Closed):
    """`settlement.yml`."""

    settlement: list[SettlementCellFile]
    provenance: dict[str, ProvenanceFile]

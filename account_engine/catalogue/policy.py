"""Reads the negotiation policy from `data/policy/`.

A wrong file is refused with its name, the line and the field. The version of the policy that ends
up in every offer is the declared one with a digest of the files, so that an edit is seen even
where somebody forgot to change the version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.schema import schema

from account_engine.catalogue.policy_schema import (
    ApproversFile,
    ExtensionFile,
    HardshipsFile,
    NegotiationFile,
    ProvenanceFile,
    SettlementFile,
    TierFile,
    TiersFile,
)
from account_engine.catalogue.yaml_file import InvalidYaml, line_of, load_yaml
from account_engine.domain.negotiation.policy import (
    Affordability,
    ApprovalRules,
    Approver,
    BillInstalmentRule,
    BreachRule,
    Charge,
    CoolingOffRule,
    ExtensionRule,
    HardshipRule,
    OfferLimits,
    Policy,
    PriceLimits,
    PromiseRule,
    ProofDocument,
    SettlementRule,
    ShapeLimits,
    Tier,
    WaiverRule,
)
from account_engine.domain.terms import Provenance

FILES = ("negotiation.yml", "tiers.yml", "settlement.yml", "hardship.yml")
STAFF_FILE = "approvers.yml"
_DIGEST_LENGTH = 12
_NEEDS_PERSON = "no principal is cut without a person"

Model = TypeVar("Model", bound=BaseModel)


class InvalidPolicy(InvalidYaml):
    """A policy file that cannot be used."""

    code = "invalid_policy"


@lru_cache(maxsize=8)
def load_policy(folder: Path) -> Policy:
    """Read and check the files in `folder`. Raises InvalidPolicy.

    Who may approve is no part of the version: an offer outlives a change of staff.
    """
    negotiation = _read(folder / FILES[0], NegotiationFile)
    tiers = _read(folder / FILES[1], TiersFile)
    settlement = _read(folder / FILES[2], SettlementFile)
    hardship = _read(folder / FILES[3], HardshipsFile)
    codes = {tier.code for tier in tiers.tiers}
    if negotiation.early_hardship_tier not in codes:
        raise _names_no_tier(folder / FILES[0], ("early_hardship_tier",))
    for index, cell in enumerate(settlement.settlement):
        if cell.tier not in codes:
            raise _names_no_tier(folder / FILES[2], ("settlement", index, "tier"))
        if Charge.PRINCIPAL in cell.automatic:
            where = ("settlement", index, "automatic", Charge.PRINCIPAL.value)
            raise _wrong(folder / FILES[2], where, _NEEDS_PERSON)
    return Policy(
        policy_id=negotiation.policy_id,
        version=f"{negotiation.version}+{_digest(folder)}",
        tiers=tuple(_tier(tier) for tier in tiers.tiers),
        early_hardship_tier=negotiation.early_hardship_tier,
        price=PriceLimits(**negotiation.price.dict()),
        shape=_shape(negotiation),
        offers=OfferLimits(**negotiation.offers.dict()),
        affordability=Affordability(**negotiation.affordability.dict()),
        approvals=_approvals(negotiation),
        approvers=_approvers(folder, negotiation.approvals.roles),
        cooling_off=CoolingOffRule(**negotiation.cooling_off.dict()),
        breach=BreachRule(**negotiation.breach.dict()),
        promise=PromiseRule(**negotiation.promise.dict()),
        hardship=_hardship(hardship),
        settlement=_settlement(settlement),
        bill_instalment=_bill_instalment(negotiation),
        voluntary_extension=_extension(negotiation.voluntary_extension),
        provenance=_provenance(
            negotiation.provenance, tiers.provenance, settlement.provenance, hardship.provenance
        ),
    )


def policy_schema() -> dict[str, Any]:
    """JSON Schema of the files, one property for each by its name."""
    models = (NegotiationFile, TiersFile, SettlementFile, HardshipsFile, ApproversFile)
    return {
        "type": "object",
        "properties": {
            name: {"$ref": f"#/definitions/{model.__name__}"}
            for name, model in zip((*FILES, STAFF_FILE), models, strict=True)
        },
        "additionalProperties": False,
        "definitions": schema(models)["definitions"],
    }


def _shape(file: NegotiationFile) -> ShapeLimits:
    values = file.shape.dict()
    for name in ("down_payment_shares", "first_due_offered"):
        values[name] = tuple(values[name])
    values["max_terms_by_product"] = MappingProxyType(values["max_terms_by_product"])
    return ShapeLimits(**values)


def _approvals(file: NegotiationFile) -> ApprovalRules:
    values = file.approvals.dict()
    values["roles"] = tuple(values["roles"])
    del values["when_principal_cut"]  # it can only be true
    values["role_of"] = MappingProxyType(values["role_of"])
    return ApprovalRules(**values)


def _bill_instalment(file: NegotiationFile) -> BillInstalmentRule:
    rule = file.bill_instalment
    return BillInstalmentRule(
        product_ids=tuple(rule.product_ids),
        flat_fees=MappingProxyType(dict(rule.flat_fees)),
        min_amount=rule.min_amount,  # type: ignore[arg-type]
    )


def _approvers(folder: Path, roles: Sequence[str]) -> Mapping[str, Approver]:
    path = folder / STAFF_FILE
    file = _read(path, ApproversFile)
    for index, one in enumerate(file.approvers):
        if one.role not in roles:
            where = ("approvers", index, "role")
            raise _wrong(path, where, f"roles does not have {one.role}")
    return MappingProxyType({one.staff_id: Approver(**one.dict()) for one in file.approvers})


def _extension(file: ExtensionFile) -> ExtensionRule:
    return ExtensionRule(file.max_days, tuple(file.days_offered), file.max_per_year)


def _tier(file: TierFile) -> Tier:
    return Tier(
        code=file.code,
        min_dpd=file.min_dpd,
        max_dpd=file.max_dpd,
        gate=file.gate,
        tools=tuple(file.tools),
        extension=None if file.extension is None else _extension(file.extension),
        arrears_terms=tuple(sorted(file.arrears_terms)),
        reage_terms=tuple(sorted(file.reage_terms)),
        waivers=tuple(WaiverRule(**waiver.dict()) for waiver in file.waivers),
    )


def _hardship(file: HardshipsFile) -> Mapping[Any, HardshipRule]:
    return MappingProxyType(
        {
            one.kind: HardshipRule(
                kind=one.kind,
                documents=tuple(ProofDocument(**paper.dict()) for paper in one.documents),
                proof_days=one.proof_days,
                sensitive=one.sensitive,
                separate_consent=one.separate_consent,
            )
            for one in file.hardship
        }
    )


def _settlement(file: SettlementFile) -> Mapping[str, SettlementRule]:
    return MappingProxyType(
        {
            cell.tier: SettlementRule(
                tier=cell.tier,
                automatic=MappingProxyType(dict(cell.automatic)),
                with_approval=MappingProxyType(dict(cell.with_approval)),
                days_to_pay=cell.days_to_pay,
            )
            for cell in file.settlement
        }
    )


def _provenance(*parts: Mapping[str, ProvenanceFile]) -> Mapping[str, Provenance]:
    return MappingProxyType(
        {
            name: Provenance(one.source, one.confidence, one.note)
            for part in parts
            for name, one in part.items()
        }
    )


def _digest(folder: Path) -> str:
    content = hashlib.sha256()
    for name in FILES:
        content.update((folder / name).read_bytes())
    return content.hexdigest()[:_DIGEST_LENGTH]


def _names_no_tier(path: Path, where: tuple[str | int, ...]) -> InvalidPolicy:
    return _wrong(path, where, "names no tier")


def _wrong(path: Path, where: tuple[str | int, ...], reason: str) -> InvalidPolicy:
    line = line_of(load_yaml(path, InvalidPolicy), where)
    return InvalidPolicy(path.name, line, _field(where), reason)


def _field(where: tuple[str | int, ...]) -> str:
    return ".".join(str(part) for part in where)


def _read(path: Path, model: type[Model]) -> Model:
    data = load_yaml(path, InvalidPolicy)
    try:
        return model.parse_obj(data)
    except ValidationError as error:
        # A misspelt name is both unknown and missing; the unknown one is where the mistake is.
        found = sorted(error.errors(), key=lambda one: one["type"] != "value_error.extra")[0]
        where = tuple(part for part in found["loc"] if part != "__root__")
        raise InvalidPolicy(path.name, line_of(data, where), _field(where), found["msg"]) from error

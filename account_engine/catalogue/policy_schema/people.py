"""`hardship.yml` and `approvers.yml`: what is asked of borrowers, and who decides."""

from __future__ import annotations

from typing import Any

from pydantic import conint, conlist, constr, root_validator, validator

from account_engine.catalogue.policy_schema.values import Closed, ProvenanceFile
from account_engine.domain.payloads import HardshipKind


class ProofDocumentFile(Closed):
    """A paper that proves a hardship."""

    code: constr(min_length=1)  # type: ignore[valid-type]
    label: constr(min_length=1)  # type: ignore[valid-type]


class HardshipFile(Closed):
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


class HardshipsFile(Closed):
    """`hardship.yml`."""

    hardship: list[HardshipFile]
    provenance: dict[str, ProvenanceFile]

    @validator("hardship")
    def _all_kinds(cls, found: list[HardshipFile]) -> list[HardshipFile]:  # noqa: N805
        kinds = [one.kind for one in found]
        if sorted(kinds) != sorted(HardshipKind):
            raise ValueError("every kind of hardship must be there once")
        return found


class ApproverFile(Closed):
    """Somebody who decides on requests."""

    staff_id: constr(min_length=1, max_length=64)  # type: ignore[valid-type]
    name: constr(min_length=1)  # type: ignore[valid-type]
    role: str
    borrower_id: str | None = None


class ApproversFile(Closed):
    """`approvers.yml`."""

    approvers: list[ApproverFile]
    provenance: dict[str, ProvenanceFile]

    @validator("approvers")
    def _each_once(cls, found: list[ApproverFile]) -> list[ApproverFile]:  # noqa: N805
        ids = [one.staff_id for one in found]
        if len(set(ids)) != len(ids):
            raise ValueError("a staff_id may be there only once")
        return found

"""Who decides, and what a borrower in hardship is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from account_engine.domain.negotiation.codes import ApprovalCause
from account_engine.domain.payloads import HardshipKind


@dataclass(frozen=True, slots=True)
class ApprovalRules:
    """When a person has to decide, and which. `roles` go from the least authority to the most.

    Every cut of principal is a person's to decide, whatever a policy says.
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

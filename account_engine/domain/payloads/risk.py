"""Reports about the borrower, recalls, and whether the account may be used anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from account_engine.domain.money import Money
from account_engine.domain.payloads.kinds import RecallTrigger


@dataclass(frozen=True, slots=True)
class BreachReported:
    """A breach of the contract other than late payment."""

    clause: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ScoreReported:
    """A score of the borrower."""

    score: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class RiskWarned:
    """Stage one of a recall: the lender saw a risk and said so."""

    trigger: RecallTrigger
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class RecallNoticed:
    """Stage two: a notice was served on the value date. Without it no recall takes effect."""

    notice_id: str
    trigger: RecallTrigger
    effective_on: date
    basis: str
    amount: Money | None = None
    source_account: str | None = None
    approved_by: str | None = None


@dataclass(frozen=True, slots=True)
class RecallWithdrawn:
    """The lender takes a notice back."""

    notice_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RecallReinstated:
    """Both sides agree that the instalments go on as if there had been no recall."""

    notice_id: str
    agreement_id: str = ""


@dataclass(frozen=True, slots=True)
class FacilityFrozen:
    """New use is stopped, or with a limit only reduced."""

    reason: str
    limit: Money | None = None


@dataclass(frozen=True, slots=True)
class FacilityRestored:
    """New use is possible again."""

    limit: Money | None = None


@dataclass(frozen=True, slots=True)
class WrittenOff:
    """The lender wrote the debt off in its books; the borrower still owes it."""

    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Transferred:
    """The claim was sold. It binds the borrower from the notice on (民法典546)."""

    creditor: str
    notified_on: date | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """The account takes no new use any more."""

    reason: str = ""

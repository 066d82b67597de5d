"""What a borrower tells about themselves, and what happens to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from account_engine.domain.money import Money
from account_engine.domain.payloads.kinds import (
    DisputeOutcome,
    DisputeReason,
    HardshipKind,
    ProofState,
)


@dataclass(frozen=True, slots=True)
class HardshipDeclared:
    """The borrower says why they cannot pay; later events with the same id update the proof."""

    hardship_id: str
    hardship: HardshipKind
    proof: ProofState = ProofState.ASKED
    until: date | None = None
    consent_id: str | None = None


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """The borrower agreed, apart from anything else, that one kind of hardship is recorded.

    个人信息保护法 29: sensitive personal data needs a consent of its own. `statement` names the
    wording that was shown, with its version; `evidence` where the yes can be found (a message id).
    """

    consent_id: str
    hardship: HardshipKind
    statement: str
    evidence: str


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """The borrower takes a consent back (个人信息保护法 15). What was done before stays lawful."""

    consent_id: str


@dataclass(frozen=True, slots=True)
class DisputeOpened:
    """The borrower objects to all of the account or to one bill or loan."""

    dispute_id: str
    reason: DisputeReason
    amount: Money | None = None
    towards: str | None = None


@dataclass(frozen=True, slots=True)
class DisputeClosed:
    """The dispute is decided; `amount` is the principal that is taken off when it is upheld."""

    dispute_id: str
    outcome: DisputeOutcome
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class BorrowerDeceased:
    """The borrower died on the value date."""

    reported_by: str = ""

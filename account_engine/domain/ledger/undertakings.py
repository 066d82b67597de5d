"""What was undertaken on an account besides its debts: a recall, plans, waivers that wait."""

from __future__ import annotations

from dataclasses import dataclass, field

from account_engine.domain import payloads as p
from account_engine.domain.ledger.row import Row
from account_engine.domain.money import Money
from account_engine.domain.state import PlanState, RecallDefect, RecallStage


@dataclass(slots=True)
class RecallBook:
    """The latest recall of an account."""

    stage: RecallStage = RecallStage.NONE
    trigger: p.RecallTrigger | None = None
    warned_on: int | None = None
    noticed_on: int | None = None
    effective_on: int | None = None
    ended_on: int | None = None
    basis: str | None = None
    amount: int | None = None
    source_account: str | None = None
    notice_id: str | None = None
    defects: tuple[RecallDefect, ...] = ()
    events: list[str] = field(default_factory=list)


@dataclass(slots=True)
class PlanBook:
    """A plan that runs, with the rows it created."""

    event_id: str
    agreed: p.PlanAgreed
    leg: p.PlanLeg
    agreed_on: int
    rows: list[Row]
    completed_on: int | None = None
    frozen: PlanState | None = None


@dataclass(slots=True)
class PendingWaiver:
    """A waiver that waits for a payment."""

    event_id: str
    waiver: p.Waiver
    since: int
    paid: int = 0

    def lapsed(self, day: int) -> bool:
        """Whether the deadline passed before the payment was complete."""
        deadline = self.waiver.deadline
        return deadline is not None and day > deadline.toordinal()


@dataclass(frozen=True, slots=True)
class Revocation:
    """A plan that ended early; found in one pass of the fold and obeyed in the next.

    `earned` is what stays waived although the plan was broken.
    """

    breached_on: int
    state: PlanState
    earned: tuple[tuple[p.Component, Money], ...] = ()

"""What lender and borrower agree on: pauses, later days, plans, promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.domain.payloads.kinds import (
    Component,
    PauseScope,
    PenaltyDuringPlan,
    PlanScope,
    PlanTool,
    WaiversOnBreach,
)

_ZERO = Money(0)


@dataclass(frozen=True, slots=True)
class InterestPaused:
    """From the value date up to, not including, `until` the scopes stand still."""

    until: date
    scope: tuple[PauseScope, ...] = (PauseScope.PENALTY,)


@dataclass(frozen=True, slots=True)
class ExtensionAgreed:
    """Rows get a later due date (展期). Without numbers: every row due by the value date."""

    extension_id: str
    new_due: date
    rows: tuple[str, ...] = ()
    fee: Money = _ZERO
    approved_by: str | None = None


@dataclass(frozen=True, slots=True)
class PlanRowAgreed:
    """One instalment of a plan.

    `interest_owed` and `fee_owed` are the parts of `interest` and `fee` that were owed already
    when the plan was agreed: an early payoff or a recall does not drop them. A plan that says
    neither in any of its rows takes over interest and fees as far as its own reach.
    """

    number: int
    due: date
    principal: Money
    interest: Money = _ZERO
    fee: Money = _ZERO
    penalty: Money = _ZERO
    interest_owed: Money | None = None
    fee_owed: Money | None = None


@dataclass(frozen=True, slots=True)
class PlanLeg:
    """What a plan says for one account.

    `waived` is what will be given up once every row was paid, by component.
    """

    account_id: str
    rows: tuple[PlanRowAgreed, ...]
    waived: tuple[tuple[Component, Money], ...] = ()


@dataclass(frozen=True, slots=True)
class PlanAgreed:
    """A repayment plan replaces what was due on one or several accounts.

    Attributes:
        cure_days: so long after the due date that put it in breach it may be made good.
        missed_rows: as many rows of one account late at a time put the plan in breach.
        waivers: what becomes of `PlanLeg.waived` when it ends before it was completed.
    """

    plan_id: str
    tool: PlanTool
    scope: PlanScope
    legs: tuple[PlanLeg, ...]
    cure_days: int = 7
    penalty: PenaltyDuringPlan = PenaltyDuringPlan.STOPPED
    annual_rate: Decimal | None = None
    offer_id: str | None = None
    approved_by: str | None = None
    missed_rows: int = 1
    waivers: WaiversOnBreach = WaiversOnBreach.REVOKED


@dataclass(frozen=True, slots=True)
class PlanBroken:
    """Evidence that a plan's row was missed; the state finds out by itself."""

    plan_id: str
    row_number: int


@dataclass(frozen=True, slots=True)
class PlanCured:
    """The lender accepts a late row and keeps the plan alive."""

    plan_id: str


@dataclass(frozen=True, slots=True)
class PlanRevoked:
    """The plan ends before it was completed."""

    plan_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PromiseMade:
    """The borrower says they will pay an amount by a date. No debt changes.

    `replaces` is the id of an earlier promise that this one corrects.
    """

    promise_id: str
    amount: Money
    on: date
    replaces: str | None = None

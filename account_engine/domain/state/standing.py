"""What belongs to an account besides its rows: facility, recall, plans, disputes, reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from account_engine.domain.money import Money
from account_engine.domain.payloads import DisputeReason, PlanTool, RecallTrigger
from account_engine.domain.records import quickly_made
from account_engine.domain.state.labels import (
    FacilityReason,
    FacilityStatus,
    PlanRowStatus,
    PlanStatus,
    RecallDefect,
    RecallStage,
    ReturnCondition,
)


@quickly_made
@dataclass(frozen=True, slots=True)
class FacilityState:
    """Whether the account can be used anew. A return is a possibility, never a promise."""

    status: FacilityStatus
    reasons: tuple[FacilityReason, ...]
    since: date | None
    return_conditions: tuple[ReturnCondition, ...]
    earliest_return: date | None
    limit: Money | None


@quickly_made
@dataclass(frozen=True, slots=True)
class RecallState:
    """The recall's life cycle with its evidence.

    `amount` is what the notice itemised, or the balance that became due once effective.
    `effective_on` is the earliest lawful date when the notice named an earlier one.
    """

    stage: RecallStage = RecallStage.NONE
    trigger: RecallTrigger | None = None
    warned_on: date | None = None
    noticed_on: date | None = None
    effective_on: date | None = None
    ended_on: date | None = None
    basis: str | None = None
    amount: Money | None = None
    source_account: str | None = None
    notice_id: str | None = None
    defects: tuple[RecallDefect, ...] = ()
    available: tuple[RecallTrigger, ...] = ()
    event_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanRowState:
    """One row of a plan."""

    number: int
    due: date
    amount: Money
    paid: Money
    status: PlanRowStatus


@dataclass(frozen=True, slots=True)
class PlanState:
    """A repayment plan and how it is kept."""

    plan_id: str
    tool: PlanTool
    status: PlanStatus
    agreed_on: date
    rows: tuple[PlanRowState, ...]
    remaining_rows: int
    next_due: date | None
    next_amount: Money
    cure_until: date | None
    ended_on: date | None
    waived_on_completion: Money
    offer_id: str | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class CreditReportState:
    """What the credit register may show. No threshold of days is ever promised."""

    next_reporting_date: date
    has_overdue_record: bool
    record_ends_on: date | None
    cleared_on: date | None


@dataclass(frozen=True, slots=True)
class DisputeState:
    """An open dispute."""

    dispute_id: str
    reason: DisputeReason
    opened_on: date
    amount: Money | None
    towards: str | None

"""One account on one day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from account_engine.domain.money import Money
from account_engine.domain.records import quickly_made
from account_engine.domain.state.buckets import Ledger, buckets
from account_engine.domain.state.labels import Ageing, CollectionStage, PlanStatus, RiskClass
from account_engine.domain.state.rows import RowFacts, ScheduleRow, schedule_row
from account_engine.domain.state.standing import (
    CreditReportState,
    DisputeState,
    FacilityState,
    PlanState,
    RecallState,
)
from account_engine.domain.terms import ProductTerms


@dataclass(frozen=True, slots=True)
class AllocationFact:
    """Where a payment went on one account."""

    event_id: str
    on: date
    amount: Money
    principal: Money
    interest: Money
    fee: Money
    penalty: Money
    prepayment_fee: Money
    credit: Money


@quickly_made
@dataclass(frozen=True)
class AccountState:
    """Everything about one account on one day."""

    account_id: str
    product_id: str
    display_name: str
    brand: str
    lender_name: str
    creditor: str
    as_of: date
    dpd: int
    delinquent_days: int
    ageing: Ageing
    risk_class: RiskClass
    oldest_unpaid_due: date | None
    next_due: date | None
    next_due_amount: Money
    facts: tuple[RowFacts, ...] = field(repr=False)
    allocations: tuple[tuple[object, ...], ...] = field(repr=False)
    facility: FacilityState
    recall: RecallState
    plans: tuple[PlanState, ...]
    collection_stage: CollectionStage
    credit_report: CreditReportState
    disputes: tuple[DisputeState, ...]
    written_off: bool
    closed: bool
    extension_until: date | None
    extensions_used: int
    waivers_used: int
    credit: Money
    unearned_interest: Money
    charge_headroom: Money | None
    delinquency_pauses: tuple[tuple[int, int], ...] = field(repr=False)
    prepayment_fee: Money
    annual_rate: Decimal
    penalty_daily_rate: Decimal
    uncapped_daily_rate: Decimal
    carry_daily_rate: Decimal
    terms: ProductTerms = field(repr=False)

    @cached_property
    def buckets(self) -> Ledger:
        """Every open amount in the ledger's buckets."""
        return buckets(self.facts, self.as_of.toordinal(), self.credit.fen)

    @cached_property
    def schedule(self) -> tuple[ScheduleRow, ...]:
        """Every bill and instalment, oldest due date first, settled ones included."""
        return tuple(schedule_row(facts) for facts in self.facts)

    @cached_property
    def payments(self) -> tuple[AllocationFact, ...]:
        """Where each payment, refund and credit went, in order."""
        return tuple(
            AllocationFact(
                str(entry[0]),
                date.fromordinal(int(str(entry[1]))),
                *(Money(int(str(fen))) for fen in entry[2:]),
            )
            for entry in self.allocations
        )

    @property
    def reported_next(self) -> bool:
        """Whether today's lateness, if it lasts, is in the report of the next reporting date."""
        if not self.dpd:
            return False
        then = self.dpd + (self.credit_report.next_reporting_date - self.as_of).days
        return then > self.terms.credit_report.promise_no_report_days

    @property
    def disputed(self) -> bool:
        """Whether a dispute is open."""
        return bool(self.disputes)

    @property
    def plan(self) -> PlanState | None:
        """The plan that matters now: the last one agreed."""
        return self.plans[-1] if self.plans else None

    @property
    def plans_broken(self) -> int:
        """How many plans of this account were revoked, ever."""
        return sum(plan.status is PlanStatus.REVOKED for plan in self.plans)

    @property
    def outstanding(self) -> Money:
        """Open principal of every row."""
        return Money(sum(row.open_principal for row in self.facts))

"""The state of a borrower's accounts on one day. Everything here is frozen.

Exact facts are kept as whole fen in `RowFacts`; `Money` views are made when they are read, so that
a state costs little when only a quote is wanted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from account_engine.domain.money import Money, divide
from account_engine.domain.payloads import (
    DisputeReason,
    HardshipKind,
    PlanTool,
    ProofState,
    RecallTrigger,
)
from account_engine.domain.terms import LinkageCure, LinkageEffect, ProductTerms


class Ageing(str, Enum):
    """How late, in the usual buckets."""

    CURRENT = "current"
    GRACE = "grace"
    M1 = "m1"
    M2 = "m2"
    M3 = "m3"
    M3_PLUS = "m3_plus"


class RiskClass(str, Enum):
    """Five-class label (五级分类): 正常, 关注, 次级, 可疑, 损失."""

    NORMAL = "normal"
    SPECIAL_MENTION = "special_mention"
    SUBSTANDARD = "substandard"
    DOUBTFUL = "doubtful"
    LOSS = "loss"


class RowOrigin(str, Enum):
    """What a row of the schedule comes from."""

    BILL = "bill"
    BILL_INSTALMENT = "bill_instalment"
    LOAN = "loan"
    CHARGE = "charge"
    PLAN = "plan"
    RECALL = "recall"


class RowState(str, Enum):
    """Where a row stands."""

    UPCOMING = "upcoming"
    BILLED = "billed"
    DUE_TODAY = "due_today"
    IN_GRACE = "in_grace"
    OVERDUE = "overdue"
    REVOLVED = "revolved"  # its minimum was paid, the rest is carried to the next due date
    PAID = "paid"
    MOVED_TO_PLAN = "moved_to_plan"
    RECALLED = "recalled"


class FacilityStatus(str, Enum):
    """Whether new use is possible."""

    NORMAL = "normal"
    REDUCED = "reduced"
    FROZEN = "frozen"
    CLOSED = "closed"


class FacilityReason(str, Enum):
    """Why new use is not possible."""

    OVERDUE = "overdue"
    LENDER_DECISION = "lender_decision"
    RECALL = "recall"
    LINKAGE = "linkage"
    UNDER_REVIEW = "under_review"
    PLAN_RUNNING = "plan_running"
    DISPUTE = "dispute"
    DECEASED = "deceased"
    WRITTEN_OFF = "written_off"
    TRANSFERRED = "transferred"
    ACCOUNT_CLOSED = "account_closed"


class ReturnCondition(str, Enum):
    """What has to happen before new use may be considered again."""

    PAY_OVERDUE = "pay_overdue"
    SETTLE_RECALL = "settle_recall"
    COMPLETE_PLAN = "complete_plan"
    LINKED_ACCOUNT_PAID = "linked_account_paid"
    LINKED_ACCOUNT_SETTLED = "linked_account_settled"
    CLOSE_DISPUTE = "close_dispute"
    OBSERVATION = "observation"
    LENDER_REVIEW = "lender_review"


class RecallStage(str, Enum):
    """Where a recall stands."""

    NONE = "none"
    WARNED = "warned"
    NOTICED = "noticed"
    EFFECTIVE = "effective"
    CURED = "cured"
    REINSTATED = "reinstated"
    WITHDRAWN = "withdrawn"
    SETTLED = "settled"
    INVALID = "invalid"


class RecallDefect(str, Enum):
    """Why a notice has no effect."""

    TRIGGER_NOT_IN_TERMS = "trigger_not_in_terms"
    TRIGGER_NOT_MET = "trigger_not_met"
    NO_CONTRACT_FLAG = "no_contract_flag"
    APPROVAL_MISSING = "approval_missing"
    NOTHING_TO_RECALL = "nothing_to_recall"


class PlanStatus(str, Enum):
    """Where a plan stands."""

    ACTIVE = "active"
    BROKEN = "broken"  # a row was missed and its cure period is running
    REVOKED = "revoked"
    COMPLETED = "completed"


class PlanRowStatus(str, Enum):
    """Where a plan row stands."""

    PAID = "paid"
    UPCOMING = "upcoming"
    DUE_TODAY = "due_today"
    MISSED = "missed"
    CANCELLED = "cancelled"


class PromiseStatus(str, Enum):
    """Where a promise to pay stands."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    REPLACED = "replaced"  # corrected by a later one; it is neither kept nor broken


class CollectionStage(str, Enum):
    """How collection may treat the account."""

    NONE = "none"
    REMINDER = "reminder"
    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"
    RECALLED = "recalled"
    PLAN = "plan"
    SUSPENDED_DISPUTE = "suspended_dispute"
    ESTATE = "estate"
    TRANSFERRED = "transferred"


class Bucket(str, Enum):
    """Ledger buckets: {billed, next, future} and overdue by part, and penalty on each part."""

    BILLED_REVOLVING_PRINCIPAL = "billed_revolving_principal"
    BILLED_INSTALMENT_PRINCIPAL = "billed_instalment_principal"
    BILLED_INTEREST = "billed_interest"
    BILLED_FEE = "billed_fee"
    NEXT_REVOLVING_PRINCIPAL = "next_revolving_principal"
    NEXT_INSTALMENT_PRINCIPAL = "next_instalment_principal"
    NEXT_INTEREST = "next_interest"
    NEXT_FEE = "next_fee"
    FUTURE_REVOLVING_PRINCIPAL = "future_revolving_principal"
    FUTURE_INSTALMENT_PRINCIPAL = "future_instalment_principal"
    FUTURE_INTEREST = "future_interest"
    FUTURE_FEE = "future_fee"
    OVERDUE_REVOLVING_PRINCIPAL = "overdue_revolving_principal"
    OVERDUE_INSTALMENT_PRINCIPAL = "overdue_instalment_principal"
    OVERDUE_INTEREST = "overdue_interest"
    OVERDUE_FEE = "overdue_fee"
    PENALTY_ON_REVOLVING_PRINCIPAL = "penalty_on_revolving_principal"
    PENALTY_ON_INSTALMENT_PRINCIPAL = "penalty_on_instalment_principal"
    PENALTY_ON_INTEREST = "penalty_on_interest"
    PENALTY_ON_FEE = "penalty_on_fee"
    CREDIT_BALANCE = "credit_balance"


Ledger = Mapping[Bucket, Money]


class Segment(NamedTuple):
    """A stretch of days with one base and one rate. Days are proleptic ordinals; amounts fen.

    `uncapped` is what the contract's own rate would have charged.
    """

    start: int
    end: int
    days: int
    principal: int
    fee: int
    interest: int
    amount: int
    uncapped: int

    @property
    def base(self) -> int:
        """The amount the rate was applied to."""
        return self.principal + self.fee + self.interest


class RowFacts(NamedTuple):
    """One row in exact figures: fen, and days as proleptic ordinals."""

    key: str
    number: int
    origin: RowOrigin
    line: str
    revolving: int  # 1 for revolving principal, 0 for instalment principal
    due: int
    original_due: int
    statement_on: int
    state: RowState
    principal: int
    interest: int
    fee: int
    open_principal: int
    open_interest: int
    open_fee: int
    open_penalty: int
    paid_principal: int
    paid_interest: int
    paid_fee: int
    paid_penalty: int
    waived_principal: int
    waived_interest: int
    waived_fee: int
    waived_penalty: int
    moved_penalty: int  # taken over by a plan
    cap_cut: int  # taken off the penalty by the cap on the total
    posted_penalty: int  # one-off late fees and penalties the lender posted by itself
    minimum_open: int  # what is missing to the row's minimum payment
    earned_interest: int  # of open_interest, what is owed if all is paid today
    earned_fee: int
    segments: tuple[Segment, ...]  # penalty
    carried: tuple[Segment, ...]  # interest after a minimum payment
    settled_on: int | None
    event_ids: tuple[str, ...]
    over_cap_interest: int = 0  # gave way to penalty under the cap on the total when it came due
    over_cap_fee: int = 0
    giving_way_interest: int = 0  # of what is not due yet, what would give way if paid today
    giving_way_fee: int = 0

    def late_before(self, day: int) -> bool:
        """Whether the row bore penalty at some time before a day."""
        return bool(self.posted_penalty) or any(part.start < day for part in self.segments)

    @property
    def open_total(self) -> int:
        """Principal, interest, fee and penalty not paid yet."""
        return self.open_principal + self.open_interest + self.open_fee + self.open_penalty


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One instalment or bill as a borrower would read it."""

    key: str
    number: int
    origin: RowOrigin
    due: date
    original_due: date
    principal: Money
    interest: Money
    fee: Money
    paid_principal: Money
    paid_interest: Money
    paid_fee: Money
    paid_penalty: Money
    outstanding: Money
    penalty: Money
    state: RowState


@dataclass(frozen=True, slots=True)
class FacilityState:
    """Whether the account can be used anew. A return is a possibility, never a promise."""

    status: FacilityStatus
    reasons: tuple[FacilityReason, ...]
    since: date | None
    return_conditions: tuple[ReturnCondition, ...]
    earliest_return: date | None
    limit: Money | None


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


@dataclass(frozen=True, slots=True)
class PromiseState:
    """A promise to pay and whether it was kept."""

    promise_id: str
    account_id: str | None
    amount: Money
    made_on: date
    on: date
    paid: Money
    status: PromiseStatus


@dataclass(frozen=True, slots=True)
class HardshipState:
    """A declared hardship and how far its proof is."""

    hardship_id: str
    hardship: HardshipKind
    declared_on: date
    proof: ProofState
    until: date | None


@dataclass(frozen=True, slots=True)
class LinkageState:
    """A default on one account that touches another."""

    source_account: str
    affected_account: str
    trigger: RecallTrigger
    effect: LinkageEffect
    cure: LinkageCure


@dataclass(frozen=True)
class BorrowerState:
    """Everything about one borrower on one day."""

    borrower_id: str
    as_of: date
    accounts: tuple[AccountState, ...]
    deceased: bool
    deceased_on: date | None
    promises: tuple[PromiseState, ...]
    hardships: tuple[HardshipState, ...]
    linkage_effects: tuple[LinkageState, ...]

    def account(self, account_id: str) -> AccountState:
        """The state of one account. Raises KeyError when the borrower does not have it."""
        for account in self.accounts:
            if account.account_id == account_id:
                return account
        raise KeyError(account_id)


def schedule_row(facts: RowFacts) -> ScheduleRow:
    """The row as a borrower reads it."""
    return ScheduleRow(
        key=facts.key,
        number=facts.number,
        origin=facts.origin,
        due=date.fromordinal(facts.due),
        original_due=date.fromordinal(facts.original_due),
        principal=Money(facts.principal),
        interest=Money(facts.interest),
        fee=Money(facts.fee),
        paid_principal=Money(facts.paid_principal),
        paid_interest=Money(facts.paid_interest),
        paid_fee=Money(facts.paid_fee),
        paid_penalty=Money(facts.paid_penalty),
        outstanding=Money(facts.open_total),
        penalty=Money(facts.open_penalty),
        state=facts.state,
    )


_PARTS = (
    ("BILLED", 0),
    ("NEXT", 1),
    ("FUTURE", 2),
    ("OVERDUE", 3),
)
_BUCKETS = {
    index: (
        Bucket[f"{name}_INSTALMENT_PRINCIPAL"],
        Bucket[f"{name}_REVOLVING_PRINCIPAL"],
        Bucket[f"{name}_INTEREST"],
        Bucket[f"{name}_FEE"],
    )
    for name, index in _PARTS
}


def buckets(rows: tuple[RowFacts, ...], day: int, credit: int) -> dict[Bucket, Money]:
    """Sum open rows into the ledger's buckets."""
    sums = dict.fromkeys(Bucket, 0)
    sums[Bucket.CREDIT_BALANCE] = credit
    horizon = _next_horizon(rows, day)
    for row in rows:
        if not row.open_total or row.state in (RowState.MOVED_TO_PLAN, RowState.RECALLED):
            continue
        instalment, revolving, interest, fee = _BUCKETS[_part(row, day, horizon)]
        sums[revolving if row.revolving else instalment] += row.open_principal
        sums[interest] += row.open_interest
        sums[fee] += row.open_fee
        if row.open_penalty:
            _penalty_buckets(sums, row)
    return {bucket: Money(fen) for bucket, fen in sums.items()}


def _next_horizon(rows: tuple[RowFacts, ...], day: int) -> int:
    """Last day of the month in which the first row that is not billed yet falls due."""
    upcoming = [r.due for r in rows if r.open_total and r.due > day and r.statement_on > day]
    if not upcoming:
        return day
    first = date.fromordinal(min(upcoming))
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return following.toordinal() - 1


def _part(row: RowFacts, day: int, horizon: int) -> int:
    if row.due < day:
        return 3
    if row.due == day or row.statement_on <= day:
        return 0
    return 1 if row.due <= horizon else 2


def _penalty_buckets(sums: dict[Bucket, int], row: RowFacts) -> None:
    """Split a row's open penalty by what it was charged on; the principal takes the rest."""
    principal = (
        Bucket.PENALTY_ON_REVOLVING_PRINCIPAL
        if row.revolving
        else Bucket.PENALTY_ON_INSTALMENT_PRINCIPAL
    )
    base = sum(segment.base * segment.days for segment in row.segments)
    on_fee = sum(segment.fee * segment.days for segment in row.segments)
    on_interest = sum(segment.interest * segment.days for segment in row.segments)
    fee = divide(row.open_penalty * on_fee, base) if base else 0
    interest = min(
        row.open_penalty - fee, divide(row.open_penalty * on_interest, base) if base else 0
    )
    sums[Bucket.PENALTY_ON_FEE] += fee
    sums[Bucket.PENALTY_ON_INTEREST] += interest
    sums[principal] += row.open_penalty - fee - interest

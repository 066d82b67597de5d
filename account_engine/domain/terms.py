"""What a contract says, as data. Every rule of the engine is a field here, never a constant.

Rates are exact decimals: `daily` rates per day, `annual` rates per year. All thresholds in days
count days past due (DPD) as `as_of - oldest unpaid due date`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from types import MappingProxyType

from account_engine.domain.calendar import DayCount
from account_engine.domain.money import Money, Rounding
from account_engine.domain.payloads import RecallTrigger, RepaymentMethod

_ZERO = Money(0)
_ONE_FEN = Money(1)


class ProductKind(str, Enum):
    """How debt arises: by bills, or by loans with a schedule."""

    REVOLVING = "revolving"
    INSTALMENT_LOAN = "instalment_loan"


class Confidence(str, Enum):
    """How sure the source of a parameter is; C, K and X are demonstration defaults only."""

    A = "A"
    A_MINUS = "A-"
    B = "B"
    C = "C"
    K = "K"
    X = "X"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a parameter comes from."""

    source: str
    confidence: Confidence
    note: str = ""


class InterestBasis(str, Enum):
    """Whether late principal goes on bearing contract interest."""

    SCHEDULED = "scheduled"  # as scheduled; penalty instead of interest once overdue
    ACTUAL_BALANCE = "actual_balance"  # day by day on what is really unpaid


class InterestMethod(str, Enum):
    """Default spread of interest."""

    DECLINING = "declining"
    FLAT = "flat"


class PenaltyMethod(str, Enum):
    """How the daily penalty rate is found."""

    NONE = "none"
    FIXED_DAILY = "fixed_daily"
    FIXED_ANNUAL = "fixed_annual"
    CONTRACT_MULTIPLE = "contract_multiple"


class PenaltyBase(str, Enum):
    """On which overdue amounts penalty is charged."""

    PRINCIPAL = "principal"
    PRINCIPAL_FEE = "principal+fee"
    PRINCIPAL_FEE_INTEREST = "principal+fee+interest"
    INTEREST = "interest"


class LateFeeBase(str, Enum):
    """On which amount a one-off late fee is charged."""

    PRINCIPAL = "principal"
    PRINCIPAL_INTEREST = "principal+interest"
    INSTALMENT = "instalment"
    UNPAID_MINIMUM = "unpaid_minimum"


class AccrualStart(str, Enum):
    """From when a daily charge runs."""

    DUE_DATE = "due_date"
    POSTING_DATE = "posting_date"


class GraceCharge(str, Enum):
    """From when penalty runs once a grace period ended unused."""

    FROM_DUE_DATE = "from_due_date"
    FROM_GRACE_END = "from_grace_end"


class Timing(str, Enum):
    """Where a debt stands on the day a payment comes in."""

    PAST_DUE = "past_due"
    DUE = "due"
    IN_ADVANCE = "in_advance"


class AllocationPart(str, Enum):
    """What a payment can be put to. `minimum` is principal up to the row's minimum payment."""

    FEE = "fee"
    PENALTY = "penalty"
    INTEREST = "interest"
    MINIMUM = "minimum"
    PRINCIPAL = "principal"


class Sweep(str, Enum):
    """Whether a payment goes through all rows part by part, or row by row."""

    BY_COMPONENT = "by_component"
    BY_ROW = "by_row"


class PrepaymentEffect(str, Enum):
    """What becomes of later instalments when principal is repaid early."""

    SMALLER_INSTALMENTS = "smaller_instalments"
    FEWER_INSTALMENTS = "fewer_instalments"


class FeeOnRecall(str, Enum):
    """What becomes of instalment fees that are not due yet when the balance is recalled."""

    DROP = "drop"
    KEEP = "keep"


class RecallEffect(str, Enum):
    """What a recall does once it takes effect."""

    ACCELERATE = "accelerate"
    FREEZE_FACILITY = "freeze_facility"
    CLOSE_FACILITY = "close_facility"


class RecallCure(str, Enum):
    """What stops a noticed recall before its effective date."""

    PAY_ARREARS = "pay_arrears"
    PAY_ALL = "pay_all"
    NONE = "none"


class LinkageEffect(str, Enum):
    """What an event on one product does to another."""

    SUSPEND_NEW_USE = "suspend_new_use"
    REDUCE_LIMIT = "reduce_limit"
    RECALL_IF_FLAGGED = "recall_if_flagged"


class LinkageCure(str, Enum):
    """When a linkage ends."""

    SOURCE_PAID = "source_paid"  # nothing overdue any more on the triggering account
    SOURCE_SETTLED = "source_settled"  # the triggering account owes nothing
    LENDER_REVIEW = "lender_review"  # only by a facility-restored event


class Approval(str, Enum):
    """Whether a person must approve."""

    NOT_NEEDED = "not_needed"
    NEEDED = "needed"


class MinimumPart(str, Enum):
    """What the minimum payment includes in full, besides its share of revolving principal."""

    INSTALMENTS_DUE = "instalments_due"
    FEES = "fees"
    INTEREST = "interest"
    PAST_UNPAID_MINIMUM = "past_unpaid_minimum"


class PenaltyOnRevocation(str, Enum):
    """What a broken plan does to penalty that was stopped while it was kept."""

    FROM_BREACH = "from_breach"
    FROM_AGREEMENT = "from_agreement"


class Conduct(str, Enum):
    """Whether penalty stands still during something."""

    CONTINUES = "continues"
    STOPS = "stops"


@dataclass(frozen=True, slots=True)
class StatementRule:
    """Monthly bill and due days. A due day beyond a month's end means its last day."""

    statement_day: int = 1
    due_day: int = 10
    due_day_choices: tuple[int, ...] = ()
    cutoff: str = "24:00"


@dataclass(frozen=True, slots=True)
class GraceRule:
    """Days after the due date within which nothing is charged, and small shortfalls forgiven."""

    days: int = 0
    charge: GraceCharge = GraceCharge.FROM_DUE_DATE
    tolerance: Money = _ZERO


@dataclass(frozen=True, slots=True)
class MinimumRule:
    """Minimum payment of a revolving product."""

    ratio: Decimal
    parts: tuple[MinimumPart, ...] = tuple(MinimumPart)
    interest_daily: Decimal = Decimal("0.0005")
    interest_from: AccrualStart = AccrualStart.DUE_DATE


@dataclass(frozen=True, slots=True)
class InterestRule:
    """Contract interest of a loan."""

    annual_rate: Decimal = Decimal(0)
    min_annual_rate: Decimal = Decimal(0)
    max_annual_rate: Decimal = Decimal("0.24")
    basis: InterestBasis = InterestBasis.SCHEDULED
    instalment_multiple: Money = _ONE_FEN


@dataclass(frozen=True, slots=True)
class LateFeeRule:
    """A one-off late fee, once per missed instalment, posted as penalty on its due date."""

    rate: Decimal
    base: LateFeeBase


@dataclass(frozen=True, slots=True)
class PenaltyRule:
    """Penalty interest (罚息): simple, per day, never on penalty."""

    method: PenaltyMethod = PenaltyMethod.FIXED_DAILY
    daily_rate: Decimal = Decimal(0)
    annual_rate: Decimal = Decimal(0)
    multiple: Decimal = Decimal("1.5")
    base: PenaltyBase = PenaltyBase.PRINCIPAL
    accrues_from: AccrualStart = AccrualStart.DUE_DATE
    late_fee: LateFeeRule | None = None


@dataclass(frozen=True, slots=True)
class CapRule:
    """The most that interest, penalty and fees may cost together; None: no cap."""

    annual: Decimal | None = Decimal("0.24")


@dataclass(frozen=True, slots=True)
class AllocationStep:
    """One group of cells: debts of one timing, their parts in order."""

    timing: Timing
    components: tuple[AllocationPart, ...]
    sweep: Sweep = Sweep.BY_COMPONENT


_LAW_ORDER = (
    AllocationPart.FEE,
    AllocationPart.PENALTY,
    AllocationPart.INTEREST,
    AllocationPart.PRINCIPAL,
)


@dataclass(frozen=True, slots=True)
class AllocationRule:
    """Where a payment goes, in order. `late_steps` replace `steps` from a DPD on."""

    steps: tuple[AllocationStep, ...] = (
        AllocationStep(Timing.PAST_DUE, _LAW_ORDER),
        AllocationStep(Timing.DUE, _LAW_ORDER),
        AllocationStep(Timing.IN_ADVANCE, _LAW_ORDER, Sweep.BY_ROW),
    )
    late_from_dpd: int | None = None
    late_steps: tuple[AllocationStep, ...] = ()


@dataclass(frozen=True, slots=True)
class PrepaymentRule:
    """Early repayment; `fee_rate` is on the principal that was not due.

    `instalment_fees` says what becomes of flat fees that were not billed yet at a payoff.
    """

    fee_rate: Decimal = Decimal(0)
    effect: PrepaymentEffect = PrepaymentEffect.SMALLER_INSTALMENTS
    instalment_fees: FeeOnRecall = FeeOnRecall.DROP


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """One reason that allows a recall; `threshold` is days, a count or a score by trigger."""

    trigger: RecallTrigger
    threshold: int | None = None
    approval: Approval = Approval.NOT_NEEDED


@dataclass(frozen=True, slots=True)
class RecallRule:
    """Full recall (全额回收): when allowed, with how much notice, what it does, how it is cured."""

    triggers: tuple[TriggerRule, ...] = ()
    notice_days: int = 7
    effects: tuple[RecallEffect, ...] = (RecallEffect.ACCELERATE, RecallEffect.FREEZE_FACILITY)
    cure: RecallCure = RecallCure.PAY_ARREARS
    fees: FeeOnRecall = FeeOnRecall.DROP


@dataclass(frozen=True, slots=True)
class FacilityRule:
    """When new use stops and what has to be true before it may return; return is never promised."""

    freeze_after_days: int = 1
    observation_days: int = 30
    short_overdue_days: int = 3
    short_observation_days: int = 0


@dataclass(frozen=True, slots=True)
class LinkageRule:
    """A default on this product touches others. Empty `affects`: every other account."""

    trigger: RecallTrigger
    threshold: int
    effect: LinkageEffect
    affects: tuple[str, ...] = ()
    cure: LinkageCure = LinkageCure.SOURCE_PAID


@dataclass(frozen=True, slots=True)
class ClassificationRule:
    """From which DPD each label holds."""

    special_mention: int = 1
    substandard: int = 91
    doubtful: int = 271
    loss: int = 361
    m2: int = 31
    m3: int = 61
    m3_plus: int = 91
    collection_early: int = 4
    collection_middle: int = 31
    collection_late: int = 91
    buckets: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CreditReportRule:
    """Monthly reporting to the credit register and how long a record stays."""

    reporting_day: int = 31
    record_years: int = 5


@dataclass(frozen=True, slots=True)
class PlanRule:
    """What breaking a plan does, unless the plan itself says otherwise."""

    cure_days: int = 7
    penalty_on_revocation: PenaltyOnRevocation = PenaltyOnRevocation.FROM_BREACH


@dataclass(frozen=True, slots=True)
class SpecialRule:
    """Penalty during a dispute over the whole account and after the borrower's death."""

    dispute: Conduct = Conduct.STOPS
    death: Conduct = Conduct.STOPS


@dataclass(frozen=True)
class ProductTerms:
    """One version of a product's terms.

    Attributes:
        clauses: from a rule's name (``penalty``, ``cap``, ``minimum`` …) to the wording of its
            clause.
        provenance: from a parameter's dotted path to where it comes from.
    """

    product_id: str
    version: int
    brand: str
    display_name: str
    kind: ProductKind
    default_lender: str
    day_count: DayCount = DayCount.ACT_365F
    rounding: Rounding = Rounding.HALF_UP
    statement: StatementRule = StatementRule()
    grace: GraceRule = GraceRule()
    minimum: MinimumRule | None = None
    interest: InterestRule = InterestRule()
    penalty: PenaltyRule = PenaltyRule()
    cap: CapRule = CapRule()
    methods: tuple[RepaymentMethod, ...] = ()
    terms_offered: tuple[int, ...] = ()
    bill_instalments: Mapping[int, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    prepayment: PrepaymentRule = PrepaymentRule()
    allocation: AllocationRule = AllocationRule()
    recall: RecallRule = RecallRule()
    facility: FacilityRule = FacilityRule()
    linkage: tuple[LinkageRule, ...] = ()
    classification: ClassificationRule = ClassificationRule()
    credit_report: CreditReportRule = CreditReportRule()
    plan: PlanRule = PlanRule()
    special: SpecialRule = SpecialRule()
    clauses: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    provenance: Mapping[str, Provenance] = field(default_factory=lambda: MappingProxyType({}))

    def clause(self, rule: str) -> str:
        """The id of the clause behind a rule, e.g. ``huabei_like@1#penalty``."""
        return f"{self.product_id}@{self.version}#{rule}"

    def clause_text(self, rule: str) -> str | None:
        """The clause's wording, as the demonstration terms have it."""
        return self.clauses.get(rule)

    def provenance_of(self, path: str) -> Provenance | None:
        """Where a parameter comes from; a rule's entry covers all its parameters."""
        while path:
            found = self.provenance.get(path)
            if found is not None:
                return found
            path = path.rpartition(".")[0]
        return None

    def __getstate__(self) -> dict[str, object]:
        return {
            name: dict(value) if isinstance(value, MappingProxyType) else value
            for name, value in self.__dict__.items()
        }


@dataclass(frozen=True)
class Contract:
    """One borrower's contract for one account, under the terms version it was signed with.

    Attributes:
        annual_rate: the individual yearly price of a loan product; default: the terms'.
        cross_recall: whether the contract allows a recall because another product defaulted.
        due_day: the individual monthly due day; default: the terms'.
    """

    account_id: str
    borrower_id: str
    terms: ProductTerms
    lender_name: str
    signed_on: date
    cross_recall: bool = False
    credit_limit: Money | None = None
    annual_rate: Decimal | None = None
    due_day: int | None = None

    @property
    def effective_annual_rate(self) -> Decimal:
        """The yearly contract rate of this account."""
        return self.terms.interest.annual_rate if self.annual_rate is None else self.annual_rate

    @property
    def effective_due_day(self) -> int:
        """The monthly due day of this account."""
        return self.terms.statement.due_day if self.due_day is None else self.due_day

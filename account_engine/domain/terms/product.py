"""One version of a product's terms, and a contract signed under it."""

# ruff: noqa: RUF009  the rules are frozen, so that one default serves every product

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from account_engine.domain.calendar import DayCount
from account_engine.domain.money import Money, Rounding
from account_engine.domain.payloads import RepaymentMethod
from account_engine.domain.records import quickly_made
from account_engine.domain.terms.allocation import AllocationRule
from account_engine.domain.terms.choices import ProductKind, Provenance
from account_engine.domain.terms.default import (
    ClassificationRule,
    CreditReportRule,
    FacilityRule,
    LinkageRule,
    PlanRule,
    RecallRule,
    SpecialRule,
)
from account_engine.domain.terms.price import (
    CapRule,
    GraceRule,
    InterestRule,
    MinimumRule,
    PenaltyRule,
    PrepaymentRule,
    StatementRule,
)

PARAMETER_OF_CLAUSE: Mapping[str, str] = MappingProxyType(
    {
        "principal": "allocation",
        "interest": "interest",
        "fee": "bill_instalments",
        "minimum": "minimum",
        "penalty": "penalty.daily_rate",
        "compounding": "penalty.compounding",
        "late_fee": "penalty.late_fee",
        "cap": "cap",
        "cap_total": "cap",
        "prepayment": "prepayment",
        "allocation": "allocation.steps",
        "designation": "allocation.debtor_designation",
        "recall": "recall",
        "plan": "plan",
        "credit_report": "credit_report.record_years",
        "no_report": "credit_report.promise_no_report_days",
    }
)
"""The parameter that a clause puts into words. What was paid or waived has none: it is a fact."""


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

    def source_of_clause(self, rule: str) -> Provenance | None:
        """Where the parameter comes from that a clause puts into words."""
        path = PARAMETER_OF_CLAUSE.get(rule)
        return None if path is None else self.provenance_of(path)

    def __getstate__(self) -> dict[str, object]:
        return {
            name: dict(value) if isinstance(value, MappingProxyType) else value
            for name, value in self.__dict__.items()
        }


@quickly_made
@dataclass(frozen=True)
class Contract:
    """One borrower's contract for one account, under the terms version it was signed with.

    Attributes:
        annual_rate: the individual yearly price of a loan product; default: the terms'.
        cross_recall: whether the contract allows a recall because another product defaulted.
        due_day: the individual monthly due day; default: the terms'.
        penalty_daily_rate: the individual daily penalty rate, within the bounds of terms that have
            them; default: the terms'.
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
    penalty_daily_rate: Decimal | None = None

    @property
    def effective_annual_rate(self) -> Decimal:
        """The yearly contract rate of this account."""
        return self.terms.interest.annual_rate if self.annual_rate is None else self.annual_rate

    @property
    def effective_penalty_daily_rate(self) -> Decimal:
        """The daily penalty rate of this account, before any cap."""
        own = self.penalty_daily_rate
        return self.terms.penalty.daily_rate if own is None else own

    @property
    def effective_due_day(self) -> int:
        """The monthly due day of this account."""
        return self.terms.statement.due_day if self.due_day is None else self.due_day

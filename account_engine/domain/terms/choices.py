"""The words that terms are made of, and where a parameter comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from account_engine.domain.errors import NotComputed


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


class Compounding(str, Enum):
    """Whether charges bear charges (复利). Penalty never bears penalty, whatever is chosen here."""

    OFF = "off"
    UNPAID_INTEREST = "unpaid_interest"  # interest unpaid at its due date joins the penalty base

    @classmethod
    def _missing_(cls, value: object) -> Compounding:
        if value in _ON_PENALTY:
            raise NotComputed(
                f"{value} compounding would charge penalty on penalty, which is not computed: "
                f"choose {cls.OFF.value} or {cls.UNPAID_INTEREST.value}, or post what the contract "
                "adds as a charge of its own (charge_posted)"
            )
        raise ValueError(value)


_ON_PENALTY = ("daily", "monthly", "continuous")


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

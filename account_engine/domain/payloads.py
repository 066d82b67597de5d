"""What each kind of event says. One frozen dataclass per kind; amounts are `Money`.

Dates inside a payload are agreed or scheduled dates; when the event itself takes effect is the
event's value date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from account_engine.domain.money import Money

_ZERO = Money(0)


class Component(str, Enum):
    """What a part of a debt is for. The last three only occur in quotes."""

    PRINCIPAL = "principal"
    INTEREST = "interest"
    FEE = "fee"
    PENALTY = "penalty"
    CAP = "cap"
    WAIVER = "waiver"
    PREPAYMENT_FEE = "prepayment_fee"


class RepaymentMethod(str, Enum):
    """How principal and interest are spread over the instalments."""

    EQUAL_INSTALMENT = "equal_instalment"  # 等额本息
    EQUAL_PRINCIPAL = "equal_principal"  # 等额本金
    INTEREST_FIRST = "interest_first"  # 先息后本
    BULLET = "bullet"  # 到期还本付息
    FLAT = "flat"  # the same interest on the drawn principal every period


class PaymentPurpose(str, Enum):
    """What the borrower says a payment is for."""

    ORDINARY = "ordinary"
    PREPAY_PRINCIPAL = "prepay_principal"


class RefundKind(str, Enum):
    """Which way refunded money goes."""

    MERCHANT = "merchant"  # a returned purchase reduces the debt
    OVERPAYMENT_RETURNED = "overpayment_returned"  # a credit balance is paid out


class WaiverCondition(str, Enum):
    """When a waiver takes effect."""

    NONE = "none"
    ON_PAYMENT = "on_payment"  # once `required` was paid by `deadline`


class PauseScope(str, Enum):
    """What stands still while a pause runs."""

    PENALTY = "penalty"
    INTEREST = "interest"
    DELINQUENCY = "delinquency"


class RecallTrigger(str, Enum):
    """Why a lender may recall the whole balance."""

    DPD = "dpd"
    MISSED_INSTALMENTS = "missed_instalments"
    CROSS_DEFAULT = "cross_default"
    BREACH = "breach"
    SCORE = "score"
    RISK_OFFICER = "risk_officer"


class PlanTool(str, Enum):
    """The kinds of agreement that replace what was due."""

    ARREARS_INSTALMENT = "arrears_instalment"
    REAGE = "reage"
    REAMORTISE = "reamortise"
    LUMP_SUM = "lump_sum"
    BILL_INSTALMENT = "bill_instalment"


class PlanScope(str, Enum):
    """How much of the account a plan replaces."""

    ARREARS = "arrears"
    PRINCIPAL_ARREARS = "principal_arrears"  # fees and penalties stay where they were
    WHOLE_BALANCE = "whole_balance"


class PenaltyDuringPlan(str, Enum):
    """Whether penalty is charged on the plan's debt while the plan is kept."""

    STOPPED = "stopped"
    CHARGED_IF_REVOKED = "charged_if_revoked"


class HardshipKind(str, Enum):
    """Why a borrower cannot pay."""

    ILLNESS = "illness"
    DISABILITY = "disability"
    UNEMPLOYMENT = "unemployment"
    DISASTER = "disaster"
    BEREAVEMENT = "bereavement"
    INCOME_LOSS = "income_loss"
    IMPRISONMENT = "imprisonment"
    OTHER = "other"


class ProofState(str, Enum):
    """How far the proof of a hardship is."""

    ASKED = "asked"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class DisputeReason(str, Enum):
    """What a borrower objects to."""

    NOT_MY_LOAN = "not_my_loan"
    WRONG_AMOUNT = "wrong_amount"
    PAID_ALREADY = "paid_already"
    GOODS = "goods"
    OTHER = "other"


class DisputeOutcome(str, Enum):
    """How a dispute ended."""

    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class AccountOpened:
    """The contract begins."""

    credit_limit: Money | None = None


@dataclass(frozen=True, slots=True)
class BillIssued:
    """A bill of a revolving product. Known from the value date, billed on `statement_on`.

    `posted_on` is when the purchases were posted, for terms that charge interest from there.
    """

    bill_id: str
    statement_on: date
    due: date
    revolving_principal: Money
    instalment_principal: Money = _ZERO
    interest: Money = _ZERO
    fee: Money = _ZERO
    posted_on: date | None = None


@dataclass(frozen=True, slots=True)
class ScheduledRow:
    """One instalment as the lender's system printed it."""

    number: int
    due: date
    principal: Money
    interest: Money = _ZERO
    fee: Money = _ZERO


@dataclass(frozen=True, slots=True)
class LoanDisbursed:
    """A loan is drawn on the value date.

    The schedule is computed from the terms unless the lender's own rows are given. `instalment` is
    the equal instalment the lender agreed, where it differs from the exact annuity.
    """

    loan_id: str
    principal: Money
    terms: int
    method: RepaymentMethod
    first_due: date
    annual_rate: Decimal | None = None
    rows: tuple[ScheduledRow, ...] = ()
    instalment: Money | None = None


@dataclass(frozen=True, slots=True)
class BillInstalmentBooked:
    """Part of a bill is spread over `terms` months for a flat fee (账单分期).

    `fee_rate` is the fee for the whole term; default: the rate of the terms for that length.
    """

    booking_id: str
    principal: Money
    terms: int
    first_due: date
    bill_id: str | None = None
    fee_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ChargePosted:
    """A fee, an amount of interest or a penalty the lender posted by itself, due on a date."""

    charge_id: str
    component: Component
    amount: Money
    due: date


@dataclass(frozen=True, slots=True)
class Payment:
    """Money received.

    `designated_account` is the account the borrower named when the payment came in for the
    borrower as a whole; `towards` a bill, loan or plan id within the account (民法典560).
    """

    amount: Money
    designated_account: str | None = None
    towards: str | None = None
    purpose: PaymentPurpose = PaymentPurpose.ORDINARY
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that came back for a purchase, or an overpayment that was returned."""

    amount: Money
    kind: RefundKind = RefundKind.MERCHANT
    bill_id: str | None = None


@dataclass(frozen=True, slots=True)
class Reversal:
    """An earlier event is undone: from this value date on it counts as never having happened."""

    reverses: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """The lender gives up part of the debt. Without an amount: all that is owed of it then."""

    waiver_id: str
    component: Component
    amount: Money | None = None
    condition: WaiverCondition = WaiverCondition.NONE
    required: Money | None = None
    deadline: date | None = None
    approved_by: str | None = None


@dataclass(frozen=True, slots=True)
class InterestPaused:
    """From the value date up to, not including, `until` the scopes stand still."""

    until: date
    scope: tuple[PauseScope, ...] = (PauseScope.PENALTY,)


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
    when the plan was agreed: an early payoff or a recall does not drop them.
    """

    number: int
    due: date
    principal: Money
    interest: Money = _ZERO
    fee: Money = _ZERO
    penalty: Money = _ZERO
    interest_owed: Money = _ZERO
    fee_owed: Money = _ZERO


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
    """A repayment plan replaces what was due on one or several accounts."""

    plan_id: str
    tool: PlanTool
    scope: PlanScope
    legs: tuple[PlanLeg, ...]
    cure_days: int = 7
    penalty: PenaltyDuringPlan = PenaltyDuringPlan.STOPPED
    annual_rate: Decimal | None = None
    offer_id: str | None = None
    approved_by: str | None = None


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
    """The borrower says they will pay an amount by a date. No debt changes."""

    promise_id: str
    amount: Money
    on: date


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
class WrittenOff:
    """The lender wrote the debt off in its books; the borrower still owes it."""

    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Transferred:
    """The claim was sold. It binds the borrower from the notice on (民法典546)."""

    creditor: str
    notified_on: date | None = None


@dataclass(frozen=True, slots=True)
class BorrowerDeceased:
    """The borrower died on the value date."""

    reported_by: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """The account takes no new use any more."""

    reason: str = ""


EventPayload = (
    AccountOpened
    | BillIssued
    | LoanDisbursed
    | BillInstalmentBooked
    | ChargePosted
    | Payment
    | Refund
    | Reversal
    | Waiver
    | InterestPaused
    | BreachReported
    | ScoreReported
    | RiskWarned
    | RecallNoticed
    | RecallWithdrawn
    | RecallReinstated
    | FacilityFrozen
    | FacilityRestored
    | ExtensionAgreed
    | PlanAgreed
    | PlanBroken
    | PlanCured
    | PlanRevoked
    | PromiseMade
    | HardshipDeclared
    | ConsentGiven
    | ConsentWithdrawn
    | DisputeOpened
    | DisputeClosed
    | WrittenOff
    | Transferred
    | BorrowerDeceased
    | Closed
)

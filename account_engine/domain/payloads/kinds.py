"""The words that payloads are made of."""

from __future__ import annotations

from enum import Enum


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


class WaiversOnBreach(str, Enum):
    """What becomes of a plan's waivers once it was broken and not cured."""

    REVOKED = "waivers_revoked"
    EARNED_KEPT = "earned_waivers_kept"  # rows paid in full keep their share of what was waived


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

"""What makes debts smaller: money, refunds, waivers; and undoing an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from account_engine.domain.money import Money
from account_engine.domain.payloads.kinds import (
    Component,
    PaymentPurpose,
    RefundKind,
    WaiverCondition,
)


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

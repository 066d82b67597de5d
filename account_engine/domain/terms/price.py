"""What borrowing, paying late and paying early costs, and the cap on all of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.domain.terms.choices import (
    AccrualStart,
    Compounding,
    FeeOnRecall,
    GraceCharge,
    InterestBasis,
    LateFeeBase,
    MinimumPart,
    PenaltyBase,
    PenaltyMethod,
    PrepaymentEffect,
)

_ZERO = Money(0)
_ONE_FEN = Money(1)


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
    """Minimum payment of a revolving product.

    Attributes:
        ratio: the share of a bill's revolving principal.
        parts: what belongs to it in full besides.
        floor: the least of principal that counts as a payment; a smaller bill is paid whole. Never
            nothing: a bill whose share rounds to zero would otherwise never be overdue.
        interest_daily, interest_from: simple interest on what is carried over, and its first day.
            What was paid by the due date bears none, from either: with `posting_date` the days
            before a payment count on what was still unpaid at the end of the due date, never on
            what the payment had paid back by then.
    """

    ratio: Decimal
    parts: tuple[MinimumPart, ...] = tuple(MinimumPart)
    interest_daily: Decimal = Decimal("0.0005")
    interest_from: AccrualStart = AccrualStart.DUE_DATE
    floor: Money = _ONE_FEN


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
    """Penalty interest (罚息): per day, never on penalty.

    With `compounding` (复利), interest left unpaid at its due date bears it too. Where each
    contract has a daily rate of its own, `min_daily_rate` and `max_daily_rate` bound it and
    `daily_rate` is that of contracts which name none.
    """

    method: PenaltyMethod = PenaltyMethod.FIXED_DAILY
    daily_rate: Decimal = Decimal(0)
    annual_rate: Decimal = Decimal(0)
    multiple: Decimal = Decimal("1.5")
    base: PenaltyBase = PenaltyBase.PRINCIPAL
    compounding: Compounding = Compounding.OFF
    late_fee: LateFeeRule | None = None
    min_daily_rate: Decimal | None = None
    max_daily_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CapRule:
    """The most that interest, penalty and fees may cost together; None: no cap."""

    annual: Decimal | None = Decimal("0.24")


@dataclass(frozen=True, slots=True)
class PrepaymentRule:
    """Early repayment; `fee_rate` is on the principal that was not due.

    `instalment_fees` says what becomes of flat fees that were not billed yet at a payoff.
    """

    fee_rate: Decimal = Decimal(0)
    effect: PrepaymentEffect = PrepaymentEffect.SMALLER_INSTALMENTS
    instalment_fees: FeeOnRecall = FeeOnRecall.DROP

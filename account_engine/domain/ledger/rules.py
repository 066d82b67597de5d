"""A contract's terms as integers, made once per fold."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from account_engine.domain.amortisation import Price
from account_engine.domain.calendar import DayCount
from account_engine.domain.money import Rounding
from account_engine.domain.terms import (
    AllocationPart,
    AllocationStep,
    Compounding,
    Contract,
    GraceCharge,
    InterestBasis,
    MinimumPart,
    PenaltyBase,
    PenaltyMethod,
    ProductTerms,
    Sweep,
    Timing,
)

PRINCIPAL, INTEREST, FEE, PENALTY, MINIMUM = range(5)
PAST_DUE, DUE, IN_ADVANCE = range(3)

_PARTS = {
    AllocationPart.PRINCIPAL: PRINCIPAL,
    AllocationPart.INTEREST: INTEREST,
    AllocationPart.FEE: FEE,
    AllocationPart.PENALTY: PENALTY,
    AllocationPart.MINIMUM: MINIMUM,
}
_TIMINGS = {Timing.PAST_DUE: PAST_DUE, Timing.DUE: DUE, Timing.IN_ADVANCE: IN_ADVANCE}

Step = tuple[int, tuple[int, ...], bool]


_CHARGES = (FEE, PENALTY, INTEREST)
_AHEAD: Step = (IN_ADVANCE, (*_CHARGES, PRINCIPAL), True)
_USUAL: tuple[Step, ...] = (
    (PAST_DUE, (*_CHARGES, PRINCIPAL), False),
    (DUE, (*_CHARGES, PRINCIPAL), False),
)
_USUAL_WITH_MINIMUM: tuple[Step, ...] = (
    (PAST_DUE, (*_CHARGES, MINIMUM), False),
    (DUE, (*_CHARGES, MINIMUM), False),
    (PAST_DUE, (PRINCIPAL,), False),
    (DUE, (PRINCIPAL,), False),
)


def year_days(day_count: DayCount) -> int:
    """Days of a year in daily charges; 30/360 contracts charge penalty on 360 days."""
    return 365 if day_count is DayCount.ACT_365F else 360


class Rules:
    """Everything of a contract that the books need in their inner loops.

    Attributes:
        annual: the yearly contract rate.
        penalty, uncapped: daily penalty rate as (numerator, denominator), with and without cap.
        carry: daily interest after a minimum payment, capped.
        penalty_rate, uncapped_rate, carry_rate: the same as decimals.
        cap: yearly cap per day as (numerator, denominator), or None.
        minimum_fees, minimum_interest: whether the minimum payment includes them in full.
        usual_order: whether money goes to fee, penalty, interest and principal in this order, late
            debts first, and in advance row by row.
        minimum_first: whether minimum payments come before the rest of the principal.
        base_fee, base_interest: whether penalty is also charged on fees and interest, interest
            also where charges compound on it.
        designation: whether a payment goes first to the debt it names.
    """

    __slots__ = (
        "actual_balance",
        "annual",
        "base_fee",
        "base_interest",
        "base_principal",
        "cap",
        "capped",
        "carry",
        "carry_rate",
        "charges_penalty",
        "designation",
        "grace",
        "grace_lag",
        "half_up",
        "judges_all_rows",
        "judges_due_days",
        "late_from",
        "late_steps",
        "minimum",
        "minimum_fees",
        "minimum_first",
        "minimum_floor",
        "minimum_interest",
        "minimum_ratio",
        "penalty",
        "penalty_rate",
        "price",
        "rounding",
        "statement_day",
        "steps",
        "terms",
        "tolerance",
        "uncapped",
        "uncapped_rate",
        "usual_order",
    )

    def __init__(self, contract: Contract) -> None:
        terms = contract.terms
        self.terms = terms
        self.rounding = terms.rounding
        self.half_up = terms.rounding is Rounding.HALF_UP
        annual = self.annual = contract.effective_annual_rate
        self.price = Price.of(annual, terms.day_count, terms.rounding)
        self.actual_balance = terms.interest.basis is InterestBasis.ACTUAL_BALANCE
        self._penalty(annual, contract.effective_penalty_daily_rate)
        base = terms.penalty.base
        self.base_principal = base is not PenaltyBase.INTEREST
        self.base_fee = base in (PenaltyBase.PRINCIPAL_FEE, PenaltyBase.PRINCIPAL_FEE_INTEREST)
        self.base_interest = (
            base in (PenaltyBase.PRINCIPAL_FEE_INTEREST, PenaltyBase.INTEREST)
            or terms.penalty.compounding is Compounding.UNPAID_INTEREST
        )
        self.grace = terms.grace.days
        self.grace_lag = 0 if terms.grace.charge is GraceCharge.FROM_DUE_DATE else self.grace
        self.tolerance = terms.grace.tolerance.fen
        self.minimum = terms.minimum
        ratio = terms.minimum.ratio if terms.minimum else Decimal(0)
        parts = terms.minimum.parts if terms.minimum else ()
        self.minimum_fees = MinimumPart.FEES in parts
        self.minimum_interest = MinimumPart.INTEREST in parts
        self.minimum_ratio = ratio.as_integer_ratio()
        self.minimum_floor = terms.minimum.floor.fen if terms.minimum else 0
        self.judges_all_rows = terms.penalty.late_fee is not None or self.tolerance > 0
        self.judges_due_days = self.minimum is not None or self.judges_all_rows
        self.steps = _steps(terms.allocation.steps)
        *due, ahead = self.steps
        self.minimum_first = tuple(due) == _USUAL_WITH_MINIMUM
        self.usual_order = ahead == _AHEAD and (self.minimum_first or tuple(due) == _USUAL)
        self.late_steps = _steps(terms.allocation.late_steps)
        self.late_from = terms.allocation.late_from_dpd
        self.designation = terms.allocation.debtor_designation
        self.statement_day = terms.statement.statement_day

    def _penalty(self, annual: Decimal, daily: Decimal) -> None:
        terms = self.terms
        year = year_days(terms.day_count)
        rate = Fraction(0)
        if terms.penalty.method is PenaltyMethod.FIXED_DAILY:
            rate = Fraction(daily)
        elif terms.penalty.method is PenaltyMethod.FIXED_ANNUAL:
            rate = Fraction(terms.penalty.annual_rate) / year
        elif terms.penalty.method is PenaltyMethod.CONTRACT_MULTIPLE:
            rate = Fraction(annual) * Fraction(terms.penalty.multiple) / year
        self.charges_penalty = rate > 0
        self.uncapped = (rate.numerator, rate.denominator)
        carry = Fraction(terms.minimum.interest_daily) if terms.minimum else Fraction(0)
        self.cap: tuple[int, int] | None = None
        if terms.cap.annual is not None:
            cap = Fraction(terms.cap.annual) / year
            self.cap = (cap.numerator, cap.denominator)
            running = Fraction(annual) / year if self.actual_balance else Fraction(0)
            rate = min(rate, max(Fraction(0), cap - running))
            carry = min(carry, cap)
        self.penalty = (rate.numerator, rate.denominator)
        self.capped = self.penalty != self.uncapped
        self.carry = (carry.numerator, carry.denominator)
        self.penalty_rate = _decimal(self.penalty)
        self.uncapped_rate = _decimal(self.uncapped)
        self.carry_rate = _decimal(self.carry)


def _decimal(rate: tuple[int, int]) -> Decimal:
    return Decimal(rate[0]) / Decimal(rate[1])


_KNOWN: dict[tuple[int, Decimal, Decimal | None], tuple[ProductTerms, Rules]] = {}
_MOST_KNOWN = 512


def rules_of(contract: Contract) -> Rules:
    """The rules of a contract, made once per terms and its own prices.

    Terms are compared by identity, and kept, so that an id is never met again for other terms.
    """
    key = (id(contract.terms), contract.effective_annual_rate, contract.penalty_daily_rate)
    known = _KNOWN.get(key)
    if known is None:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        known = _KNOWN[key] = (contract.terms, Rules(contract))
    return known[1]


def _steps(steps: tuple[AllocationStep, ...]) -> tuple[Step, ...]:
    return tuple(
        (
            _TIMINGS[step.timing],
            tuple(_PARTS[part] for part in step.components),
            step.sweep is Sweep.BY_ROW,
        )
        for step in steps
    )

"""How a balance is spread over the rows of a plan. All amounts are whole fen.

Principal carries the plan rate and is repaid in level instalments (等额本息). A contract's
schedule rounds its instalment to the nearest fen (`account_engine.domain.amortisation`); a plan
takes the least one that suffices, so that a borrower's "at most so much a month" is kept
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, localcontext
from functools import cached_property

from account_engine.domain.money import Rounding, divide

_PRECISION = 50


@dataclass(frozen=True)
class PlanPrice:
    """The price of a plan: annual rate, days of a year, and what happens to part of a fen.

    Rounding down keeps the internal rate of return of a plan at or below its plan rate to the
    last digit, so that a price cap cannot be passed by rounding.
    """

    annual_rate: Decimal
    year_days: int = 365
    rounding: Rounding = Rounding.DOWN

    def interest(self, balance: int, days: int) -> int:
        """Simple interest in fen on `balance` fen over `days`."""
        numerator, denominator = self.ratio
        return divide(balance * numerator * days, denominator, self.rounding)

    @cached_property
    def ratio(self) -> tuple[int, int]:
        """The rate of one day as two integers."""
        numerator, denominator = self.annual_rate.as_integer_ratio()
        return numerator, denominator * self.year_days


@dataclass(frozen=True, slots=True)
class LevelRow:
    """Principal and interest of one row, and the principal left after it, in fen."""

    principal: int
    interest: int
    balance_after: int


def level_rows(principal: int, price: PlanPrice, days: Sequence[int]) -> tuple[LevelRow, ...]:
    """Repay `principal` fen in level instalments; `days[i]` is the length of period i.

    The instalment is the least whole-fen amount whose last row is no larger than the others, so
    that "at most 800 a month" holds for the last row too. With the same first dates, fewer rows
    never mean a smaller instalment and never more interest.
    """
    if principal < 0 or not days:
        raise ValueError("level rows need a principal of at least zero and one period")
    level = _first_guess(principal, price, days)
    while not _suffices(level, principal, price, days):
        level += 1
    while level > 0 and _suffices(level - 1, principal, price, days):
        level -= 1
    return _rows(level, principal, price, days)


def _rows(
    level: int, principal: int, price: PlanPrice, days: Sequence[int]
) -> tuple[LevelRow, ...]:
    balance = principal
    rows: list[LevelRow] = []
    for number, length in enumerate(days, start=1):
        interest = price.interest(balance, length)
        repaid = balance if number == len(days) else min(balance, level - interest)
        balance -= repaid
        rows.append(LevelRow(repaid, interest, balance))
    return tuple(rows)


def _suffices(level: int, principal: int, price: PlanPrice, days: Sequence[int]) -> bool:
    """Whether paying `level` fen in every row leaves nothing after the last one."""
    balance = principal
    for length in days:
        balance += price.interest(balance, length) - level
    return balance <= 0


def _first_guess(principal: int, price: PlanPrice, days: Sequence[int]) -> int:
    """The level instalment before rounding: P·Π(1+f) / (1 + Σ of the products from the end)."""
    with localcontext() as context:
        context.prec = _PRECISION
        growth = Decimal(1)
        weight = Decimal(1)
        for position, length in enumerate(days):
            factor = 1 + price.annual_rate * length / price.year_days
            growth *= factor
            weight = weight * factor + 1 if position else Decimal(1)
        return int((principal * growth / weight).to_integral_value(rounding=ROUND_CEILING))

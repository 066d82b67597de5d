"""How a loan's principal, interest and fees are spread over its instalments. Whole fen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from account_engine.domain.calendar import DayCount
from account_engine.domain.money import Rounding, divide
from account_engine.domain.payloads import RepaymentMethod

# Constants of the module: compiled, an enum's own lookup takes many times as long.
_THIRTY_360: Final = DayCount.THIRTY_360
_ACT_365F: Final = DayCount.ACT_365F


class Part(NamedTuple):
    """Principal and interest of one instalment, in fen."""

    principal: int
    interest: int


class Price(NamedTuple):
    """A yearly rate as an integer ratio, with the rules that turn it into fen.

    Attributes:
        numerator, denominator: the yearly rate.
        day_count: under 30/360 every whole period is a month; a broken period is the month's
            interest times its days over the period's days.
        rounding: how a fraction of a fen is rounded, once per stretch of days.
    """

    numerator: int
    denominator: int
    day_count: DayCount
    rounding: Rounding

    @staticmethod
    def of(annual: Decimal, day_count: DayCount, rounding: Rounding) -> Price:
        """Make a price from a yearly decimal rate."""
        numerator, denominator = annual.as_integer_ratio()
        return Price(numerator, denominator, day_count, rounding)

    def interest(self, balance: int, days: int, period_days: int) -> int:
        """Interest in fen on a balance over some days of a period.

        Args:
            balance: principal in fen.
            days: days charged.
            period_days: actual days of the whole period they belong to.
        """
        numerator = balance * self.numerator * days
        if self.day_count is _THIRTY_360:
            return divide(numerator, self.denominator * 12 * period_days, self.rounding)
        year = 365 if self.day_count is _ACT_365F else 360
        return divide(numerator, self.denominator * year, self.rounding)

    @property
    def factor_unit(self) -> int:
        """The denominator of a period's rate."""
        if self.day_count is _THIRTY_360:
            return self.denominator * 12
        return self.denominator * (365 if self.day_count is _ACT_365F else 360)

    def factor_rise(self, days: int) -> int:
        """The numerator of the rate of a whole period of that many days."""
        return self.numerator * (1 if self.day_count is _THIRTY_360 else days)


def split(
    total: int, rows: int, multiple: int = 1, rounding: Rounding = Rounding.HALF_UP
) -> tuple[int, ...]:
    """Split by the last-row rule: `round(total / rows)` each, the last one takes the rest.

    Args:
        total: fen, not negative.
        rows: how many parts.
        multiple: parts are multiples of this many fen.
        rounding: how the part is rounded.

    Returns:
        Parts that sum to `total`. Where rounding up would leave the last part negative, parts are
        rounded down instead.
    """
    unit = divide(total, rows * multiple, rounding) * multiple
    if unit * (rows - 1) > total:
        unit = total // (rows * multiple) * multiple
    return (unit,) * (rows - 1) + (total - unit * (rows - 1),)


def level_instalment(
    principal: int, period_days: Sequence[int], price: Price, multiple: int
) -> int:
    """The equal instalment (等额本息) that repays `principal` over the periods.

    Uses `P · ∏(1+fᵢ) / gₙ` with `gᵢ = gᵢ₋₁ · (1+fᵢ) + 1`, in integers over a common
    denominator, rounded once to `multiple`.
    """
    unit = price.factor_unit
    growth, annuity, power = 1, 0, 1
    for days in period_days:
        factor = unit + price.factor_rise(days)
        power *= unit
        growth *= factor
        annuity = annuity * factor + power
    return divide(principal * growth, annuity * multiple, price.rounding) * multiple


def amortise(
    principal: int,
    period_days: Sequence[int],
    price: Price,
    method: RepaymentMethod,
    multiple: int = 1,
) -> tuple[Part, ...]:
    """The parts of every instalment of a loan.

    Args:
        principal: fen drawn.
        period_days: actual days of each period.
        price: yearly rate and conventions.
        method: how principal is spread.
        multiple: equal instalments are multiples of this many fen.
    """
    rows = len(period_days)
    if method is RepaymentMethod.EQUAL_INSTALMENT:
        level = level_instalment(principal, period_days, price, multiple)
        return level_parts(principal, period_days, price, level)
    if method is RepaymentMethod.FLAT:
        return _flat(principal, period_days, price, multiple)
    if method is RepaymentMethod.EQUAL_PRINCIPAL:
        principals = split(principal, rows, multiple, price.rounding)
    else:
        principals = (0,) * (rows - 1) + (principal,)
    if method is RepaymentMethod.BULLET:
        total = sum(period_days)
        interest = price.interest(principal, total, total)
        if price.day_count is _THIRTY_360:
            interest = price.interest(principal, rows, 1)
        return tuple(Part(p, interest if p else 0) for p in principals)
    parts, balance = [], principal
    for part, days in zip(principals, period_days, strict=True):
        parts.append(Part(part, price.interest(balance, days, days)))
        balance -= part
    return tuple(parts)


def level_parts(
    principal: int, period_days: Sequence[int], price: Price, level: int
) -> tuple[Part, ...]:
    """Rows of a given equal instalment; the last row repays what is left."""
    parts, balance = [], principal
    for index, days in enumerate(period_days):
        interest = price.interest(balance, days, days)
        last = index == len(period_days) - 1
        part = balance if last else min(balance, max(0, level - interest))
        parts.append(Part(part, interest))
        balance -= part
    return tuple(parts)


def _flat(
    principal: int, period_days: Sequence[int], price: Price, multiple: int
) -> tuple[Part, ...]:
    rows = len(period_days)
    interest = [price.interest(principal, days, days) for days in period_days]
    exact = divide(principal + rows * interest[0], rows * multiple, price.rounding) * multiple
    parts, balance = [], principal
    for index, charge in enumerate(interest):
        part = balance if index == rows - 1 else min(balance, exact - charge)
        parts.append(Part(part, charge))
        balance -= part
    return tuple(parts)

"""Money as whole fen (1 yuan = 100 fen)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import ClassVar

from account_engine.domain.errors import InvalidMoney

_YUAN = re.compile(r"[+-]?\d+(?:\.\d{1,2})?\Z", re.ASCII)

Ratio = Decimal | Fraction | int


class Rounding(str, Enum):
    """How a fraction of a fen becomes a fen. Lenders post half up; bankers' rounding half even."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"


_HALF_UP = Rounding.HALF_UP  # an enum's own lookup takes longer than the division


def divide(numerator: int, denominator: int, rounding: Rounding = _HALF_UP) -> int:
    """Divide two integers and round once; halves of negative amounts go away from zero.

    Args:
        numerator: any integer.
        denominator: a positive integer.
        rounding: how a remainder is rounded.

    Returns:
        The rounded quotient.
    """
    if rounding is _HALF_UP and numerator >= 0:
        return (2 * numerator + denominator) // (2 * denominator)
    if numerator < 0:
        return -divide(-numerator, denominator, rounding)
    quotient, rest = divmod(numerator, denominator)
    if rounding is Rounding.DOWN:
        return quotient
    twice = 2 * rest
    if twice > denominator or (twice == denominator and quotient % 2 == 1):
        return quotient + 1
    return quotient


@dataclass(frozen=True, order=True, init=False)
class Money:
    """An exact amount in fen. Floats, booleans and fractions of a fen are refused."""

    __slots__ = ("fen",)
    fen: int

    zero: ClassVar[Money]

    def __init__(self, fen: int) -> None:
        if type(fen) is not int:
            raise InvalidMoney("an amount is a whole number of fen")
        _put_fen(self, fen)

    def __getstate__(self) -> int:
        return self.fen

    def __setstate__(self, fen: int) -> None:
        object.__setattr__(self, "fen", fen)

    @staticmethod
    def yuan(value: str | int | Decimal) -> Money:
        """Read an amount in yuan.

        Args:
            value: ``"12.34"``, a whole number of yuan, or a Decimal with at most two places.

        Raises:
            InvalidMoney: for floats, booleans, other text or more than two decimal places.
        """
        if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
            raise InvalidMoney("an amount in yuan is text, an integer or a Decimal")
        if isinstance(value, int):
            return Money(value * 100)
        if isinstance(value, str):
            if not _YUAN.match(value):
                raise InvalidMoney("an amount in yuan has digits and at most two decimal places")
            value = Decimal(value)
        if not value.is_finite():
            raise InvalidMoney("an amount is finite")
        fen = Fraction(value) * 100
        if fen.denominator != 1:
            raise InvalidMoney("an amount has at most two decimal places")
        return Money(fen.numerator)

    @staticmethod
    def total(amounts: Iterable[Money]) -> Money:
        """Sum amounts; an empty sum is zero."""
        return Money(sum(amount.fen for amount in amounts))

    @property
    def yuan_text(self) -> str:
        """The amount in yuan with two decimals, e.g. ``"-27.74"``."""
        sign = "-" if self.fen < 0 else ""
        whole, cents = divmod(abs(self.fen), 100)
        return f"{sign}{whole}.{cents:02d}"

    def apply(self, rate: Ratio, rounding: Rounding = Rounding.HALF_UP) -> Money:
        """Multiply by an exact rate and round once to a fen."""
        if isinstance(rate, (bool, float)):
            raise InvalidMoney("a rate is exact")
        product = Fraction(rate) * self.fen
        return Money(divide(product.numerator, product.denominator, rounding))

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen) if isinstance(other, Money) else NotImplemented

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen) if isinstance(other, Money) else NotImplemented

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __mul__(self, count: int) -> Money:
        if type(count) is not int:
            return NotImplemented
        return Money(self.fen * count)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        return self.yuan_text


# Straight into the slot: a frozen dataclass's own `__init__` takes three times as long.
_put_fen: Callable[[Money, int], None] = vars(Money)["fen"].__set__
Money.zero = Money(0)

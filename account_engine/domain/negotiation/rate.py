"""The annual rate of a plan, by the actuarial method (internal rate of return).

The rate R is the one at which the balance ends at exactly nothing when, in every period, simple
interest of `balance × R × fraction of a year` is added and the payment is taken off. With twelve
equal periods this is twelve times the monthly internal rate of return; with a 365-day basis it is
what a contract rate charged by the day comes to. Lenders must show a borrower this figure before
an instalment plan is arranged (个人贷款业务明示综合融资成本规定, in force 2026-08-01).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

_PRECISION = 40
_DIGITS = Decimal("0.000001")
_TOLERANCE = Decimal("1e-12")
_HIGHEST_RATE = Decimal(1024)

Payment = tuple[Fraction, int]
"""Fraction of a year since the previous payment (or the start), and an amount in fen."""


class NoRate(ValueError):
    """The payments do not give back what was put out, so no rate above zero exists."""


def annual_rate(outlay: int, payments: Sequence[Payment]) -> Decimal:
    """Annual rate of `payments` against `outlay`, both in fen.

    Args:
        outlay: What the plan re-ages after its down payment, in fen; above zero.
        payments: In order of date. Their sum is at least `outlay`.

    Returns:
        The rate as a fraction of one (0.1825 is 18.25% a year), rounded to six decimals.

    Raises:
        NoRate: The outlay is not above zero, or the payments do not even repay it.
    """
    if outlay <= 0:
        raise NoRate("outlay must be above zero")
    paid = sum(amount for _, amount in payments)
    if paid < outlay:
        raise NoRate("the payments do not repay the outlay")
    if paid == outlay:
        return Decimal("0.000000")
    with localcontext() as context:
        context.prec = _PRECISION
        steps = [
            (Decimal(fraction.numerator) / Decimal(fraction.denominator), Decimal(amount))
            for fraction, amount in payments
        ]
        rate = _root(Decimal(outlay), steps)
        return rate.quantize(_DIGITS, rounding=ROUND_HALF_UP)


def _root(outlay: Decimal, steps: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """Newton's method inside a bracket; a step that leaves the bracket is halved instead."""
    low, high = Decimal(0), Decimal(1)
    while _surplus(high, outlay, steps)[0] > 0:
        low, high = high, high * 2
        if high > _HIGHEST_RATE:
            raise NoRate("no rate below the highest one looked for")
    rate = (low + high) / 2
    while high - low > _TOLERANCE:
        surplus, slope = _surplus(rate, outlay, steps)
        if surplus > 0:
            low = rate
        else:
            high = rate
        following = rate - surplus / slope
        if abs(following - rate) < _TOLERANCE:
            return following
        rate = following if low < following < high else (low + high) / 2
    return rate


def _surplus(
    rate: Decimal, outlay: Decimal, steps: Sequence[tuple[Decimal, Decimal]]
) -> tuple[Decimal, Decimal]:
    """Present value of the payments less the outlay, and its derivative by the rate."""
    growth = Decimal(1)
    decay = Decimal(0)
    value = -outlay
    slope = Decimal(0)
    for fraction, amount in steps:
        factor = 1 + rate * fraction
        growth *= factor
        decay += fraction / factor
        present = amount / growth
        value += present
        slope -= present * decay
    return value, slope

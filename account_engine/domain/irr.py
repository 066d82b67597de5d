"""Annual rate of a schedule by internal rate of return, in exact decimals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from account_engine.domain.money import Money

_PRECISION = 40
_PLACES = Decimal("0.000001")


def annual_rate_by_irr(
    received: Money, instalments: Sequence[Money], periods_per_year: int = 12
) -> Decimal:
    """The nominal yearly rate that discounts equal periods' instalments to the amount received.

    Args:
        received: what the borrower got (or the purchase that is spread).
        instalments: one payment per period, the first one period later.
        periods_per_year: 12 for months.

    Returns:
        The rate as a fraction of one, rounded to six places; zero when nothing is charged.
    """
    if received.fen <= 0 or sum(amount.fen for amount in instalments) <= received.fen:
        return Decimal(0)
    with localcontext() as context:
        context.prec = _PRECISION
        low, high = Decimal(0), Decimal(1)
        while _present_value(instalments, high) > received.fen:
            high *= 2
        for _ in range(100):
            middle = (low + high) / 2
            if _present_value(instalments, middle) > received.fen:
                low = middle
            else:
                high = middle
        return (high * periods_per_year).quantize(_PLACES)


def _present_value(instalments: Sequence[Money], rate: Decimal) -> Decimal:
    value = Decimal(0)
    for amount in reversed(instalments):
        value = (value + amount.fen) / (1 + rate)
    return value

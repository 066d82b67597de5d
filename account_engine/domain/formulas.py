"""How an amount came about, written so that a borrower can work it out again."""

from __future__ import annotations

from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.domain.state import Segment

_MOST_FIGURES = 20
"""Longer than any rate of a contract is written; endless ones have 28 figures."""
_YEARLY_PLACES = Decimal("0.000000000001")
_NOTHING = Decimal("1e-24")


def in_yuan(fen: int) -> str:
    """Fen as an amount in yuan with two decimals."""
    return Money(fen).yuan_text


def what_is_left(asked: int, paid: int, waived: int, amount: int) -> str:
    """How an amount came about; it alone where more than paying and waiving changed it."""
    if amount != asked - paid - waived:
        return in_yuan(amount)
    return " − ".join(in_yuan(part) for part in (asked, paid, waived) if part)


def charged_on(segment: Segment) -> str:
    """What a stretch was charged on, part by part."""
    parts = [in_yuan(part) for part in (segment.principal, segment.fee, segment.interest) if part]
    return parts[0] if len(parts) == 1 else f"({' + '.join(parts)})"


def daily_rate(rate: Decimal, year: int) -> str:
    """A daily rate as figures; an endless one as the yearly rate over the contract's year of days.

    0.24 a year is 0.24/365 a day, or 0.24/360 where the contract counts 360 days.
    """
    text = format(rate.normalize(), "f")
    yearly = (rate * year).quantize(_YEARLY_PLACES)
    if len(text) <= _MOST_FIGURES or abs(yearly / year - rate) > _NOTHING:
        return text
    return f"{format(yearly.normalize(), 'f')}/{year}"

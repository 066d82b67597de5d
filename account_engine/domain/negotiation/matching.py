"""How far a draft is from what the borrower asked for, wish by wish.

Distances are exact fractions, zero when the wish is met, so that the nearest offer is the same
one on every machine.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from fractions import Fraction

from account_engine.domain.negotiation.case import Case
from account_engine.domain.negotiation.draft import AT_ONCE, PLAN_TOOLS, Draft
from account_engine.domain.negotiation.enumeration import least_down_payment
from account_engine.domain.negotiation.policy import Tool
from account_engine.domain.negotiation.settlement import settlement_target

_FAR = Fraction(3)
_UPFRONT_WEIGHT = 100  # who is short of money each month rarely has a large sum at once
_TOOLS = tuple(Tool)
_DAYS_OF_A_MONTH = 30


class Wish(str, Enum):
    """The wishes a draft can meet or miss."""

    MONTHLY = "monthly"
    UPFRONT = "upfront"
    TERMS = "terms"
    FIRST_DATE = "first_date"
    DAY_OF_MONTH = "day_of_month"
    DOWN_PAYMENT = "down_payment"
    EXTENSION = "extension"
    SETTLEMENT = "settlement"
    WAIVER = "waiver"


Distance = Callable[[Draft, Case], Fraction]


@dataclass(frozen=True, slots=True)
class Match:
    """One draft and its distance from each wish that was made."""

    draft: Draft
    distances: tuple[tuple[Wish, Fraction], ...]

    @property
    def total(self) -> Fraction:
        """Sum of all distances."""
        return sum((distance for _, distance in self.distances), Fraction(0))

    @property
    def missed(self) -> tuple[Wish, ...]:
        """The wishes it does not meet."""
        return tuple(wish for wish, distance in self.distances if distance)

    @property
    def rank(self) -> tuple[object, ...]:
        """The fewest wishes missed, then the nearest, then less at once, then the cheaper.

        Of two wishes that exclude each other one is met in full; a compromise that misses both
        would be nobody's wish.
        """
        draft = self.draft
        cost = (draft.down_payment, draft.charges_ahead, _TOOLS.index(draft.tool))
        return (len(self.missed), self.total, *cost, draft.key)


def wishes_made(case: Case) -> tuple[Wish, ...]:
    """Which wishes there are to be met.

    A borrower who names a monthly amount and no down payment has not offered one: more than
    policy's least is then a distance too.
    """
    wishes = case.wishes
    made = {
        Wish.MONTHLY: wishes.monthly is not None,
        Wish.UPFRONT: wishes.monthly is not None and wishes.down_payment is None,
        Wish.TERMS: wishes.terms is not None,
        Wish.FIRST_DATE: wishes.first_date is not None,
        Wish.DAY_OF_MONTH: wishes.day_of_month is not None,
        Wish.DOWN_PAYMENT: wishes.down_payment is not None,
        Wish.EXTENSION: wishes.extension_days is not None,
        Wish.SETTLEMENT: settlement_target(case) is not None,
        Wish.WAIVER: wishes.waiver,
    }
    return tuple(wish for wish, is_made in made.items() if is_made)


def match(draft: Draft, case: Case, wishes: tuple[Wish, ...]) -> Match:
    """Measure one draft."""
    return Match(draft, tuple((wish, _DISTANCES[wish](draft, case)) for wish in wishes))


def _monthly(draft: Draft, case: Case) -> Fraction:
    wanted = case.wishes.monthly.fen if case.wishes.monthly is not None else 0
    month = draft.highest_month or draft.total
    return Fraction(2 * max(0, month - wanted), wanted)


def _upfront(draft: Draft, case: Case) -> Fraction:
    least = least_down_payment(case, draft.reaged) if draft.tool in PLAN_TOOLS else 0
    return _UPFRONT_WEIGHT * Fraction(max(0, draft.down_payment - least), draft.reaged)


def _terms(draft: Draft, case: Case) -> Fraction:
    wanted = case.wishes.terms or 1
    rows = draft.terms or 1
    return Fraction(abs(rows - wanted), wanted)


def _first_date(draft: Draft, case: Case) -> Fraction:
    wanted = case.wishes.first_date or draft.first_due
    days = abs((draft.first_due - wanted).days)
    distance = Fraction(days, _DAYS_OF_A_MONTH)
    if days and draft.tool in AT_ONCE and settlement_target(case) is None:
        # Whoever names a day for the first row wants rows: paying at once is no nearly met wish.
        return distance + _FAR
    return distance


def _day_of_month(draft: Draft, case: Case) -> Fraction:
    wanted = case.wishes.day_of_month or 1
    rows = [row for row in draft.rows if row.number]
    fits = [row.due.day == min(wanted, monthrange(row.due.year, row.due.month)[1]) for row in rows]
    return Fraction(0) if fits and all(fits) else Fraction(1, 2)


def _down_payment(draft: Draft, case: Case) -> Fraction:
    wanted = case.wishes.down_payment.fen if case.wishes.down_payment is not None else 0
    return Fraction(abs(draft.down_payment - wanted), wanted)


def _extension(draft: Draft, case: Case) -> Fraction:
    wanted = case.wishes.extension_days or 1
    if draft.tool is not Tool.EXTENSION:
        return _FAR
    original = draft.start
    return Fraction(abs((draft.first_due - (original + timedelta(days=wanted))).days), wanted)


def _settlement(draft: Draft, case: Case) -> Fraction:
    wanted = settlement_target(case) or 1
    if draft.tool is not Tool.LUMP_SUM:
        return _FAR
    return Fraction(max(0, draft.total - wanted), wanted)


def _waiver(draft: Draft, case: Case) -> Fraction:
    del case
    return Fraction(0) if draft.waived_total else Fraction(1)


_DISTANCES: dict[Wish, Distance] = {
    Wish.MONTHLY: _monthly,
    Wish.UPFRONT: _upfront,
    Wish.TERMS: _terms,
    Wish.FIRST_DATE: _first_date,
    Wish.DAY_OF_MONTH: _day_of_month,
    Wish.DOWN_PAYMENT: _down_payment,
    Wish.EXTENSION: _extension,
    Wish.SETTLEMENT: _settlement,
    Wish.WAIVER: _waiver,
}

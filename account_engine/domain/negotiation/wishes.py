"""What a borrower asks for. Every field may be missing; a nonsensical one is an error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from account_engine.domain.money import Money
from account_engine.domain.negotiation.errors import Fault, InvalidWish
from account_engine.domain.payloads import HardshipKind

_MOST_TERMS = 120
_MOST_EXTENSION_DAYS = 366
_FARTHEST_FIRST_DATE_DAYS = 366
_DAYS_OF_MONTH = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """One request, as far as the borrower has said it.

    Attributes:
        monthly: The most the borrower can pay each month, everything in `scope` together.
        terms: Number of monthly rows.
        first_date: Day of the first row.
        day_of_month: Day on which every row should fall, usually just after payday.
        down_payment: What can be paid at once.
        extension_days: The whole of what is due, so many days later, in one payment.
        settlement: One amount that should settle everything.
        waiver: Penalties (and what else policy allows) should be waived.
        principal_only: Nothing but principal should be paid.
        scope: Accounts the request is about; None for all that are overdue.
        income: Monthly income. `living_costs`: what living takes of it.
        hardship: Why the borrower cannot pay.
    """

    monthly: Money | None = None
    terms: int | None = None
    first_date: date | None = None
    day_of_month: int | None = None
    down_payment: Money | None = None
    extension_days: int | None = None
    settlement: Money | None = None
    waiver: bool = False
    principal_only: bool = False
    scope: tuple[str, ...] | None = None
    income: Money | None = None
    living_costs: Money | None = None
    hardship: HardshipKind | None = None

    @property
    def disposable(self) -> Money | None:
        """Income less living costs (nothing assumed for those), None without an income."""
        if self.income is None:
            return None
        costs = self.living_costs.fen if self.living_costs is not None else 0
        return Money(max(0, self.income.fen - costs))


def check_wishes(wishes: Wishes, as_of: date) -> None:
    """Raise InvalidWish for the first field that makes no sense on `as_of`."""
    _check_amounts(wishes)
    _check_counts(wishes)
    if wishes.first_date is not None:
        if wishes.first_date < as_of:
            raise InvalidWish("first_date", Fault.IN_THE_PAST)
        if (wishes.first_date - as_of).days > _FARTHEST_FIRST_DATE_DAYS:
            raise InvalidWish("first_date", Fault.TOO_FAR_AHEAD)
    if wishes.scope is not None and not wishes.scope:
        raise InvalidWish("scope", Fault.UNKNOWN_ACCOUNT)


def _check_amounts(wishes: Wishes) -> None:
    for field in ("monthly", "down_payment", "settlement"):
        amount: Money | None = getattr(wishes, field)
        if amount is not None and amount.fen <= 0:
            raise InvalidWish(field, Fault.NOT_POSITIVE)
    for field in ("income", "living_costs"):
        amount = getattr(wishes, field)
        if amount is not None and amount.fen < 0:
            raise InvalidWish(field, Fault.NEGATIVE)


def _check_counts(wishes: Wishes) -> None:
    _check_count("terms", wishes.terms, _MOST_TERMS)
    _check_count("extension_days", wishes.extension_days, _MOST_EXTENSION_DAYS)
    if wishes.day_of_month is not None and not 1 <= wishes.day_of_month <= _DAYS_OF_MONTH:
        raise InvalidWish("day_of_month", Fault.NOT_A_DAY_OF_MONTH)


def _check_count(field: str, count: int | None, most: int) -> None:
    if count is None:
        return
    if count <= 0:
        raise InvalidWish(field, Fault.NOT_POSITIVE)
    if count > most:
        raise InvalidWish(field, Fault.TOO_MANY)

"""Limits and periods that hold on every step of the ladder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from account_engine.domain.money import Money, Rounding
from account_engine.domain.payloads import PenaltyDuringPlan, WaiversOnBreach


@dataclass(frozen=True, slots=True)
class PriceLimits:
    """The ceilings of domain rule 2.1: plan rate, and all charges since the loan was drawn."""

    plan_rate_cap: Decimal
    total_charge_cap: Decimal
    year_days: int
    rounding: Rounding


@dataclass(frozen=True, slots=True)
class ShapeLimits:
    """What a plan may look like. Shares are fractions of what the plan covers.

    `max_terms` bounds the monthly rows of any plan, `max_terms_by_product` those of a product that
    may have more or fewer; for several accounts in one plan the least of them holds.
    """

    down_payment_shares: tuple[Decimal, ...]
    min_down_payment: Decimal
    min_down_payment_hardship: Decimal
    down_payment_days: int
    first_due_min_days: int
    first_due_max_days: int
    first_due_offered: tuple[int, ...]
    min_instalment: Money
    options_shown: int
    max_terms: int
    max_terms_by_product: Mapping[str, int]

    def most_terms(self, product_ids: Iterable[str]) -> int:
        """The most monthly rows of a plan over accounts of these products."""
        of_each = (self.max_terms_by_product.get(one, self.max_terms) for one in product_ids)
        return min(of_each, default=self.max_terms)


@dataclass(frozen=True, slots=True)
class OfferLimits:
    """How long an offer and a request for approval stand, in days; both end at 24:00."""

    offer_days: int
    approval_days: int


@dataclass(frozen=True, slots=True)
class Affordability:
    """What may be taken of income less living costs, where the borrower declared them.

    `share` bounds each month of a plan, `single_share` a later day on which all is paid at once.
    """

    share: Decimal
    single_share: Decimal


@dataclass(frozen=True, slots=True)
class CoolingOffRule:
    """For `days` after the day of acceptance, to 24:00, a borrower may withdraw from a plan."""

    days: int


@dataclass(frozen=True, slots=True)
class BreachRule:
    """When a plan is broken, and what that does.

    Attributes:
        missed: as many rows of an account late at a time put its plan in breach.
        cure_days: so long after the due date that did, it may be made good; then the plan ends.
        penalty: whether the penalty of the plan's days is charged after all.
        effect: whether rows that were paid in full keep their share of what was waived.
    """

    missed: int
    cure_days: int
    penalty: PenaltyDuringPlan
    effect: WaiversOnBreach


@dataclass(frozen=True, slots=True)
class PromiseRule:
    """How far ahead a promise to pay may lie, and its least amount."""

    max_days: int
    min_amount: Money

"""A debt that a visitor told of, worked out by the engine from the product's demo terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.quote import Component, Quote, QuoteItem, QuoteKind
from account_engine.domain.terms import ProductKind, ProductTerms
from account_engine.services.supposition import InvalidSupposition
from actions.conversation.desk import Desk
from actions.conversation.own_case import Debt, OwnCase
from actions.conversation.rates import within_the_cap
from actions.conversation.turn import Turn
from actions.topics.supposition import newest_terms

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One debt as it stands today by the demo terms.

    `a_day` is what another day adds; `line` is the penalty, none where nothing is late.
    """

    debt: Debt
    terms: ProductTerms
    line: QuoteItem | None
    penalty: Money
    total: Money
    a_day: Money

    @property
    def product(self) -> str:
        return self.terms.display_name

    @property
    def assumed(self) -> bool:
        """Whether the product was not said."""
        return self.debt.product is None

    @property
    def rate(self) -> Decimal | None:
        return self.line.rate if self.line else None


def reckoned(turn: Turn, desk: Desk) -> tuple[Reckoned, ...]:
    """Every debt that was told with a sum and its days; empty where nothing was."""
    told = OwnCase.of(turn)
    if told is None:
        return ()
    return tuple(found for one in told.about(turn) if (found := worked_out(one, desk)))


def worked_out(debt: Debt, desk: Desk) -> Reckoned | None:
    """The debt as it stands today; None where a value is missing or out of range."""
    terms, fen, days = terms_of(debt, desk), debt.fen, debt.days
    if terms is None or not fen or days is None:
        return None
    try:
        today = _quote(terms, debt, days, desk) if days else None
        tomorrow = _quote(terms, debt, days + 1, desk)
    except InvalidSupposition:
        return None
    total = today.total if today else Money(fen)
    return Reckoned(debt, terms, _line(today), total - Money(fen), total, tomorrow.total - total)


def left_after(debt: Reckoned, paid: Money, desk: Desk) -> tuple[Money, bool, Money]:
    """What is left, whether it is still late, and what another day then adds."""
    fen, days = debt.debt.fen or 0, debt.debt.days or 0
    if not days:  # not late: what is paid is off the bill to come
        left = max(Money(fen) - paid, Money.zero)
        return left, False, Money.zero
    tomorrow = desk.today() + _ONE_DAY
    whole = QuoteKind.PAYOFF_ALL
    left = _rest(debt, paid, whole, desk)
    late = _rest(debt, paid, QuoteKind.OVERDUE, desk).fen > 0
    return left, late, _rest(debt, paid, whole, desk, tomorrow) - left


def _rest(
    debt: Reckoned, paid: Money, kind: QuoteKind, desk: Desk, seen_on: date | None = None
) -> Money:
    found = desk.engine.hypothetical_rest(
        debt.terms.product_id,
        Money(debt.debt.fen or 0),
        debt.debt.days or 0,
        paid,
        kind=kind,
        seen_on=seen_on,
        annual_rate=rate_of(debt.debt, debt.terms),
    )
    return found.total


def sums(found: tuple[Reckoned, ...]) -> Mapping[str, Any]:
    """The values that every answer about these debts prints."""
    return {
        "debts": found,
        "penalty": Money.total(one.penalty for one in found),
        "total": Money.total(one.total for one in found),
        "a_day": Money.total(one.a_day for one in found),
        "late": tuple(one for one in found if one.debt.days),
    }


def terms_of(debt: Debt, desk: Desk) -> ProductTerms | None:
    """The newest terms of its product; of the default one where none was said."""
    return newest_terms(debt.product, desk)


def _quote(terms: ProductTerms, debt: Debt, days: int, desk: Desk) -> Quote:
    rate = rate_of(debt, terms)
    return desk.engine.hypothetical_penalty(terms.product_id, Money(debt.fen or 0), days, rate)


def rate_of(debt: Debt, terms: ProductTerms) -> Decimal | None:
    """The yearly price that was told of a loan, cut to the cap; None for the terms' own."""
    if debt.rate is None or terms.kind is ProductKind.REVOLVING:
        return None
    return within_the_cap(Decimal(debt.rate), terms)


def _line(quote: Quote | None) -> QuoteItem | None:
    lines = quote.items if quote else ()
    return next((one for one in lines if one.component is Component.PENALTY), None)

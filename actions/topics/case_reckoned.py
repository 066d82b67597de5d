"""A debt that a visitor told of, worked out by the engine from the product's demo terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from account_engine.domain.calendar import add_months
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
_LOAN = "jiebei"


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One debt as it stands today by the demo terms.

    Attributes:
        days: how long it is past due; of several instalments the oldest of them.
        instalments: in how many of them it is past due, one where none were told.
        lines: the penalty, one for each of them; none where nothing is late.
        penalty: the same with what the yearly cap takes off.
        a_day: what another day adds.
    """

    debt: Debt
    terms: ProductTerms
    days: int
    instalments: int
    lines: tuple[QuoteItem, ...]
    penalty: Money
    total: Money
    a_day: Money

    @property
    def product(self) -> str:
        return self.terms.display_name

    @property
    def assumed(self) -> bool:
        """Whether the product was not said."""
        return self.debt.product is None and self.debt.rate is None

    @property
    def each(self) -> int | None:
        """One instalment, in fen; None where the debt was not told by them."""
        told = self.debt.each or self.debt.missed
        return self.debt.each or (self.debt.late_fen or 0) // self.instalments if told else None

    @property
    def line(self) -> QuoteItem | None:
        """The penalty of a debt that fell due at once; None for several instalments."""
        return self.lines[0] if len(self.lines) == 1 else None

    @property
    def rate(self) -> Decimal | None:
        return self.lines[0].rate if self.lines else None


def reckoned(turn: Turn, desk: Desk) -> tuple[Reckoned, ...]:
    """Every debt that was told with a sum and its days; empty where nothing was."""
    told = OwnCase.of(turn)
    if told is None:
        return ()
    return tuple(found for one in told.about(turn) if (found := worked_out(one, desk)))


def worked_out(debt: Debt, desk: Desk) -> Reckoned | None:
    """The debt as it stands today; None where a value is missing or out of range."""
    terms, fen = terms_of(debt, desk), debt.late_fen
    if terms is None or not fen or debt.days is None:
        return None
    days = _days_of_oldest(debt, desk.today())
    try:
        today = _quote(terms, debt, days, desk) if days else None
        tomorrow = _quote(terms, debt, days + 1, desk)
    except InvalidSupposition:
        return None
    total = today.total if today else Money(fen)
    a_day = tomorrow.total - total
    return Reckoned(
        debt, terms, days, _instalments(debt), _lines(today), total - Money(fen), total, a_day
    )


def _instalments(debt: Debt) -> int:
    """In how many parts it is past due; what is not late yet is one."""
    return (debt.missed or 1) if debt.days else 1


def _days_of_oldest(debt: Debt, today: date) -> int:
    """How long the oldest instalment is late.

    Days that are too few for that many instalments ("欠三期了，逾期10天") are those of the newest.
    """
    days, before = debt.days or 0, _instalments(debt) - 1
    due = today - timedelta(days=days)
    if not before or add_months(due, before) < today:
        return days
    return (today - add_months(due, -before)).days


def left_after(debt: Reckoned, paid: Money, desk: Desk) -> tuple[Money, bool, Money]:
    """What is left, whether it is still late, and what another day then adds."""
    fen = debt.debt.late_fen or 0
    if not debt.days:  # not late: what is paid is off the bill to come
        left = max(Money(fen) - paid, Money.zero)
        return left, False, Money.zero
    tomorrow = desk.today() + _ONE_DAY
    whole = QuoteKind.PAYOFF_ALL
    left = _rest(debt, paid, whole, desk)
    late = _rest(debt, paid, QuoteKind.OVERDUE, desk).fen > 0
    return left, late, _rest(debt, paid, whole, desk, tomorrow) - left


def left_on(debt: Reckoned, paid: Money, day: date, desk: Desk) -> Money:
    """What is to be paid on a later day once a part was paid today."""
    if not debt.days:
        left = replace(debt, debt=replace(debt.debt, fen=(debt.debt.late_fen or 0) - paid.fen))
        then = days_later(left, (day - desk.today()).days, desk)
        return then.total if then else Money(debt.debt.late_fen or 0) - paid
    return _rest(debt, paid, QuoteKind.PAYOFF_ALL, desk, day)


def days_later(debt: Reckoned, more: int, desk: Desk) -> Reckoned | None:
    """The same debt so many days on, nothing being paid and no other instalment falling due."""
    if not debt.days:  # late from the day after it falls due
        return worked_out(replace(debt.debt, days=max(more - (debt.debt.due_in or 0), 0)), desk)
    try:
        on = desk.today() + timedelta(days=more)
        total = _rest(debt, Money.zero, QuoteKind.OVERDUE, desk, on)
    except InvalidSupposition:
        return None
    penalty = total - Money(debt.debt.late_fen or 0)
    return replace(debt, days=debt.days + more, penalty=penalty, total=total)


def _rest(
    debt: Reckoned, paid: Money, kind: QuoteKind, desk: Desk, seen_on: date | None = None
) -> Money:
    found = desk.engine.hypothetical_rest(
        debt.terms.product_id,
        Money(debt.debt.late_fen or 0),
        debt.days,
        paid,
        kind=kind,
        seen_on=seen_on,
        annual_rate=rate_of(debt.debt, debt.terms),
        instalments=debt.instalments,
    )
    return found.total


def sums(found: tuple[Reckoned, ...]) -> Mapping[str, Any]:
    """The values that every answer about these debts prints."""
    return {
        "debts": found,
        "penalty": Money.total(one.penalty for one in found),
        "total": Money.total(one.total for one in found),
        "a_day": Money.total(one.a_day for one in found),
        "late": tuple(one for one in found if one.days),
    }


def terms_of(debt: Debt, desk: Desk) -> ProductTerms | None:
    """The newest terms of its product; of the default one where none was said.

    A debt of which a yearly rate was told is a loan.
    """
    return newest_terms(debt.product or (_LOAN if debt.rate else None), desk)


def _quote(terms: ProductTerms, debt: Debt, days: int, desk: Desk) -> Quote:
    return desk.engine.hypothetical_rest(
        terms.product_id,
        Money(debt.late_fen or 0),
        days,
        Money.zero,
        annual_rate=rate_of(debt, terms),
        instalments=_instalments(debt),
    )


def rate_of(debt: Debt, terms: ProductTerms) -> Decimal | None:
    """The yearly price that was told of a loan, cut to the cap; None for the terms' own."""
    if debt.rate is None or terms.kind is ProductKind.REVOLVING:
        return None
    return within_the_cap(Decimal(debt.rate), terms)


def _lines(quote: Quote | None) -> tuple[QuoteItem, ...]:
    items = quote.items if quote else ()
    return tuple(one for one in items if one.component is Component.PENALTY)

"""The debts that a visitor told of, spread over instalments at the price of the demo terms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.domain.state import ScheduleRow
from account_engine.domain.terms import ProductKind, ProductTerms
from account_engine.services.hypothetical_bill import hypothetical_bill_instalments
from account_engine.services.hypothetical_loan import hypothetical_loan
from account_engine.services.supposition import InvalidSupposition
from actions.conversation.asked import Asked
from actions.conversation.desk import Desk
from actions.conversation.own_case import Debt, OwnCase
from actions.conversation.supposed import Supposed
from actions.conversation.turn import Turn
from actions.topics.case_reckoned import (
    rate_of,
    terms_of,
    worked_out,
)


@dataclass(frozen=True, slots=True)
class Share:
    """What is left to pay of one debt.

    Attributes:
        days: how long it is late, None where that was not told.
        rate: the yearly price that was told of a loan, None for the terms' own.
    """

    debt: Debt
    terms: ProductTerms
    left: Money
    days: int | None
    rate: Decimal | None

    @property
    def revolving(self) -> bool:
        return self.terms.kind is ProductKind.REVOLVING

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of instalments that the terms know."""
        known = self.terms.bill_instalments if self.revolving else self.terms.terms_offered
        return frozenset(one for one in known if one > 1)


@dataclass(frozen=True, slots=True)
class Spread:
    """All shares in so many instalments: what a month takes first, and fees and interest in all."""

    instalments: int
    a_month: Money
    cost: Money


def shares_of(turn: Turn, desk: Desk) -> tuple[Share, ...]:
    """What is left of each debt that was told, after the payment that was supposed."""
    case = OwnCase.of(turn)
    told = [one for one in case.debts if one.whole_fen] if case and case.stated else []
    named = _asked_about(turn)
    told = [one for one in told if one.product in named] or told
    found = tuple(share for one in told if (share := _share(one, desk)))
    supposed = Supposed.held(turn)
    if supposed is None or not supposed.fen:
        return found
    return _after(found, Money(supposed.fen), desk)


def _asked_about(turn: Turn) -> set[str]:
    """The products named; "还借呗，那花呗能不能分6期" asks about that of the last clause."""
    asked = Asked.of(turn)
    ours = [one for one in turn.entities if one.kind == "product"]
    within = [one for one in ours if asked and asked.start <= one.start < asked.end]
    return {one.value for one in within or ours}


def spread(shares: tuple[Share, ...], number: int, desk: Desk) -> Spread | None:
    """The shares in `number` instalments; None where the terms of one of them know none such."""
    rows = [_rows(one, number, desk) for one in shares]
    if not rows or not all(rows):
        return None
    first = Money.total(each[0].principal + each[0].interest + each[0].fee for each in rows)
    cost = Money.total(row.interest + row.fee for each in rows for row in each)
    return Spread(number, first, cost)


def spreads(shares: tuple[Share, ...], desk: Desk) -> tuple[Spread, ...]:
    """One for each number of instalments that all of them know, the fewest first."""
    known = frozenset.intersection(*(one.numbers for one in shares)) if shares else frozenset()
    return tuple(found for one in sorted(known) if (found := spread(shares, one, desk)))


def _share(debt: Debt, desk: Desk) -> Share | None:
    terms = terms_of(debt, desk)
    if terms is None:
        return None
    stands = worked_out(debt, desk)
    to_come = Money((debt.whole_fen or 0) - (debt.late_fen or 0))
    left = to_come + (stands.total if stands else Money(debt.late_fen or 0))
    return Share(debt, terms, left, debt.days, rate_of(debt, terms))


def _daily(share: Share, desk: Desk) -> Decimal:
    stands = worked_out(share.debt, desk)
    return (stands.rate if stands else None) or Decimal(0)


def _after(shares: tuple[Share, ...], paid: Money, desk: Desk) -> tuple[Share, ...]:
    """The shares once `paid` was paid today: the dearest by the day first."""
    left: dict[int, Money] = {}
    for one in sorted(shares, key=lambda each: _daily(each, desk), reverse=True):
        part = min(paid, one.left)
        left[id(one)], paid = one.left - part, paid - part
    return tuple(replace(one, left=left[id(one)]) for one in shares if left[id(one)].fen > 0)


def _rows(share: Share, number: int, desk: Desk) -> tuple[ScheduleRow, ...]:
    try:
        if share.revolving:
            return hypothetical_bill_instalments(share.terms, share.left, number, desk.today())
        return hypothetical_loan(share.terms, share.left, number, desk.today(), share.rate)
    except InvalidSupposition:
        return ()

"""Quotes: amounts that explain themselves item by item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Literal

from account_engine.domain.money import Money
from account_engine.domain.payloads import Component

__all__ = ["Component", "Quote", "QuoteItem", "QuoteKind"]


class QuoteKind(str, Enum):
    """What a borrower may ask the amount of."""

    DUE_NOW = "due_now"  # everything whose due date has come
    MINIMUM = "minimum"  # the least that keeps, or makes, the account current
    OVERDUE = "overdue"  # everything past its due date
    PAYOFF_ALL = "payoff_all"  # everything, if it were all paid today
    PAYOFF_IF_RECALLED = "payoff_if_recalled"  # everything, if the balance were recalled today
    NEXT_BILL = "next_bill"  # what falls due on the next due date


@dataclass(frozen=True, slots=True)
class QuoteItem:
    """One line of a quote.

    Attributes:
        account_id: the account it belongs to.
        component: what it is for.
        base: the amount the rate is applied to, or None.
        rate: the exact rate as a decimal, or None.
        rate_per: ``"day"`` when the rate is per day; None without a rate or for a share.
        start, end: the stretch of days, end not counted; None for a fixed amount.
        days: how many days were charged.
        formula: figures only, e.g. ``"1000.00 × 0.0005 × 3"``; wording is the reader's.
        amount: the item in fen; negative for caps and waivers.
        clause: id of the clause of the terms.
        event_ids: the events it follows from.
        row: the instalment or bill it belongs to, or None.
        due: that row's due date, or None.
    """

    account_id: str
    component: Component
    base: Money | None
    rate: Decimal | None
    rate_per: Literal["day"] | None
    start: date | None
    end: date | None
    days: int | None
    formula: str
    amount: Money
    clause: str
    event_ids: tuple[str, ...]
    row: str | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What is owed in one sense on one day. `total` is the sum of the items, always."""

    kind: QuoteKind
    borrower_id: str
    as_of: date
    items: tuple[QuoteItem, ...]
    total: Money
    accounts: tuple[str, ...]

    @staticmethod
    def of(
        kind: QuoteKind,
        borrower_id: str,
        as_of: date,
        items: tuple[QuoteItem, ...],
        accounts: tuple[str, ...],
    ) -> Quote:
        """Build a quote; the total is computed from the items."""
        total = Money(sum(item.amount.fen for item in items))
        return Quote(kind, borrower_id, as_of, items, total, accounts)

    def by_account(self) -> dict[str, Money]:
        """Totals per account, every quoted account included."""
        sums = dict.fromkeys(self.accounts, 0)
        for item in self.items:
            sums[item.account_id] += item.amount.fen
        return {account: Money(fen) for account, fen in sums.items()}

    def by_component(self) -> dict[Component, Money]:
        """Totals per component that occurs."""
        sums: dict[Component, int] = {}
        for item in self.items:
            sums[item.component] = sums.get(item.component, 0) + item.amount.fen
        return {component: Money(fen) for component, fen in sums.items()}

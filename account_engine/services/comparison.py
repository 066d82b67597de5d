"""The same quote on two days, and what makes the difference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from account_engine.domain.money import Money
from account_engine.domain.payloads import Component
from account_engine.domain.quote import Quote, QuoteItem

Line = tuple[str, Component, str | None]
"""Account, component, row: what makes two items of two days the same line."""


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One line of a quote that differs between two days; what is missing counts as nothing."""

    account_id: str
    component: Component
    row: str | None
    due: date | None
    before: Money
    after: Money

    @property
    def difference(self) -> Money:
        """What the later day costs more (negative: less)."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class QuoteDifference:
    """Two quotes of one kind. `difference` is exactly `after.total - before.total`."""

    before: Quote
    after: Quote
    difference: Money
    items: tuple[ChangedLine, ...]


def compare_quotes(before: Quote, after: Quote) -> QuoteDifference:
    """Set two quotes side by side; lines that stay the same are left out."""
    first, second = _lines(before), _lines(after)
    dues = {_line_of(item): item.due for quote in (before, after) for item in quote.items}
    changed = tuple(
        ChangedLine(
            account_id=line[0],
            component=line[1],
            row=line[2],
            due=dues[line],
            before=first.get(line, Money.zero),
            after=second.get(line, Money.zero),
        )
        for line in dict.fromkeys([*first, *second])
        if first.get(line, Money.zero) != second.get(line, Money.zero)
    )
    return QuoteDifference(before, after, after.total - before.total, changed)


def _line_of(item: QuoteItem) -> Line:
    return (item.account_id, item.component, item.row)


def _lines(quote: Quote) -> dict[Line, Money]:
    sums: dict[Line, Money] = {}
    for item in quote.items:
        line = _line_of(item)
        sums[line] = sums.get(line, Money.zero) + item.amount
    return sums

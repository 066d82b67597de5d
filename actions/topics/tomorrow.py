"""What another day changes in what is due, for every answer that says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import AccountState
from actions.conversation.desk import Desk


@dataclass(frozen=True, slots=True)
class Tomorrow:
    """Tomorrow's amount due beside today's.

    Attributes:
        more: what is added to debts that are due already, as penalty and interest of the day.
        by_account: the same by account id.
        falls_due: bills and instalments whose due date is tomorrow; no cost of waiting.
    """

    more: Money
    by_account: Mapping[str, Money]
    falls_due: Money


def tomorrow(
    desk: Desk, borrower_id: str, found: Iterable[AccountState], days: int = 1
) -> Tomorrow:
    """What another day, or so many, change on these accounts; nothing where there are none."""
    ids = tuple(one.account_id for one in found)
    if not ids:
        return Tomorrow(Money.zero, {}, Money.zero)
    today = desk.today()
    day = today + timedelta(days=days)
    changed = desk.engine.compare(borrower_id, QuoteKind.DUE_NOW, day, ids).items
    grown: dict[str, int] = defaultdict(int)
    falls_due = 0
    for line in changed:
        if line.due is not None and line.due > today:
            falls_due += line.difference.fen
        else:
            grown[line.account_id] += line.difference.fen
    by_account = {account_id: Money(fen) for account_id, fen in grown.items()}
    return Tomorrow(Money(sum(grown.values())), by_account, Money(falls_due))

"""Quotes from state: every figure with its base, rate, days, formula, clause and events."""

from __future__ import annotations

from collections.abc import Sequence

from account_engine.domain.quote import Quote, QuoteItem, QuoteKind
from account_engine.domain.quote_items import ItemWriter
from account_engine.domain.state import (
    AccountState,
    BorrowerState,
    RowState,
)

_GONE = (RowState.PAID, RowState.MOVED_TO_PLAN, RowState.RECALLED)
_PAYOFF = (QuoteKind.PAYOFF_ALL, QuoteKind.PAYOFF_IF_RECALLED)


def quote(state: BorrowerState, kind: QuoteKind, account_ids: Sequence[str] | None = None) -> Quote:
    """Quote an amount of a borrower.

    Args:
        state: the folded state.
        kind: which amount.
        account_ids: only these accounts; default all.

    Raises:
        KeyError: when the borrower does not have one of the accounts.
    """
    accounts = (
        state.accounts
        if account_ids is None
        else tuple(state.account(account_id) for account_id in account_ids)
    )
    items: list[QuoteItem] = []
    for account in accounts:
        items += account_items(account, kind)
    return Quote.of(
        kind,
        state.borrower_id,
        state.as_of,
        tuple(items),
        tuple(account.account_id for account in accounts),
    )


def account_items(account: AccountState, kind: QuoteKind) -> list[QuoteItem]:
    """The items of one account."""
    writer = ItemWriter(account, kind)
    day = account.as_of.toordinal()
    rows = [row for row in account.facts if row.open_total and row.state not in _GONE]
    if kind is QuoteKind.OVERDUE:
        writer.rows(row for row in rows if row.due < day)
    elif kind is QuoteKind.DUE_NOW:
        writer.rows(row for row in rows if row.due <= day)
    elif kind is QuoteKind.NEXT_BILL:
        upcoming = [row for row in rows if row.due >= day]
        first = min((row.due for row in upcoming), default=0)
        writer.rows(row for row in upcoming if row.due == first)
    elif kind is QuoteKind.MINIMUM:
        writer.minimum(rows, day)
    else:
        writer.payoff(rows, day)
    return writer.items

"""The coming months if only the minimum is paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from account_engine.domain.events import Event
from account_engine.domain.fold import fold
from account_engine.domain.imagined import payment_event
from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import BorrowerState
from account_engine.domain.terms import Contract


@dataclass(frozen=True, slots=True)
class MinimumMonth:
    """One month of paying only the minimum."""

    on: date
    paid: Money
    interest_and_penalty: Money
    payoff_after: Money


@dataclass(frozen=True, slots=True)
class MinimumOnly:
    """A run of months with only the minimum paid."""

    months: tuple[MinimumMonth, ...]
    total_paid: Money
    total_cost: Money
    payoff_after: Money


def pay_minimum_only(
    contracts: Sequence[Contract],
    events: Sequence[Event],
    as_of: date,
    months: int = 12,
    account_id: str | None = None,
) -> MinimumOnly:
    """Pay the minimum on each coming due date, of one account or of all."""
    accounts = None if account_id is None else [account_id]
    history = list(events)
    rows: list[MinimumMonth] = []
    day = as_of
    before = fold(contracts, history, as_of)
    start = quote(before, QuoteKind.PAYOFF_ALL, accounts).total
    for index in range(months):
        found = _next_due(fold(contracts, history, day), accounts, day)
        if found is None:
            break
        day = found
        asked = quote(fold(contracts, history, day), QuoteKind.MINIMUM, accounts)
        for account, amount in asked.by_account().items():
            if amount.fen > 0:
                number = index * 100 + len(rows)
                history.append(
                    payment_event(contracts[0].borrower_id, account, amount, day, number)
                )
        after = fold(contracts, history, day)
        payoff = quote(after, QuoteKind.PAYOFF_ALL, accounts).total
        paid = sum(row.paid.fen for row in rows) + asked.total.fen
        cost = paid + payoff.fen - start.fen - sum(row.interest_and_penalty.fen for row in rows)
        rows.append(MinimumMonth(day, asked.total, Money(cost), payoff))
        day += timedelta(days=1)
    return MinimumOnly(
        months=tuple(rows),
        total_paid=Money.total(row.paid for row in rows),
        total_cost=Money.total(row.interest_and_penalty for row in rows),
        payoff_after=rows[-1].payoff_after if rows else start,
    )


def _next_due(state: BorrowerState, accounts: list[str] | None, day: date) -> date | None:
    dues = [
        account.next_due
        for account in state.accounts
        if account.next_due is not None and (accounts is None or account.account_id in accounts)
    ]
    overdue = any(
        account.dpd > 0 and (accounts is None or account.account_id in accounts)
        for account in state.accounts
    )
    return day if overdue else min(dues, default=None)

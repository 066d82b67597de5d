"""What doing nothing costs, from the position alone: penalty by the day, held by the cap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from account_engine.domain.money import Money, Rounding, divide
from account_engine.domain.negotiation.draft import Draft
from account_engine.domain.negotiation.option import Comparison, DoNothing, Scope
from account_engine.domain.negotiation.policy import PriceLimits
from account_engine.domain.negotiation.position import AccountPosition

HORIZONS = (30, 60, 90)
"""Days after which doing nothing is shown."""

ForecastOf = Callable[[tuple[str, ...], int], Money]
"""Everything owed on the accounts of these ids after so many days without a payment."""


def do_nothing(
    accounts: Sequence[AccountPosition],
    as_of: date,
    limits: PriceLimits,
    forecast: ForecastOf | None,
) -> tuple[DoNothing, ...]:
    """What is owed after 30, 60 and 90 days; by `forecast` where the caller has a better one."""
    now = sum(account.payoff.fen for account in accounts)
    found: list[DoNothing] = []
    for days in HORIZONS:
        if forecast is not None:
            total = forecast(tuple(one.account_id for one in accounts), days).fen
        else:
            total = now + sum(added_by_waiting(one, as_of, days, limits) for one in accounts)
        on = as_of + timedelta(days=days)
        found.append(DoNothing(days, on, Money(total), Money(total - now)))
    return tuple(found)


def added_by_waiting(account: AccountPosition, as_of: date, days: int, limits: PriceLimits) -> int:
    """New charges of one account within `days`, in fen.

    Penalty runs on today's overdue base and, from its due date on, on the principal of each row
    that falls due meanwhile; ordinary interest and fees of those rows come on top. All of it
    keeps to what the total cap allows.
    """
    rate = Fraction(account.penalty_daily_rate)
    penalty = rate * account.penalty_base.fen * days
    accrued = account.accrued_interest.fen + account.accrued_fee.fen
    ordinary = -accrued if account.upcoming else 0
    end = as_of + timedelta(days=days)
    for row in account.upcoming:
        if row.due <= end:
            penalty += rate * row.principal.fen * (end - row.due).days
            ordinary += row.interest.fen + row.fee.fen
    wanted = divide(penalty.numerator, penalty.denominator) + max(0, ordinary)
    principal = account.overdue_principal.fen + account.unmatured_principal.fen
    cap = Fraction(limits.total_charge_cap) * principal * days / limits.year_days
    allowed = account.charge_headroom.fen + divide(cap.numerator, cap.denominator, Rounding.DOWN)
    return min(wanted, allowed)


def compare(
    draft: Draft, accounts: Sequence[AccountPosition], waiting: Sequence[DoNothing]
) -> tuple[Comparison, ...]:
    """New charges of the draft against those of doing nothing, at each horizon."""
    found: list[Comparison] = []
    for one in waiting:
        adds = _charges_until(draft, accounts, one.on)
        found.append(Comparison(one.days, one.added, Money(adds), Money(one.added.fen - adds)))
    return tuple(found)


def _charges_until(draft: Draft, accounts: Sequence[AccountPosition], on: date) -> int:
    """What the draft adds in rows due by `on`, the contract's own rows beside it included.

    A row's new charges are its amount less what it takes off the balance the plan covers.
    """
    adds = 0
    balance = draft.reaged
    for row in draft.rows:
        if row.due <= on:
            adds += row.amount.fen - (balance - row.balance_after.fen)
        balance = row.balance_after.fen
    if draft.scope is Scope.ARREARS:
        rows = [row for one in accounts for row in one.upcoming if row.due <= on]
        adds += sum(row.interest.fen + row.fee.fen for row in rows)
    return adds

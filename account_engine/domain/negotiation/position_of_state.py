"""Reads a negotiation's position off a folded state.

Amounts come from the same quotes a borrower is shown, so that a plan covers exactly what the
screen says is owed.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.domain.negotiation.position import AccountPosition, DebtPosition, Upcoming
from account_engine.domain.payloads import Component
from account_engine.domain.quote import Quote, QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import (
    AccountState,
    BorrowerState,
    CollectionStage,
    PlanStatus,
    RecallStage,
    RowFacts,
    RowOrigin,
    RowState,
)
from account_engine.domain.terms import PenaltyBase, ProductKind

_AHEAD = frozenset({RowState.UPCOMING, RowState.BILLED, RowState.DUE_TODAY, RowState.IN_GRACE})
_RUNNING = frozenset({PlanStatus.ACTIVE, PlanStatus.BROKEN})
_DAYS_OF_A_YEAR = 365
_REDUCTIONS = (Component.CAP, Component.WAIVER)
_REDUCED_IN_ORDER = (
    Component.PENALTY,
    Component.FEE,
    Component.INTEREST,
    Component.PRINCIPAL,
)


def position_from_state(
    state: BorrowerState, *, vulnerable: bool = False, withdrawals: int = 0
) -> DebtPosition:
    """The position of every account that owes something on the state's day.

    `vulnerable` comes from the borrower's profile, `withdrawals` from the history: neither is
    part of the state.
    """
    accounts = tuple(_account(state, account) for account in state.accounts)
    return DebtPosition(
        borrower_id=state.borrower_id,
        as_of=state.as_of,
        accounts=accounts,
        vulnerable=vulnerable,
        deceased=state.deceased,
        withdrawals=withdrawals,
    )


def _account(state: BorrowerState, account: AccountState) -> AccountPosition:
    overdue = _parts(quote(state, QuoteKind.OVERDUE, (account.account_id,)))
    payoff = _parts(quote(state, QuoteKind.PAYOFF_ALL, (account.account_id,)))
    ahead = [row for row in account.facts if row.state in _AHEAD and row.open_total > 0]
    return AccountPosition(
        account_id=account.account_id,
        product_id=account.product_id,
        display_name=account.display_name,
        lender_name=account.creditor or account.lender_name,
        dpd=account.dpd,
        annual_rate=_contract_rate(account),
        overdue_principal=overdue[Component.PRINCIPAL],
        overdue_interest=overdue[Component.INTEREST],
        overdue_fee=overdue[Component.FEE],
        overdue_penalty=overdue[Component.PENALTY],
        unmatured_principal=payoff[Component.PRINCIPAL] - overdue[Component.PRINCIPAL],
        accrued_interest=_rest(payoff, overdue, Component.INTEREST),
        accrued_fee=_rest(payoff, overdue, Component.FEE),
        upcoming=tuple(_upcoming(row) for row in sorted(ahead, key=lambda row: row.due)),
        penalty_base=_penalty_base(account, overdue),
        penalty_daily_rate=account.penalty_daily_rate,
        charge_headroom=account.charge_headroom or Money(0),
        minimum_due=quote(state, QuoteKind.MINIMUM, (account.account_id,)).total,
        accelerated=account.recall.stage is RecallStage.EFFECTIVE,
        disputed=account.disputed,
        transferred_to=_transferred_to(account),
        in_plan=any(plan.status in _RUNNING for plan in account.plans),
        in_extension=_later(account.extension_until, state.as_of),
        extensions_used=account.extensions_used,
        waivers_used=account.waivers_used,
        plans_broken=account.plans_broken,
    )


def _contract_rate(account: AccountState) -> Decimal:
    """What the contract charges a year for money that is lent on.

    A revolving product has no rate of its own until its due date; carrying a bill on costs what
    the minimum payment's remainder costs.
    """
    minimum = account.terms.minimum
    if account.terms.kind is ProductKind.REVOLVING and minimum is not None:
        return max(account.annual_rate, minimum.interest_daily * _DAYS_OF_A_YEAR)
    return account.annual_rate


def _transferred_to(account: AccountState) -> str | None:
    if account.collection_stage is CollectionStage.TRANSFERRED:
        return account.creditor
    return None


def _parts(amounts: Quote) -> dict[Component, Money]:
    """The quote by kind, with caps and waivers taken off penalties first."""
    sums: dict[Component, int] = dict.fromkeys(Component, 0)
    for item in amounts.items:
        sums[item.component] += item.amount.fen
    off = -sum(sums[component] for component in _REDUCTIONS)
    for component in _REDUCED_IN_ORDER:
        # Interest paid ahead of time stands as less than nothing: it reduces the rest.
        off += max(0, -sums[component])
        sums[component] = max(0, sums[component])
    for component in _REDUCED_IN_ORDER:
        taken = min(off, sums[component])
        sums[component] -= taken
        off -= taken
    return {component: Money(sums[component]) for component in _REDUCED_IN_ORDER}


def _rest(
    payoff: dict[Component, Money], overdue: dict[Component, Money], part: Component
) -> Money:
    return Money(max(0, payoff[part].fen - overdue[part].fen))


def _upcoming(row: RowFacts) -> Upcoming:
    return Upcoming(
        due=date.fromordinal(row.due),
        principal=Money(row.open_principal),
        interest=Money(row.open_interest),
        fee=Money(row.open_fee),
        key=row.key,
        revolving=row.origin is RowOrigin.BILL and bool(row.revolving),
    )


def _penalty_base(account: AccountState, overdue: dict[Component, Money]) -> Money:
    base = account.terms.penalty.base
    parts = {
        PenaltyBase.PRINCIPAL: (Component.PRINCIPAL,),
        PenaltyBase.PRINCIPAL_FEE: (Component.PRINCIPAL, Component.FEE),
        PenaltyBase.PRINCIPAL_FEE_INTEREST: (
            Component.PRINCIPAL,
            Component.FEE,
            Component.INTEREST,
        ),
        PenaltyBase.INTEREST: (Component.INTEREST,),
    }[base]
    return Money.total(overdue[part] for part in parts)


def _later(day: date | None, as_of: date) -> bool:
    return day is not None and day > as_of

"""Which debt first: the order that costs least, and the one that best avoids a recall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from account_engine.domain.events import Event
from account_engine.domain.fold import fold
from account_engine.domain.ledger.rules import year_days
from account_engine.domain.money import Money
from account_engine.domain.payloads import LoanDisbursed, RecallTrigger
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import AccountState, RecallStage, RowOrigin
from account_engine.domain.terms import Contract, InterestBasis

_RUNNING = (RecallStage.NOTICED, RecallStage.WARNED)


@dataclass(frozen=True, slots=True)
class RankedDebt:
    """One account in a proposed order of repayment.

    Attributes:
        daily_rate: what one yuan of it costs a day now; zero while it costs nothing.
        arrears: what would make it current.
        recall_in_days: days until a recall could be noticed or would take effect; None: no rule.
    """

    account_id: str
    daily_rate: Decimal
    arrears: Money
    payoff: Money
    recall_in_days: int | None


@dataclass(frozen=True, slots=True)
class RepayOrder:
    """Which debt first: by cost, and by how soon a recall threatens."""

    cheapest: tuple[RankedDebt, ...]
    against_recall: tuple[RankedDebt, ...]


def repay_order(contracts: Sequence[Contract], events: Sequence[Event], as_of: date) -> RepayOrder:
    """Order the accounts that owe anything: dearest yuan first, and soonest recall first."""
    state = fold(contracts, events, as_of)
    own_rates = {
        event.event_id: event.payload.annual_rate
        for event in events
        if isinstance(event.payload, LoanDisbursed) and event.payload.annual_rate is not None
    }
    debts = []
    for account in state.accounts:
        payoff = quote(state, QuoteKind.PAYOFF_ALL, [account.account_id]).total
        if payoff.fen <= 0:
            continue
        arrears = quote(state, QuoteKind.OVERDUE, [account.account_id]).total
        debts.append(
            RankedDebt(
                account.account_id,
                marginal_daily_rate(account, own_rates),
                arrears,
                payoff,
                days_to_recall(account),
            )
        )
    far = 10**6
    return RepayOrder(
        cheapest=tuple(sorted(debts, key=lambda d: (-d.daily_rate, d.account_id))),
        against_recall=tuple(
            sorted(
                debts,
                key=lambda d: (
                    d.recall_in_days or far,  # 0: it has taken effect, paying arrears is too late
                    -d.arrears.fen,
                    d.account_id,
                ),
            )
        ),
    )


def marginal_daily_rate(account: AccountState, own_rates: Mapping[str, Decimal]) -> Decimal:
    """What one yuan of the account's debt costs a day now, at its dearest part.

    Args:
        account: the account's state.
        own_rates: yearly rates of loans that have one of their own, by the event that drew them;
            the others are charged at the contract's.
    """
    if account.dpd > 0:
        return max(account.penalty_daily_rate + _beside_penalty(account), account.carry_daily_rate)
    if any(row.carried and row.open_principal for row in account.facts):
        return account.carry_daily_rate
    running = [
        own_rates.get(row.event_ids[0], account.annual_rate)
        for row in account.facts
        if row.origin is RowOrigin.LOAN and row.open_principal
    ]
    return max(running, default=Decimal(0)) / year_days(account.terms.day_count)


def _beside_penalty(account: AccountState) -> Decimal:
    """Contract interest by the day that late principal goes on bearing, where it does."""
    if account.terms.interest.basis is InterestBasis.SCHEDULED:
        return Decimal(0)
    return account.annual_rate / year_days(account.terms.day_count)


def days_to_recall(account: AccountState) -> int | None:
    """Days until a recall takes effect or, without a notice, could first be noticed."""
    recall = account.recall
    if recall.stage is RecallStage.EFFECTIVE:
        return 0
    if recall.stage is RecallStage.NOTICED and recall.effective_on is not None:
        return (recall.effective_on - account.as_of).days
    if recall.available:
        return account.terms.recall.notice_days
    if account.dpd <= 0:
        return None
    waits = [
        wait
        for rule in account.terms.recall.triggers
        if rule.threshold is not None
        and (wait := _days_to_trigger(account, rule.trigger, rule.threshold)) is not None
    ]
    return max(0, min(waits)) + account.terms.recall.notice_days if waits else None


def _days_to_trigger(account: AccountState, trigger: RecallTrigger, threshold: int) -> int | None:
    """Days until a reason that lies in lateness holds, if nothing is paid."""
    if trigger is RecallTrigger.DPD:
        return threshold - account.dpd
    if trigger is RecallTrigger.MISSED_INSTALMENTS:
        today = account.as_of.toordinal()
        unpaid = sorted(
            row.due
            for row in account.facts
            if row.open_principal or row.open_interest or row.open_fee
        )
        if len(unpaid) >= threshold:
            return unpaid[threshold - 1] + 1 - today
    return None

"""What would happen if: a payment on a day, nothing for a while, only the minimum, one debt first.

Each answer is a fold over the real events and an imagined one; nothing is stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from account_engine.domain.events import Event, EventKind
from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.payloads import Payment, PaymentPurpose, RecallTrigger
from account_engine.domain.quote import Quote, QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import AccountState, BorrowerState, RecallStage, RowOrigin
from account_engine.domain.stress import StressDay, Threshold, ThresholdCode, stress
from account_engine.domain.terms import Contract

__all__ = [
    "Change",
    "MinimumMonth",
    "MinimumOnly",
    "RankedDebt",
    "RepayOrder",
    "StressDay",
    "Threshold",
    "ThresholdCode",
    "WhatIf",
    "days_to_recall",
    "marginal_daily_rate",
    "pay_minimum_only",
    "pay_nothing",
    "pay_on",
    "payment_event",
    "repay_order",
    "stress",
]

IMAGINED = "what-if"
_SHOWN = (QuoteKind.OVERDUE, QuoteKind.DUE_NOW, QuoteKind.PAYOFF_ALL)
_RUNNING = (RecallStage.NOTICED, RecallStage.WARNED)


@dataclass(frozen=True, slots=True)
class Change:
    """A fact of an account that differs; values are codes, ISO dates or numbers as text."""

    account_id: str
    fact: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Two states and their quotes side by side."""

    before: BorrowerState
    after: BorrowerState
    before_quotes: Mapping[QuoteKind, Quote]
    after_quotes: Mapping[QuoteKind, Quote]
    changes: tuple[Change, ...]


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


def pay_on(
    contracts: Sequence[Contract],
    events: Sequence[Event],
    as_of: date,
    amount: Money,
    on: date,
    account_id: str | None = None,
    purpose: PaymentPurpose = PaymentPurpose.ORDINARY,
) -> WhatIf:
    """Pay an amount on a day from `as_of` on, compared with paying nothing till then."""
    day = max(on, as_of)
    borrower = contracts[0].borrower_id
    imagined = payment_event(borrower, account_id, amount, day, 0, purpose)
    return _compare(fold(contracts, events, day), fold(contracts, [*events, imagined], day))


def pay_nothing(
    contracts: Sequence[Contract], events: Sequence[Event], as_of: date, days: int
) -> WhatIf:
    """Pay nothing for some days, compared with today."""
    later = as_of + timedelta(days=days)
    return _compare(fold(contracts, events, as_of), fold(contracts, events, later))


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


def repay_order(contracts: Sequence[Contract], events: Sequence[Event], as_of: date) -> RepayOrder:
    """Order the accounts that owe anything: dearest yuan first, and soonest recall first."""
    state = fold(contracts, events, as_of)
    debts = []
    for account in state.accounts:
        payoff = quote(state, QuoteKind.PAYOFF_ALL, [account.account_id]).total
        if payoff.fen <= 0:
            continue
        arrears = quote(state, QuoteKind.OVERDUE, [account.account_id]).total
        debts.append(
            RankedDebt(
                account.account_id,
                marginal_daily_rate(account),
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
                    d.recall_in_days if d.recall_in_days is not None else far,
                    -d.arrears.fen,
                    d.account_id,
                ),
            )
        ),
    )


def marginal_daily_rate(account: AccountState) -> Decimal:
    """What one yuan of the account's debt costs a day now, at its dearest part."""
    if account.dpd > 0:
        return max(account.penalty_daily_rate, account.carry_daily_rate)
    if any(row.carried and row.open_principal for row in account.facts):
        return account.carry_daily_rate
    if any(row.origin is RowOrigin.LOAN and row.open_principal for row in account.facts):
        return account.annual_rate / 365
    return Decimal(0)


def days_to_recall(account: AccountState) -> int | None:
    """Days until a recall takes effect or, without a notice, could first be noticed."""
    recall = account.recall
    if recall.stage is RecallStage.EFFECTIVE:
        return 0
    if recall.stage is RecallStage.NOTICED and recall.effective_on is not None:
        return (recall.effective_on - account.as_of).days
    if recall.available:
        return account.terms.recall.notice_days
    waits = [
        rule.threshold - account.dpd + account.terms.recall.notice_days
        for rule in account.terms.recall.triggers
        if rule.trigger is RecallTrigger.DPD and rule.threshold is not None and account.dpd > 0
    ]
    return max(0, min(waits)) if waits else None


def payment_event(
    borrower_id: str,
    account_id: str | None,
    amount: Money,
    on: date,
    number: int,
    purpose: PaymentPurpose = PaymentPurpose.ORDINARY,
) -> Event:
    """An imagined payment; its id starts with ``what-if`` and is never stored."""
    return Event(
        event_id=f"{IMAGINED}-{number}-{account_id or borrower_id}",
        borrower_id=borrower_id,
        account_id=account_id,
        kind=EventKind.PAYMENT,
        value_date=on,
        booked_at=datetime(on.year, on.month, on.day, 23, 59, tzinfo=timezone.utc),
        payload=Payment(amount, purpose=purpose, channel=IMAGINED),
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


def _compare(before: BorrowerState, after: BorrowerState) -> WhatIf:
    changes: list[Change] = []
    for old, new in zip(before.accounts, after.accounts, strict=True):
        for fact, old_value, new_value in zip(_FACTS, _facts(old), _facts(new), strict=True):
            if old_value != new_value:
                changes.append(Change(old.account_id, fact, old_value, new_value))
    return WhatIf(
        before=before,
        after=after,
        before_quotes={kind: quote(before, kind) for kind in _SHOWN},
        after_quotes={kind: quote(after, kind) for kind in _SHOWN},
        changes=tuple(changes),
    )


_FACTS = (
    "dpd",
    "ageing",
    "risk_class",
    "facility",
    "recall",
    "collection_stage",
    "next_due",
    "plan",
    "outstanding",
)


def _facts(account: AccountState) -> tuple[str, ...]:
    return (
        str(account.dpd),
        account.ageing.value,
        account.risk_class.value,
        account.facility.status.value,
        account.recall.stage.value,
        account.collection_stage.value,
        account.next_due.isoformat() if account.next_due else "",
        account.plan.status.value if account.plan else "",
        account.outstanding.yuan_text,
    )

"""The stress view (压力测试): the coming days one by one if nothing is paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from account_engine.domain.events import Event
from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.quote import Component, QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import (
    AccountState,
    Ageing,
    BorrowerState,
    PlanStatus,
    RecallStage,
)
from account_engine.domain.terms import Contract

_UNDER_WAY = (RecallStage.NOTICED, RecallStage.EFFECTIVE)


class ThresholdCode(str, Enum):
    """What is crossed on a day. Codes; the wording is data."""

    FALLS_DUE = "falls_due"
    BECOMES_OVERDUE = "becomes_overdue"
    AGEING = "ageing"
    RISK_CLASS = "risk_class"
    FACILITY = "facility"
    RECALL_POSSIBLE = "recall_possible"  # a trigger of the terms holds: a notice may follow
    RECALL_EFFECTIVE = "recall_effective"
    COLLECTION = "collection"
    CREDIT_REPORTING = "credit_reporting"
    PLAN_BROKEN = "plan_broken"
    PLAN_REVOKED = "plan_revoked"


@dataclass(frozen=True, slots=True)
class Threshold:
    """One crossing; `value` is the new label's code, a trigger's code or an ISO date."""

    account_id: str
    code: ThresholdCode
    value: str


@dataclass(frozen=True, slots=True)
class StressDay:
    """One day of the view.

    Attributes:
        total: everything due by then.
        payoff: everything, if it were all paid then.
        penalty: penalty within `total`, caps taken off.
        dpd: the oldest account's days past due.
    """

    date: date
    total: Money
    payoff: Money
    penalty: Money
    dpd: int
    thresholds: tuple[Threshold, ...]


def stress(
    contracts: Sequence[Contract], events: Sequence[Event], as_of: date, days: int = 90
) -> tuple[StressDay, ...]:
    """Today and the coming days if nothing is paid, with every threshold crossed."""
    rows = []
    before = fold(contracts, events, as_of)
    rows.append(_day(before, ()))
    for offset in range(1, days + 1):
        state = fold(contracts, events, as_of + timedelta(days=offset))
        rows.append(_day(state, tuple(_crossings(before, state))))
        before = state
    return tuple(rows)


def _day(state: BorrowerState, thresholds: tuple[Threshold, ...]) -> StressDay:
    due = quote(state, QuoteKind.DUE_NOW)
    parts = due.by_component()
    nothing = Money(0)
    penalty = parts.get(Component.PENALTY, nothing) + parts.get(Component.CAP, nothing)
    return StressDay(
        date=state.as_of,
        total=due.total,
        payoff=quote(state, QuoteKind.PAYOFF_ALL).total,
        penalty=penalty,
        dpd=max((account.dpd for account in state.accounts), default=0),
        thresholds=thresholds,
    )


def _crossings(before: BorrowerState, after: BorrowerState) -> Iterator[Threshold]:
    for old, new in zip(before.accounts, after.accounts, strict=True):
        yield from _labels(old, new)
        yield from _events(old, new)


def _labels(old: AccountState, new: AccountState) -> Iterator[Threshold]:
    account_id = new.account_id
    if old.dpd == 0 and new.dpd > 0:
        yield Threshold(account_id, ThresholdCode.BECOMES_OVERDUE, str(new.dpd))
    for code, was, now in (
        (ThresholdCode.AGEING, old.ageing, new.ageing),
        (ThresholdCode.RISK_CLASS, old.risk_class, new.risk_class),
        (ThresholdCode.FACILITY, old.facility.status, new.facility.status),
        (ThresholdCode.COLLECTION, old.collection_stage, new.collection_stage),
    ):
        if was is not now and now is not Ageing.CURRENT:
            yield Threshold(account_id, code, str(now.value))


def _events(old: AccountState, new: AccountState) -> Iterator[Threshold]:
    account_id = new.account_id
    if any(row.due == new.as_of.toordinal() and row.open_total for row in new.facts):
        yield Threshold(account_id, ThresholdCode.FALLS_DUE, new.as_of.isoformat())
    for trigger in new.recall.available:
        if trigger not in old.recall.available and new.recall.stage not in _UNDER_WAY:
            yield Threshold(account_id, ThresholdCode.RECALL_POSSIBLE, trigger.value)
    if old.recall.stage is not new.recall.stage and new.recall.stage is RecallStage.EFFECTIVE:
        yield Threshold(account_id, ThresholdCode.RECALL_EFFECTIVE, new.as_of.isoformat())
    if new.reported_next and new.credit_report.next_reporting_date == new.as_of:
        yield Threshold(account_id, ThresholdCode.CREDIT_REPORTING, new.as_of.isoformat())
    for was, now in zip(old.plans, new.plans, strict=True):
        if was.status is now.status:
            continue
        if now.status is PlanStatus.BROKEN:
            yield Threshold(account_id, ThresholdCode.PLAN_BROKEN, now.plan_id)
        elif now.status is PlanStatus.REVOKED:
            yield Threshold(account_id, ThresholdCode.PLAN_REVOKED, now.plan_id)

"""What the lender has to tell somebody after a night: messages with ids made from their content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from account_engine.domain.events import Event, EventKind
from account_engine.domain.payloads import PlanBroken
from account_engine.domain.state import AccountState, BorrowerState, PlanRowStatus, PlanStatus
from account_engine.portfolio.labels import Labels, changes
from account_engine.services.clock import midnight
from account_engine.store.payload_codec import canonical


class NoticeKind(str, Enum):
    """What a message of the sweep is about."""

    STATE_ENTERED = "state_entered"
    STAGE_CHANGED = "stage_changed"
    PAYMENT_DUE_SOON = "payment_due_soon"
    CREDIT_REPORT_AHEAD = "credit_report_ahead"
    PLAN_BROKEN = "plan_broken"


class Notice(NamedTuple):
    """A row of the outbox: something the lender's other systems must hear once."""

    message_id: str
    business_date: str
    borrower_id: str
    account_id: str | None
    kind: str
    content: str


# An enum's own lookup takes longer than what is done with its text.
_ENTERED = NoticeKind.STATE_ENTERED.value
_CHANGED = NoticeKind.STAGE_CHANGED.value
_DUE_SOON = NoticeKind.PAYMENT_DUE_SOON.value
_REPORT_AHEAD = NoticeKind.CREDIT_REPORT_AHEAD.value
AHEAD = frozenset({_DUE_SOON, _REPORT_AHEAD})
"""Kinds that may come up on several nights and are told once."""


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """How many days ahead somebody is told, at the latest opportunity the day before."""

    payment_due_days: int = 3
    credit_report_days: int = 5


def messages(
    state: BorrowerState, before: Labels | None, after: Labels, rule: NoticeRule
) -> Iterator[Notice]:
    """Yield what changed since the last night and what is coming up."""
    for change in changes(before, after):
        kind = _ENTERED if change.before is None else _CHANGED
        yield _notice(state, change.account_id, kind, change.text)
    for account in state.accounts:
        if account.next_due is not None or account.dpd:
            yield from _coming(state, account, rule)


def broken_plans(state: BorrowerState, stored: Sequence[Event]) -> Iterator[Event]:
    """Yield the evidence that a plan's row was missed, once per plan and row.

    `stored` are the borrower's events, some of which may be that evidence already.
    """
    if not any(account.plans for account in state.accounts):
        return
    seen = {event.event_id for event in stored}
    for account in state.accounts:
        for plan in account.plans:
            if plan.status is not PlanStatus.BROKEN:
                continue
            missed = next(row for row in plan.rows if row.status is PlanRowStatus.MISSED)
            event_id = f"sweep:plan-broken:{plan.plan_id}:{missed.number}"
            if event_id not in seen:
                seen.add(event_id)
                yield Event(
                    event_id,
                    state.borrower_id,
                    account.account_id,
                    EventKind.PLAN_BROKEN,
                    state.as_of,
                    midnight(state.as_of),
                    PlanBroken(plan.plan_id, missed.number),
                )


def broken_plan_message(state: BorrowerState, event: Event) -> Notice:
    """Tell of a plan that was just found broken."""
    payload = event.payload
    assert isinstance(payload, PlanBroken)  # noqa: S101  the caller made it a line above
    plan_id, row = payload.plan_id, payload.row_number
    content = canonical({"plan_id": plan_id, "row": row})
    kind = NoticeKind.PLAN_BROKEN.value
    return _notice(state, event.account_id, kind, content, row=f"{plan_id}:{row}")


def _coming(state: BorrowerState, account: AccountState, rule: NoticeRule) -> Iterator[Notice]:
    """Yield what is ahead within the rule's days, on each of them with the same id.

    So nobody is left out whose bill came late, who fell behind shortly before the reporting date,
    or whose night was not swept; who stores the messages keeps the first of an id.
    """
    due, reporting = account.next_due, account.credit_report.next_reporting_date
    if due is not None and _is_near(due, state.as_of, rule.payment_due_days):
        amount = account.next_due_amount.yuan_text
        content = canonical({"due": due.isoformat(), "amount": amount})
        yield _notice(state, account.account_id, _DUE_SOON, content, about=due)
    if account.reported_next and _is_near(reporting, state.as_of, rule.credit_report_days):
        # 征信业管理条例 15: tell the person before adverse information is reported.
        content = canonical({"reporting_date": reporting.isoformat()})
        yield _notice(state, account.account_id, _REPORT_AHEAD, content, about=reporting)


def _is_near(day: date, today: date, days: int) -> bool:
    return today < day <= today + timedelta(days=days)


def _notice(
    state: BorrowerState,
    account_id: str | None,
    kind: str,
    content: str,
    about: date | None = None,
    row: str = ":",
) -> Notice:
    """Make a notice; its id names the night, or the day it is `about` whichever night tells it."""
    night, borrower_id = state.as_of.isoformat(), state.borrower_id
    day = night if about is None else about.isoformat()
    key = "\x1f".join((day, account_id or borrower_id, kind, row))
    message_id = hashlib.sha256(key.encode()).hexdigest()[:40]
    return Notice(message_id, night, borrower_id, account_id, kind, content)

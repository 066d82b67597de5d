"""What the lender has to tell somebody after a night: messages with ids made from their content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from account_engine.domain.events import Event, EventKind
from account_engine.domain.payloads import PlanBroken
from account_engine.domain.state import AccountState, BorrowerState, PlanRowStatus, PlanStatus
from account_engine.portfolio.labels import Labels, changes
from account_engine.ports import OutboxMessage
from account_engine.services.clock import midnight


class NoticeKind(str, Enum):
    """What a message of the sweep is about."""

    STATE_ENTERED = "state_entered"
    STAGE_CHANGED = "stage_changed"
    PAYMENT_DUE_SOON = "payment_due_soon"
    CREDIT_REPORT_AHEAD = "credit_report_ahead"
    PLAN_BROKEN = "plan_broken"


AHEAD = frozenset({NoticeKind.PAYMENT_DUE_SOON.value, NoticeKind.CREDIT_REPORT_AHEAD.value})
"""Kinds that may come up on several nights and are told once."""


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """How many days ahead somebody is told, at the latest opportunity the day before."""

    payment_due_days: int = 3
    credit_report_days: int = 5


def messages(
    state: BorrowerState, before: Labels | None, after: Labels, rule: NoticeRule
) -> Iterator[OutboxMessage]:
    """Yield what changed since the last night and what is coming up."""
    for change in changes(before, after):
        entered = change.before is None
        kind = NoticeKind.STATE_ENTERED if entered else NoticeKind.STAGE_CHANGED
        yield _message(
            state, change.account_id, kind, {"before": change.before, "after": change.after}
        )
    for account in state.accounts:
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


def broken_plan_message(state: BorrowerState, event: Event) -> OutboxMessage:
    """Tell of a plan that was just found broken."""
    payload = event.payload
    assert isinstance(payload, PlanBroken)  # noqa: S101  the caller made it a line above
    content = {"plan_id": payload.plan_id, "row": payload.row_number}
    return _message(state, event.account_id, NoticeKind.PLAN_BROKEN, content)


def _coming(
    state: BorrowerState, account: AccountState, rule: NoticeRule
) -> Iterator[OutboxMessage]:
    """Yield what is ahead within the rule's days, on each of them with the same id.

    So nobody is left out whose bill came late, who fell behind shortly before the reporting date,
    or whose night was not swept; who stores the messages keeps the first of an id.
    """
    due, reporting = account.next_due, account.credit_report.next_reporting_date
    if due is not None and _is_near(due, state.as_of, rule.payment_due_days):
        content = {"due": due, "amount": account.next_due_amount.yuan_text}
        kind = NoticeKind.PAYMENT_DUE_SOON
        yield _message(state, account.account_id, kind, content, about=due)
    if account.reported_next and _is_near(reporting, state.as_of, rule.credit_report_days):
        # 征信业管理条例 15: tell the person before adverse information is reported.
        kind = NoticeKind.CREDIT_REPORT_AHEAD
        content = {"reporting_date": reporting}
        yield _message(state, account.account_id, kind, content, about=reporting)


def _is_near(day: date, today: date, days: int) -> bool:
    return today < day <= today + timedelta(days=days)


def _message(
    state: BorrowerState,
    account_id: str | None,
    kind: NoticeKind,
    content: dict[str, Any],
    about: date | None = None,
) -> OutboxMessage:
    """Make a message; its id names the night, or the day it is `about` whichever night tells it."""
    plain = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in content.items()
    }
    subject = account_id or state.borrower_id
    row = str(plain.get("plan_id", "")) + ":" + str(plain.get("row", ""))
    key = "\x1f".join(((about or state.as_of).isoformat(), subject, kind.value, row))
    return OutboxMessage(
        message_id=hashlib.sha256(key.encode()).hexdigest()[:40],
        business_date=state.as_of,
        borrower_id=state.borrower_id,
        account_id=account_id,
        kind=kind.value,
        content=plain,
    )

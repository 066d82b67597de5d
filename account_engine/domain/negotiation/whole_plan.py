"""A plan over several accounts, seen as the one plan the borrower agreed to."""

from __future__ import annotations

from collections.abc import Iterable

from account_engine.domain.money import Money
from account_engine.domain.state import (
    AccountState,
    PlanRowState,
    PlanRowStatus,
    PlanState,
    PlanStatus,
)

_WORST_ROW = (
    PlanRowStatus.MISSED,
    PlanRowStatus.DUE_TODAY,
    PlanRowStatus.UPCOMING,
    PlanRowStatus.CANCELLED,
    PlanRowStatus.PAID,
)
_WORST_PLAN = (
    PlanStatus.REVOKED,
    PlanStatus.BROKEN,
    PlanStatus.ACTIVE,
    PlanStatus.COMPLETED,
)


def whole_plans(accounts: Iterable[AccountState]) -> tuple[PlanState, ...]:
    """Every plan once, the parts of its accounts added up row by row, in order of agreement.

    A plan is as good as its worst part: broken on one account, it is broken.
    """
    parts: dict[str, list[PlanState]] = {}
    for account in accounts:
        for plan in account.plans:
            parts.setdefault(plan.plan_id, []).append(plan)
    plans = (_whole(found) for found in parts.values())
    return tuple(sorted(plans, key=lambda plan: (plan.agreed_on, plan.plan_id)))


def _whole(parts: list[PlanState]) -> PlanState:
    first = parts[0]
    if len(parts) == 1:
        return first
    rows = _rows(parts)
    todo = [row for row in rows if row.status is not PlanRowStatus.PAID]
    status = min((part.status for part in parts), key=_WORST_PLAN.index)
    running = status in (PlanStatus.ACTIVE, PlanStatus.BROKEN)
    return PlanState(
        plan_id=first.plan_id,
        tool=first.tool,
        status=status,
        agreed_on=first.agreed_on,
        rows=rows,
        remaining_rows=len(todo) if running else 0,
        next_due=todo[0].due if todo and running else None,
        next_amount=Money(todo[0].amount.fen - todo[0].paid.fen if todo and running else 0),
        cure_until=min((part.cure_until for part in parts if part.cure_until), default=None),
        ended_on=max((part.ended_on for part in parts if part.ended_on), default=None),
        waived_on_completion=Money.total(part.waived_on_completion for part in parts),
        offer_id=first.offer_id,
    )


def _rows(parts: list[PlanState]) -> tuple[PlanRowState, ...]:
    numbers = sorted({row.number for part in parts for row in part.rows})
    found: list[PlanRowState] = []
    for number in numbers:
        rows = [row for part in parts for row in part.rows if row.number == number]
        found.append(
            PlanRowState(
                number=number,
                due=rows[0].due,
                amount=Money.total(row.amount for row in rows),
                paid=Money.total(row.paid for row in rows),
                status=min((row.status for row in rows), key=_WORST_ROW.index),
            )
        )
    return tuple(found)

"""Until when a borrower cannot change by themselves, so that a sweep may pass them over."""

from __future__ import annotations

from datetime import date, timedelta

from account_engine.domain.state import (
    AccountState,
    Ageing,
    BorrowerState,
    CollectionStage,
    FacilityStatus,
    PlanStatus,
    RecallStage,
    RiskClass,
    RowState,
)
from account_engine.portfolio.notices import NoticeRule

FOREVER = date(9999, 12, 31)
_STILL = {RowState.PAID, RowState.UPCOMING, RowState.BILLED, RowState.MOVED_TO_PLAN}


def quiet_until(state: BorrowerState, rule: NoticeRule) -> date | None:
    """Return the first day on which time alone may change a label or call for a notice.

    None when that can be any day: somebody who is overdue, frozen, in a plan, in a recall, in a
    dispute or carrying a balance is looked at every night. For all others nothing happens before
    the next due date comes near.
    """
    if state.deceased or state.linkage_effects:
        return None
    if not all(_is_still(account) for account in state.accounts):
        return None
    dues = [
        row.due
        for account in state.accounts
        for row in account.facts
        if row.open_total or row.minimum_open
    ]
    if not dues:
        return FOREVER
    return date.fromordinal(min(dues)) - timedelta(days=rule.payment_due_days)


def _is_still(account: AccountState) -> bool:
    plan = account.plan
    return (
        account.dpd == 0
        and account.ageing is Ageing.CURRENT
        and account.risk_class is RiskClass.NORMAL
        and account.facility.status is FacilityStatus.NORMAL
        and account.recall.stage is RecallStage.NONE
        and not account.recall.available
        and account.collection_stage is CollectionStage.NONE
        and account.extension_until is None
        and not account.disputed
        and (plan is None or plan.status is PlanStatus.COMPLETED)
        and all(row.state in _STILL for row in account.facts)
    )

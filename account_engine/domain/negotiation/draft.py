"""A priced candidate, before anything is chosen. Amounts are fen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from account_engine.domain.negotiation.option import (
    AccountSchedule,
    ApprovalCause,
    PlanRow,
    Scope,
    Waived,
)
from account_engine.domain.negotiation.policy import Charge, Tool
from account_engine.domain.negotiation.position import AccountPosition
from account_engine.domain.negotiation.pricing import merge

PLAN_TOOLS = frozenset({Tool.ARREARS_INSTALMENT, Tool.REAGE, Tool.BILL_INSTALMENT})
"""Tools with monthly rows."""

AT_ONCE = frozenset({Tool.PAY_NOW, Tool.PAY_MINIMUM, Tool.LUMP_SUM})
"""Tools without any later row."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One way to pay.

    Attributes:
        down_payment: Row 0, or the only row of a tool that is paid at once.
        charges_ahead: Interest, fees and penalties still to be paid, those of the contract's own
            later rows included, so that tools of different scope can be compared.
        highest_month: The most that falls due between two rows, later contract rows included.
        principal: Principal covered, after waivers.
    """

    tool: Tool
    scope: Scope
    terms: int
    start: date
    first_due: date
    schedules: tuple[AccountSchedule, ...]
    rows: tuple[PlanRow, ...]
    waived: tuple[Waived, ...]
    down_payment: int
    reaged: int
    total: int
    cost: int
    principal: int
    charges_ahead: int
    highest_month: int
    plan_rate: Decimal
    authority: tuple[ApprovalCause, ...] = ()

    @property
    def last_due(self) -> date:
        """The day of the last row."""
        return self.rows[-1].due

    @property
    def instalment(self) -> int:
        """The amount of the first row after the down payment; all of it where there is none."""
        later = [row.amount.fen for row in self.rows if row.number]
        return later[0] if later else self.rows[0].amount.fen

    @property
    def waived_total(self) -> int:
        """Sum of what is waived."""
        return sum(one.amount.fen for one in self.waived)

    @property
    def cuts_principal(self) -> bool:
        """Whether any of what is waived is principal."""
        return any(one.charge is Charge.PRINCIPAL for one in self.waived)

    @property
    def key(self) -> tuple[str, int, date, int, int]:
        """Tells drafts of one case apart, and orders them where nothing else does."""
        return (self.tool.value, self.terms, self.first_due, self.down_payment, self.total)


def draft_of(
    tool: Tool,
    accounts: Sequence[AccountPosition],
    schedules: tuple[AccountSchedule, ...],
    waived: tuple[Waived, ...],
    start: date,
    authority: tuple[ApprovalCause, ...] = (),
) -> Draft:
    """Add up the schedules of `accounts` into one draft."""
    rows = merge(schedules)
    scope = schedules[0].scope
    later = [row for row in rows if row.number]
    total = sum(row.amount.fen for row in rows)
    cost = sum(one.plan_interest.fen + one.plan_fee.fen for one in schedules)
    running = [row for one in accounts for row in one.upcoming] if scope is Scope.ARREARS else []
    charges = total - sum(row.principal.fen for row in rows)
    return Draft(
        tool=tool,
        scope=scope,
        terms=len(later),
        start=start,
        first_due=later[0].due if later else rows[0].due,
        schedules=schedules,
        rows=rows,
        waived=waived,
        down_payment=sum(row.amount.fen for row in rows if not row.number),
        reaged=total - cost,
        total=total,
        cost=cost,
        principal=sum(row.principal.fen for row in rows),
        charges_ahead=charges + sum(row.interest.fen + row.fee.fen for row in running),
        highest_month=_highest_month(later, [(row.due, row.amount.fen) for row in running], start),
        plan_rate=max(one.annual_rate for one in schedules),
        authority=authority,
    )


def _highest_month(
    rows: Sequence[PlanRow], running: Sequence[tuple[date, int]], start: date
) -> int:
    """The largest sum of a row and the contract's own rows since the row before it."""
    highest = 0
    for row in rows:
        beside = sum(amount for due, amount in running if start < due <= row.due)
        highest = max(highest, row.amount.fen + beside)
        start = row.due
    return highest

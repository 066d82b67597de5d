"""Prices a candidate: from what is owed, and a shape, to rows that add up to the fen.

Principal carries the plan rate; interest, fees and penalties owed already are spread without any
interest on them. The down payment is row 0. What is waived is taken off before anything is spread
(waive before you capitalise).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from account_engine.domain.amortisation import split
from account_engine.domain.calendar import add_months
from account_engine.domain.money import Money
from account_engine.domain.negotiation.amortisation import PlanPrice, level_rows
from account_engine.domain.negotiation.option import AccountSchedule, PlanRow, Scope, Waived
from account_engine.domain.negotiation.policy import Charge, PriceLimits
from account_engine.domain.negotiation.position import AccountPosition

_NOTHING = Money(0)
_DOWN_PAYMENT_ORDER = (Charge.FEE, Charge.PENALTY, Charge.INTEREST, Charge.PRINCIPAL)


@dataclass(frozen=True, slots=True)
class Parts:
    """An amount by kind, in fen."""

    principal: int = 0
    interest: int = 0
    fee: int = 0
    penalty: int = 0

    @property
    def total(self) -> int:
        """All four kinds."""
        return self.principal + self.interest + self.fee + self.penalty

    def less(self, other: Parts) -> Parts:
        """What is left after `other` is taken off."""
        return Parts(
            self.principal - other.principal,
            self.interest - other.interest,
            self.fee - other.fee,
            self.penalty - other.penalty,
        )

    def of(self, charge: Charge) -> int:
        """One kind."""
        return int(getattr(self, charge.value))


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of a plan: when its rows fall due and what is paid at once (fen)."""

    start: date
    first_due: date
    terms: int
    day_of_month: int
    down_payment: int = 0
    down_payment_due: date | None = None

    def due_dates(self) -> tuple[date, ...]:
        """The days of rows 1 to `terms`."""
        later = (add_months(self.first_due, n, self.day_of_month) for n in range(1, self.terms))
        return (self.first_due, *later)


def plan_rate(account: AccountPosition, limits: PriceLimits) -> Decimal:
    """The rate a plan charges on principal: never above the contract's, never above the cap."""
    return min(account.annual_rate, limits.plan_rate_cap)


def covered(account: AccountPosition, scope: Scope, waived: Sequence[Waived] = ()) -> Parts:
    """What a plan covers of one account after its waivers."""
    principal = account.overdue_principal.fen
    interest = account.overdue_interest.fen
    fee = account.overdue_fee.fen
    if scope is Scope.WHOLE_BALANCE:
        principal += account.unmatured_principal.fen
        interest += account.accrued_interest.fen
        fee += account.accrued_fee.fen
    parts = Parts(principal, interest, fee, account.overdue_penalty.fen)
    for one in waived:
        if one.account_id == account.account_id:
            parts = replace(parts, **{one.charge.value: parts.of(one.charge) - one.amount.fen})
    return parts


def spread(
    accounts: Sequence[AccountPosition],
    scope: Scope,
    shape: Shape,
    waived: Sequence[Waived],
    limits: PriceLimits,
) -> tuple[AccountSchedule, ...]:
    """Rows of every account. The down payment goes to the longest overdue account first."""
    order = sorted(accounts, key=lambda one: (-one.dpd, one.account_id))
    left = shape.down_payment
    found: dict[str, AccountSchedule] = {}
    for account in order:
        owed = covered(account, scope, waived)
        paid = take(owed, left)
        left -= paid.total
        price = PlanPrice(plan_rate(account, limits), limits.year_days, limits.rounding)
        found[account.account_id] = _account_schedule(account, scope, shape, owed, paid, price)
    return tuple(found[account.account_id] for account in accounts)


def take(owed: Parts, amount: int) -> Parts:
    """The part of `amount` fen that `owed` takes: fees, penalties, interest, then principal."""
    taken: dict[str, int] = {}
    for charge in _DOWN_PAYMENT_ORDER:
        taken[charge.value] = min(owed.of(charge), amount)
        amount -= taken[charge.value]
    return Parts(**taken)


def _account_schedule(
    account: AccountPosition,
    scope: Scope,
    shape: Shape,
    owed: Parts,
    paid: Parts,
    price: PlanPrice,
) -> AccountSchedule:
    rest = owed.less(paid)
    dues = shape.due_dates()
    starts = (shape.start, *dues[:-1])
    lengths = [(due - start).days for start, due in zip(starts, dues, strict=True)]
    level = level_rows(rest.principal, price, lengths)
    interest = split(rest.interest, shape.terms)
    fee = split(rest.fee, shape.terms)
    penalty = split(rest.penalty, shape.terms)
    rows: list[PlanRow] = []
    if shape.down_payment_due is not None:
        rows.append(plan_row(0, shape.down_payment_due, paid, rest.total))
    balance = rest.total
    for index, due in enumerate(dues):
        parts = Parts(
            level[index].principal,
            interest[index] + level[index].interest,
            fee[index],
            penalty[index],
        )
        balance -= parts.total - level[index].interest
        rows.append(plan_row(index + 1, due, parts, balance, level[index].interest))
    return AccountSchedule(
        account_id=account.account_id,
        product_id=account.product_id,
        display_name=account.display_name,
        scope=scope,
        annual_rate=price.annual_rate,
        plan_interest=Money(sum(row.interest for row in level)),
        plan_fee=Money(0),
        rows=tuple(rows),
    )


def plan_row(
    number: int, due: date, parts: Parts, balance: int, new_interest: int = 0, new_fee: int = 0
) -> PlanRow:
    """A row from its parts; `balance` is what the plan still covers after it, in fen."""
    return PlanRow(
        number=number,
        due=due,
        principal=_money(parts.principal),
        interest=_money(parts.interest),
        fee=_money(parts.fee),
        penalty=_money(parts.penalty),
        amount=_money(parts.total),
        balance_after=_money(balance),
        new_interest=_money(new_interest),
        new_fee=_money(new_fee),
    )


def _money(fen: int) -> Money:
    """Hundreds of candidates have thousands of rows, and half of their parts are nothing."""
    return Money(fen) if fen else _NOTHING


def merge(schedules: Sequence[AccountSchedule]) -> tuple[PlanRow, ...]:
    """The rows of the whole plan: those of its accounts added up, row by row."""
    if len(schedules) == 1:
        return schedules[0].rows
    merged: list[PlanRow] = []
    for rows in zip(*(schedule.rows for schedule in schedules), strict=True):
        parts = Parts(
            sum(row.principal.fen for row in rows),
            sum(row.interest.fen for row in rows),
            sum(row.fee.fen for row in rows),
            sum(row.penalty.fen for row in rows),
        )
        balance = sum(row.balance_after.fen for row in rows)
        interest = sum(row.new_interest.fen for row in rows)
        fee = sum(row.new_fee.fen for row in rows)
        merged.append(plan_row(rows[0].number, rows[0].due, parts, balance, interest, fee))
    return tuple(merged)

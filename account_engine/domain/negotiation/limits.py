"""What no option may pass: the price caps, the smallest instalment, what a borrower can bear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from account_engine.domain.money import Rounding, divide
from account_engine.domain.negotiation.case import Case
from account_engine.domain.negotiation.draft import AT_ONCE, PLAN_TOOLS, Draft
from account_engine.domain.negotiation.option import AccountSchedule
from account_engine.domain.negotiation.policy import PriceLimits, Tool
from account_engine.domain.negotiation.position import AccountPosition
from account_engine.domain.negotiation.rate import annual_rate

_MONTH = Fraction(1, 12)


class Bar(str, Enum):
    """Why a draft may not be offered."""

    PRICE = "price"
    SMALLEST_INSTALMENT = "smallest_instalment"
    AFFORDABILITY = "affordability"


@dataclass(frozen=True, slots=True)
class Sifted:
    """Drafts that may be offered, and those that may not, by the first bar they met."""

    allowed: tuple[Draft, ...]
    barred: tuple[tuple[Draft, Bar], ...]

    def barred_by(self, bar: Bar) -> tuple[Draft, ...]:
        """The drafts that met this bar."""
        return tuple(draft for draft, met in self.barred if met is bar)


def sift(drafts: Iterable[Draft], case: Case) -> Sifted:
    """Separate what may be offered from what may not."""
    allowed: list[Draft] = []
    barred: list[tuple[Draft, Bar]] = []
    for draft in drafts:
        bar = bar_of(draft, case)
        if bar is None:
            allowed.append(draft)
        else:
            barred.append((draft, bar))
    return Sifted(tuple(allowed), tuple(barred))


def bar_of(draft: Draft, case: Case) -> Bar | None:
    """The first limit the draft passes, None where it keeps to all of them."""
    if not within_price(draft, case):
        return Bar.PRICE
    smallest = case.policy.shape.min_instalment
    if draft.tool in PLAN_TOOLS and min(row.amount for row in draft.rows if row.number) < smallest:
        return Bar.SMALLEST_INSTALMENT
    most = affordable(draft.tool, case)
    if most is not None and draft.highest_month > most:
        return Bar.AFFORDABILITY
    return None


def affordable(tool: Tool, case: Case) -> int | None:
    """The most a month may take, in fen; None where no income was declared or none is needed.

    Paying at once needs no test: it commits the borrower to nothing afterwards.
    """
    disposable = case.wishes.disposable
    if disposable is None or tool in AT_ONCE:
        return None
    rule = case.policy.affordability
    share = rule.share if tool in PLAN_TOOLS else rule.single_share
    numerator, denominator = share.as_integer_ratio()
    return divide(disposable.fen * numerator, denominator, Rounding.DOWN)


def within_price(draft: Draft, case: Case) -> bool:
    """Whether the rate keeps to the plan cap and all charges keep to the total cap."""
    limits = case.policy.price
    if draft.cost and _rate(draft, limits) > limits.plan_rate_cap:
        return False
    accounts = {account.account_id: account for account in case.accounts}
    return all(
        _within_total_cap(schedule, accounts[schedule.account_id], draft, limits)
        for schedule in draft.schedules
    )


def _rate(draft: Draft, limits: PriceLimits) -> Decimal:
    """The dearest rate in the draft.

    Level rows are priced at their rate and rounded down, so that is it. A flat fee has to be
    turned into a rate first, and so has interest that the policy rounds half up.
    """
    if draft.tool is not Tool.BILL_INSTALMENT and limits.rounding is Rounding.DOWN:
        return draft.plan_rate
    return effective_rate(draft, limits.year_days)


def effective_rate(draft: Draft, year_days: int) -> Decimal:
    """Annual rate of the whole draft by internal rate of return.

    Instalments of a bill are compared by months, because the fee is per month; all else by days.
    """
    later = [row for row in draft.rows if row.number]
    outlay = draft.reaged - draft.down_payment
    if not later or not draft.cost:
        return Decimal("0.000000")
    starts = (draft.start, *(row.due for row in later[:-1]))
    by_month = draft.tool is Tool.BILL_INSTALMENT
    payments = [
        (_MONTH if by_month else Fraction((row.due - start).days, year_days), row.amount.fen)
        for start, row in zip(starts, later, strict=True)
    ]
    return annual_rate(outlay, payments)


def _within_total_cap(
    schedule: AccountSchedule, account: AccountPosition, draft: Draft, limits: PriceLimits
) -> bool:
    """New charges may fill the headroom up to today and what the cap allows on each day ahead."""
    new = schedule.plan_interest.fen + schedule.plan_fee.fen
    balance = sum(row.principal.fen for row in schedule.rows)
    start = draft.start
    fen_days = 0
    for row in schedule.rows:
        if row.number:
            fen_days += balance * (row.due - start).days
            start = row.due
        balance -= row.principal.fen
    allowed = fen_days * Fraction(limits.total_charge_cap) / limits.year_days
    return new <= account.charge_headroom.fen + allowed

"""What is left of an income for debts, beside what the debts ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from account_engine.domain.money import Money, Rounding
from account_engine.domain.negotiation.errors import Fault, InvalidWish
from account_engine.domain.negotiation.policy import Affordability
from account_engine.domain.negotiation.position import DebtPosition

_MONTH_DAYS = 30


@dataclass(frozen=True, slots=True)
class Budget:
    """One month of a borrower's money.

    Attributes:
        left: Income less living costs; nothing where living takes all of it.
        short: What living needs beyond the income.
        for_debts: The most that policy lets a plan take of what is left.
        overdue: What is overdue now; `falling_due`: what falls due within thirty days.
        missing: What `for_debts` falls short of everything overdue and falling due.
    """

    income: Money
    living_costs: Money
    left: Money
    short: Money
    for_debts: Money
    overdue: Money
    falling_due: Money
    missing: Money


def budget(
    position: DebtPosition, income: Money, living_costs: Money, rule: Affordability
) -> Budget:
    """Work out a month. Raises InvalidWish for an amount below zero."""
    for field, amount in (("income", income), ("living_costs", living_costs)):
        if amount.fen < 0:
            raise InvalidWish(field, Fault.NEGATIVE)
    left = Money(max(0, income.fen - living_costs.fen))
    until = position.as_of + timedelta(days=_MONTH_DAYS)
    overdue = Money.total(account.overdue for account in position.accounts)
    ahead = Money.total(
        row.amount for account in position.accounts for row in account.upcoming if row.due <= until
    )
    for_debts = left.apply(rule.share, Rounding.DOWN)
    return Budget(
        income=income,
        living_costs=living_costs,
        left=left,
        short=Money(max(0, living_costs.fen - income.fen)),
        for_debts=for_debts,
        overdue=overdue,
        falling_due=ahead,
        missing=Money(max(0, overdue.fen + ahead.fen - for_debts.fen)),
    )

"""A month of money: income, living, debts."""

from __future__ import annotations

import pytest

from account_engine.domain.money import Money
from account_engine.domain.negotiation.budget import budget
from account_engine.domain.negotiation.errors import Fault, InvalidWish
from tests.unit.negotiation.debts import bill, debt, demo_policy, loan, yuan

RULE = demo_policy().affordability


def test_a_month_by_hand() -> None:
    # 4,000.00 − 2,400.00 = 1,600.00 left, half of it for debts: 800.00.
    # 1,017.40 are overdue and 1,000.00 fall due on 2026-12-10, nineteen days ahead:
    # 2,017.40 − 800.00 = 1,217.40 are missing.
    month = budget(debt(loan(10), bill()), yuan(4000), yuan(2400), RULE)
    assert (month.left, month.short, month.for_debts) == (yuan(1600), Money(0), yuan(800))
    assert (month.overdue, month.falling_due) == (yuan("1017.40"), yuan(1000))
    assert month.missing == yuan("1217.40")


def test_living_may_take_more_than_there_is() -> None:
    month = budget(debt(loan(10)), yuan(2000), yuan(2500), RULE)
    assert (month.left, month.short, month.for_debts) == (Money(0), yuan(500), Money(0))


def test_half_of_an_odd_fen_is_left_to_the_borrower() -> None:
    # 0.01 yuan is one fen; half of it rounds down to nothing.
    assert budget(debt(loan(10)), Money(1), Money(0), RULE).for_debts == Money(0)


def test_an_income_below_nothing_is_an_error() -> None:
    with pytest.raises(InvalidWish) as error:
        budget(debt(loan(10)), Money(-1), Money(0), RULE)
    assert (error.value.field, error.value.fault) == ("income", Fault.NEGATIVE)

"""The demonstration borrowers tell their stories on whatever day the demo is given."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from account_engine.catalogue.products import Products
from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.state import BorrowerState, RecallStage
from account_engine.services.demo import load_demo
from account_engine.services.settings import DEFAULT_DATA_DIR

PRODUCTS = Products.load(DEFAULT_DATA_DIR / "products")
# The day of the guide, ends of months, a leap day, and others in between.
DAYS = [date(2026, 11, 21), date(2026, 12, 31), date(2027, 3, 1), date(2028, 2, 29)]
DAYS += [date(2027, 1, 4) + timedelta(days=37 * step) for step in range(10)]


def states(today: date) -> dict[str, BorrowerState]:
    path = DEFAULT_DATA_DIR / "demo" / "borrowers.yml"
    return {
        one.profile.borrower_id: fold(one.contracts, one.events, today)
        for one in load_demo(path, today, PRODUCTS)
    }


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_stories_hold_on_any_day(today: date) -> None:
    found = states(today)
    zhang, li = found["zhang"], found["li"].account("li-jiebei")
    loan, card = zhang.account("zhang-jiebei"), zhang.account("zhang-huabei")
    assert (loan.dpd, loan.recall.stage) == (41, RecallStage.NONE)
    # 花呗 "about 200,000", demanded in full because 借呗 is overdue: three days ago.
    assert (card.dpd, card.recall.stage) == (3, RecallStage.EFFECTIVE)
    assert Money.yuan("190000") < card.outstanding < Money.yuan("210000")
    assert card.recall.source_account == "zhang-jiebei"
    assert (li.dpd, li.recall.stage) == (47, RecallStage.EFFECTIVE)
    # Of one instalment 李先生 paid a part: 3,000.00 on its due date.
    assert Money.yuan("3000.00") in {payment.amount for payment in li.payments}
    assert found["wang"].account("wang-huabei").dpd == 2
    assert found["zhao"].account("zhao-jiebei").dpd == 20
    assert [account.dpd for account in found["chen"].accounts] == [0, 0]


def test_chen_was_never_late() -> None:
    # Never late means never: no day of her history has anything past due.
    today = date(2026, 11, 21)
    path = DEFAULT_DATA_DIR / "demo" / "borrowers.yml"
    (chen,) = (one for one in load_demo(path, today, PRODUCTS) if one.profile.borrower_id == "chen")
    for back in range(0, 170):
        state = fold(chen.contracts, chen.events, today - timedelta(days=back))
        assert [account.dpd for account in state.accounts] == [0, 0]

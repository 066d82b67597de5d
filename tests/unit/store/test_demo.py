"""The demonstration borrowers tell their stories on whatever day the demo is given."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from account_engine.catalogue.products import Products
from account_engine.domain.events import event_from_json
from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.state import BorrowerState, RecallStage, RowState
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
    # 孙女士: two instalments late, the notice three days old, four days until it takes effect.
    sun = found["sun"].account("sun-jiebei")
    assert (sun.dpd, sun.recall.stage) == (38, RecallStage.NOTICED)
    assert sun.recall.effective_on == today + timedelta(days=4)
    late = [row for row in sun.schedule if row.state is RowState.OVERDUE]
    assert len(late) == 2
    assert [account.dpd for account in found["chen"].accounts] == [0, 0]


def test_what_stops_the_notice_is_paying_what_is_late() -> None:
    # Two rows of 3,181.33, with 2,988.01 principal of 14 October and 3,009.36 of 14 November; at
    # 1.5 × 0.03% a day 2,988.01 × 0.045% × 38 = 51.09, 3,009.36 × 0.045% × 7 = 9.48: 6,423.23.
    today = date(2026, 11, 21)
    path = DEFAULT_DATA_DIR / "demo" / "borrowers.yml"
    (sun,) = (one for one in load_demo(path, today, PRODUCTS) if one.profile.borrower_id == "sun")
    paid = event_from_json(
        {
            "event_id": "paid",
            "borrower_id": "sun",
            "account_id": "sun-jiebei",
            "kind": "payment",
            "value_date": today.isoformat(),
            "booked_at": f"{today.isoformat()}T12:00:00+08:00",
            "payload": {"amount": "6423.23", "channel": "app"},
        }
    )
    after = fold(sun.contracts, (*sun.events, paid), today + timedelta(days=5))
    assert after.account("sun-jiebei").recall.stage is RecallStage.CURED
    kept = fold(sun.contracts, sun.events, today + timedelta(days=5))
    assert kept.account("sun-jiebei").recall.stage is RecallStage.EFFECTIVE


def test_chen_was_never_late() -> None:
    # Never late means never: no day of her history has anything past due.
    today = date(2026, 11, 21)
    path = DEFAULT_DATA_DIR / "demo" / "borrowers.yml"
    (chen,) = (one for one in load_demo(path, today, PRODUCTS) if one.profile.borrower_id == "chen")
    for back in range(0, 170):
        state = fold(chen.contracts, chen.events, today - timedelta(days=back))
        assert [account.dpd for account in state.accounts] == [0, 0]

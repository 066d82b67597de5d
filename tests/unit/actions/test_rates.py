"""Rates by the day and by the year follow the days that the contract's year counts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from account_engine.catalogue.products import Products
from account_engine.domain.calendar import DayCount
from actions.conversation.rates import a_day, a_year
from tests.unit.actions.conftest import DATA


@pytest.mark.parametrize(
    ("day_count", "annual"),
    # 0.04 % a day: 365 × 0.0004 = 0.146, 360 × 0.0004 = 0.144
    [(DayCount.ACT_365F, "0.146"), (DayCount.THIRTY_360, "0.144")],
)
def test_a_rate_by_the_day_and_by_the_year(day_count: DayCount, annual: str) -> None:
    terms = replace(Products.load(DATA / "products").latest("jiebei_like"), day_count=day_count)
    assert a_day(Decimal(annual), terms) == Decimal("0.0004")
    assert a_year(Decimal("0.0004"), terms) == Decimal(annual)

"""Questions for figures of one's own books: which days and which amount they mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from actions.conversation.spans import Span, a_month_on, days_ahead, days_behind
from actions.conversation.turn import Turn
from actions.topics.sum_to_pay import sum_to_pay
from tests.unit.actions.conftest import MakeTurn
from tests.unit.actions.conftest import entity as heard


# The business date of these turns is 21 November 2026.
@pytest.mark.parametrize(
    ("text", "days", "first", "last"),
    [
        ("下个月要还多少", days_ahead, date(2026, 12, 1), date(2026, 12, 31)),
        ("12月要还多少", days_ahead, date(2026, 12, 1), date(2026, 12, 31)),
        ("二月要还多少", days_ahead, date(2027, 2, 1), date(2027, 2, 28)),
        ("这个月还要还多少", days_ahead, date(2026, 11, 1), date(2026, 11, 30)),
        ("上个月扣了多少", days_behind, date(2026, 10, 1), date(2026, 10, 31)),
        ("十月份还了多少", days_behind, date(2026, 10, 1), date(2026, 10, 31)),
        ("12月还了多少", days_behind, date(2025, 12, 1), date(2025, 12, 31)),
        ("这个月还了多少", days_behind, date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_a_month_to_come_and_one_gone_by(
    make_turn: MakeTurn,
    text: str,
    days: Callable[[Turn], Span | None],
    first: date,
    last: date,
) -> None:
    span = days(make_turn(text))
    assert span is not None
    assert (span.first, span.last) == (first, last)


def test_the_end_of_the_month_is_what_is_left_of_it(make_turn: MakeTurn) -> None:
    text = "月底要扣多少"
    span = days_ahead(make_turn(text, entities=(heard("date", "2026-11-30", text, "月底"),)))
    assert span is not None
    assert span.holds(date(2026, 11, 26))


def test_no_day_and_no_month(make_turn: MakeTurn) -> None:
    assert days_ahead(make_turn("要还多少")) is None
    assert days_behind(make_turn("还了多少")) is None


def test_a_month_on_ends_with_a_shorter_month() -> None:
    assert a_month_on(date(2027, 1, 31)) == date(2027, 2, 28)
    assert a_month_on(date(2026, 12, 21)) == date(2027, 1, 21)


@pytest.mark.parametrize(
    ("text", "amounts", "fen"),
    [
        ("花呗二十万先还十万行吗", [("二十万", 20_000_000), ("十万行", 10_000_000)], 10_000_000),
        ("那四万五能先还一半吗", [("四万五", 4_500_000)], 2_250_000),
        ("先还一万再还五千", [("一万", 1_000_000), ("五千", 500_000)], 1_000_000),
        ("先还一千", [("一千", 100_000)], 100_000),
        ("先还一半", [], None),
    ],
)
def test_of_several_amounts_the_one_that_is_paid(
    make_turn: MakeTurn, text: str, amounts: list[tuple[str, int]], fen: int | None
) -> None:
    found = tuple(heard("amount", value, text, words) for words, value in amounts)
    assert sum_to_pay(make_turn(text, entities=found)) == fen

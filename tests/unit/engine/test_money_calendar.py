"""Whole fen and dates."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from account_engine.domain.calendar import add_months, next_day_of_month
from account_engine.domain.errors import InvalidEvent, InvalidMoney
from account_engine.domain.events import (
    Event,
    EventKind,
    event_from_json,
    event_hash,
    event_to_json,
)
from account_engine.domain.money import Money, Rounding, divide
from account_engine.domain.payloads import Payment, ScoreReported
from tests.unit.engine.histories import day, pay, yuan


@pytest.mark.parametrize("wrong", [1.5, True, "1.234", "1,00", "¥1", "", "1e3", Decimal("0.001")])
def test_amounts_that_are_no_fen_are_refused(wrong: object):
    with pytest.raises(InvalidMoney):
        Money.yuan(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [1.0, True, "1"])
def test_fen_are_whole_numbers(wrong: object):
    with pytest.raises(InvalidMoney):
        Money(wrong)  # type: ignore[arg-type]


def test_amounts_in_text_and_back():
    for text in ("0.00", "12.34", "-27.74", "500000.00", "0.05"):
        assert Money.yuan(text).yuan_text == text
    assert Money.yuan("3").yuan_text == "3.00"
    assert pickle.loads(pickle.dumps(yuan("12.34"))) == yuan("12.34")  # noqa: S301


def test_a_rate_is_applied_once_and_rounded_half_up():
    # 0.05 × 0.5 = 0.025 → 0.03; half to even would give 0.02.
    assert yuan("0.05").apply(Fraction(1, 2)) == yuan("0.03")
    assert yuan("0.05").apply(Fraction(1, 2), Rounding.HALF_EVEN) == yuan("0.02")
    assert yuan("0.05").apply(Fraction(1, 2), Rounding.DOWN) == yuan("0.02")
    assert divide(-5, 2) == -3


def test_months_keep_their_day_where_they_can():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2026, 2, 28), 1, 31) == date(2026, 3, 31)
    assert add_months(date(2026, 1, 15), -13) == date(2024, 12, 15)
    assert next_day_of_month(date(2026, 2, 28), 31) == date(2026, 2, 28)


def changed(**fields: object) -> dict[str, object]:
    """A payment as JSON with some fields replaced."""
    return {**event_to_json(pay("12.34", "2026-10-13")), **fields}


def test_events_are_text_amounts_and_iso_dates():
    data = event_to_json(pay("12.34", "2026-10-13"))
    assert data["value_date"] == "2026-10-13"
    assert data["payload"]["amount"] == "12.34"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (changed(kind="mystery"), "kind"),
        (changed(value_date="13.10.2026"), "value_date"),
        (changed(booked_at="2026-10-13T12:00:00"), "booked_at"),
        (changed(event_id=""), "event_id"),
        (changed(extra=1), "extra"),
        (changed(payload={"amount": 12.34}), "payload.amount"),
        (changed(payload={"amount": "12.345"}), "payload.amount"),
        (changed(payload={}), "payload.amount"),
        (changed(payload={"amount": "1.00", "colour": "red"}), "payload.colour"),
    ],
)
def test_a_wrong_event_names_its_field(data: dict[str, object], field: str):
    with pytest.raises(InvalidEvent) as caught:
        event_from_json(data)
    assert caught.value.field == field


def test_the_hash_ignores_when_an_event_was_booked():
    one, later = pay("1.00", "2026-10-13"), changed(booked_at="2026-11-01T00:00:00+00:00")
    assert event_hash(pay("12.34", "2026-10-13")) == event_hash(event_from_json(later))
    assert event_hash(one) != event_hash(pay("2.00", "2026-10-13"))


def test_a_payload_of_another_kind_is_refused():
    booked = pay("1.00", "2026-10-13").booked_at
    with pytest.raises(InvalidEvent):
        Event("e", "b", None, EventKind.PAYMENT, day("2026-10-13"), booked, ScoreReported(600))
    assert Payment(yuan("1.00")).channel == ""

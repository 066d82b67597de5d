"""Values of messages, exact in value and place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nlu.entities.dates import find_dates
from nlu.entities.money import find_amounts
from nlu.entities.numerals import read_number
from nlu.entities.periods import find_durations
from nlu.evaluation.values import mismatches, read_table
from nlu.text.normalise import normalise


def test_every_row_of_the_table_is_read_exactly() -> None:
    rows = read_table()
    assert len(rows) >= 300
    wrong = mismatches(rows)
    assert not wrong, "\n".join(f"{t}: expected {e}, read {g}" for t, (e, g) in wrong.items())


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("一千五", "1500"),  # a last digit counts tenths of the unit before it
        ("一千零五", "1005"),  # unless a zero stands between
        ("一千零五十", "1050"),
        ("3万2", "32000"),
        ("3万2千", "32000"),
        ("1.5万", "15000"),
        ("两万零三百", "20300"),
        ("1,200", "1200"),
        ("十二", "12"),
        ("一百一十", "110"),
        ("1亿2千万", "120000000"),
    ],
)
def test_numerals(said: str, value: str) -> None:
    assert read_number(said) == Decimal(value)


@pytest.mark.parametrize("said", ["", "万", "两三百", "五六千", "abc", "1.2.3"])
def test_what_is_no_numeral(said: str) -> None:
    assert read_number(said) is None


@pytest.mark.parametrize(
    "text",
    [
        "万一还不上",
        "千万别打",
        "95188",
        "12378",
        "逾期3天",
        "15号",
        "我是90后",
        "5天后还",
        "两个一块儿还",
        "花呗借呗一块交",
    ],
)
def test_what_is_no_money(text: str) -> None:
    assert list(find_amounts(text)) == []


@pytest.mark.parametrize("said", ["12月的能往后推吗", "11月那期没还", "12月账单多少"])
def test_a_month_of_the_year_is_no_length_of_time(said: str) -> None:
    assert list(find_durations(said)) == []


def test_a_date_that_is_over_says_so() -> None:
    # Saturday 2026-11-21; 11月10号 is eleven days ago.
    (found,) = find_dates("11月10号", date(2026, 11, 21))
    assert (found.value, dict(found.flags)) == ("2026-11-10", {"past": True})


def test_this_friday_said_on_saturday_looks_forward() -> None:
    # 2026-11-21 is a Saturday: the Friday a borrower promises is the 27th, not the 20th.
    (found,) = find_dates("这周五", date(2026, 11, 21))
    assert (found.value, found.flags) == ("2026-11-27", ())


@pytest.mark.parametrize(
    ("today", "said", "expected"),
    [
        (date(2026, 12, 31), "明天", "2027-01-01"),
        (date(2028, 2, 28), "明天", "2028-02-29"),
        (date(2027, 1, 31), "一个月后", "2027-02-28"),  # February has no 31st
        (date(2026, 11, 15), "15号", "2026-11-15"),  # today counts
        (date(2026, 11, 16), "15号", "2026-12-15"),
        (date(2026, 12, 20), "下个月5号", "2027-01-05"),
        (date(2027, 2, 10), "31号", "2027-03-31"),  # the next month that has one
    ],
)
def test_edges_of_the_calendar(today: date, said: str, expected: str) -> None:
    assert next(find_dates(said, today)).value == expected


def test_a_date_that_does_not_exist_is_not_read() -> None:
    assert list(find_dates("2月30号", date(2026, 1, 5))) == []


def test_a_bare_figure_that_is_overdue_is_money() -> None:
    assert [one.value for one in find_amounts("500逾期三天罚多少")] == ["50000"]
    assert list(find_amounts("我15逾期了")) == []  # a day of the month


@pytest.mark.parametrize(
    ("said", "fen", "duration"),
    [
        ("八百一个月", "80000", "P1M"),  # 800 a month, not 810 months
        ("一千五一个月", "150000", "P1M"),
        ("一万二一个月", "1200000", "P1M"),
    ],
)
def test_so_much_a_month_is_no_number_of_months(said: str, fen: str, duration: str) -> None:
    assert [found.value for found in find_amounts(said)] == [fen]
    assert [found.value for found in find_durations(said)] == [duration]


@pytest.mark.parametrize(("said", "duration"), [("二十一天", "P21D"), ("一百二十一天", "P121D")])
def test_a_number_that_ends_in_one_is_read_whole(said: str, duration: str) -> None:
    assert [found.value for found in find_durations(said)] == [duration]


def test_an_amount_after_second_thoughts_is_money() -> None:
    assert [found.value for found in find_amounts("等等,1200吧")] == ["120000"]
    assert list(find_dates("一月一千五", date(2026, 11, 21))) == []  # 1,500 a month, not 1 January


@pytest.mark.parametrize(
    ("said", "fen"),
    [
        ("500先付行吗", "50000"),
        ("800行吗", "80000"),
        ("1200一个月", "120000"),
        ("补上91320.33花呗就能恢复吗", "9132033"),  # to the fen: a sum wherever it stands
        ("那3395.45是怎么来的", "339545"),
        ("先补1000", "100000"),
        ("还5万后还欠多少", "5000000"),  # 后 is the time after it, not a part of the number
        ("还三千后还差多少", "300000"),
        ("我90后，欠了5000", "500000"),
    ],
)
def test_a_bare_figure_that_is_paid_is_money(said: str, fen: str) -> None:
    assert [found.value for found in find_amounts(said)] == [fen]


@pytest.mark.parametrize(
    ("said", "fen"), [("每月还得起2000，25号回款", "200000"), ("我月入4000", "400000")]
)
def test_what_somebody_can_pay_or_earns_is_money(said: str, fen: str) -> None:
    assert [one.value for one in find_amounts(normalise(said).text)] == [fen]


@pytest.mark.parametrize("said", ["晚两周一次还", "拖两周一次性还清", "下周一次性还清"])
def test_weeks_and_then_all_at_once_are_no_monday(said: str) -> None:
    assert list(find_dates(said, date(2026, 11, 21))) == []


@pytest.mark.parametrize("said", ["110可以打吗", "12356可以打吗", "我2024还没还清"])
def test_a_number_to_ring_and_a_year_are_no_money(said: str) -> None:
    assert list(find_amounts(said)) == []


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("从1月开始 12月没有", "2027-01-01"),  # said on 2026-11-21: January is the next one
        ("明年一月再还", "2027-01-01"),
        ("拖到3月", "2027-03-01"),
        ("从9月开始没还", "2026-09-01"),  # two months ago
    ],
)
def test_a_month_without_a_day_begins_on_its_first(said: str, first: str) -> None:
    assert [found.value for found in find_dates(said, date(2026, 11, 21))] == [first]


@pytest.mark.parametrize("said", ["3个月", "12月没有钱", "6月的账单", "分3月"])
def test_so_many_months_and_a_month_spoken_of_are_no_date(said: str) -> None:
    assert list(find_dates(said, date(2026, 11, 21))) == []

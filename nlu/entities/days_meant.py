"""Which day is meant by the words of a date, seen from the business date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from nlu.entities.numerals import read_count

# 上旬, 中旬, 下旬 name ten days each: the middle of them.
_TEN_DAYS = {"上": 5, "中": 15, "下": 25}
RELATIVE = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨儿": -1,
    "今天": 0, "今日": 0, "今晚": 0, "今儿": 0, "明天": 1, "明日": 1, "明儿": 1, "明早": 1,
    "明晚": 1, "大后天": 3, "大后日": 3, "后天": 2, "后日": 2,
}  # fmt: skip
_PAST_AFTER = re.compile(
    r".{0,4}(?:还(?:[清完掉上]?(?:了|的|过))|已经?|扣了|付(?:了|过|的)|转(?:了|过)|借的|买的)(?![吧行可])"
)
_FAR_PAST = timedelta(days=180)

Resolve = Callable[[re.Match[str], date, str], date | None]


def month_end(day: date) -> date:
    """Last day of the month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full(match: re.Match[str], today: date, text: str) -> date | None:
    year = int(match["y"])
    return _safe(year + 2000 if year < 100 else year, int(match["m"]), int(match["d"]))


def month_day(match: re.Match[str], today: date, text: str) -> date | None:
    month, day = read_count(match["m"]), read_count(match["d"].replace("廿", "二十"))
    if month is None or day is None:
        return None
    if match["next_year"]:
        return _safe(today.year + 1, month, day)
    this_year = _safe(today.year, month, day)
    if this_year is None or this_year >= today - _FAR_PAST or match["this_year"]:
        return this_year
    return _safe(today.year + 1, month, day)


def month_alone(match: re.Match[str], today: date, text: str) -> date | None:
    """从1月开始, 拖到一月: not before the first of that month."""
    month = read_count(match["m"])
    if month is None:
        return None
    first = date(today.year + (1 if match["next_year"] else 0), month, 1)
    return first if first >= today - _FAR_PAST else date(first.year + 1, month, 1)


def relative(match: re.Match[str], today: date, text: str) -> date | None:
    return today + timedelta(days=RELATIVE[match.group()])


def after(match: re.Match[str], today: date, text: str) -> date | None:
    count = read_count(match["n"]) if match["n"] not in ("半", "半个") else None
    unit, sign = match["u"], -1 if match["back"] else 1
    if match["n"] in ("半", "半个"):
        if unit == "年":
            return add_months(today, sign * 6)
        return today + sign * timedelta(days=15) if unit == "月" else None
    if count is None:
        return None
    if unit in ("天", "日"):
        return today + sign * timedelta(days=count)
    if unit == "月":
        more = sign * timedelta(days=15 if match["half"] else 0)
        return add_months(today, sign * count) + more
    if unit == "年":
        return add_months(today, sign * (12 * count + (6 if match["half_year"] else 0)))
    return today + sign * timedelta(weeks=count)


def weekday(match: re.Match[str], today: date, text: str) -> date | None:
    said = match["day"]
    target = {"末": 5, "日": 6, "天": 6}.get(said)
    if target is None:
        count = read_count(said)
        if count is None or not 1 <= count <= 6:
            return None
        target = count - 1
    monday = today - timedelta(days=today.weekday())
    which = match["which"] or ""
    if which.startswith("上"):
        return monday + timedelta(weeks=-len(which.replace("个", "")), days=target)
    if which.startswith("下"):
        return monday + timedelta(weeks=len(which.replace("个", "")), days=target)
    day = monday + timedelta(days=target)
    # 这周五 said on a Saturday: a wish looks forward, so the coming Friday is meant.
    return day if day >= today else day + timedelta(weeks=1)


def month_part(match: re.Match[str], today: date, text: str) -> date | None:
    steps = _month_steps(match["which"])
    base = add_months(today.replace(day=1), steps)
    part = match["part"]
    if part in ("底", "末", "尾"):
        return month_end(base)
    day = base.replace(day=15 if part == "中" else 1)
    if match["which"] is None and day < today:
        return add_months(day, 1)
    return day


def part_of_named_month(match: re.Match[str], today: date, text: str) -> date | None:
    """10月底, 明年3月中: the last, the 15th or the first day of that month."""
    first = month_alone(match, today, text)
    if first is None or match["part"] in "底末尾":
        return first and month_end(first)
    return first.replace(day=15 if match["part"] == "中" else 1)


def _month_steps(which: str | None) -> int:
    if which is None:
        return 0
    if "上" in which:
        return -which.count("上")
    return which.count("下")


def day_of_named_month(match: re.Match[str], today: date, text: str) -> date | None:
    base = add_months(today.replace(day=1), _month_steps(match["which"]))
    day = read_count(match["d"].replace("廿", "二十"))
    return _safe(base.year, base.month, day) if day else None


def bare_day(match: re.Match[str], today: date, text: str) -> date | None:
    day = read_count(match["d"].replace("廿", "二十"))
    if not day:
        return None
    if not match["every"] and _PAST_AFTER.match(text, match.end()):
        month = today.replace(day=1)
        for back in range(0, 3):
            found = _safe(*_year_month(month, -back), day)
            if found and found <= today:
                return found
    for ahead in range(0, 3):
        found = _safe(*_year_month(today, ahead), day)
        if found and found >= today:
            return found
    return None


def _year_month(day: date, months: int) -> tuple[int, int]:
    moved = add_months(day.replace(day=1), months)
    return moved.year, moved.month


def ten_days(match: re.Match[str], today: date, text: str) -> date | None:
    """下月中旬, 12月上旬, 下旬: a day in the middle of those ten."""
    day = _TEN_DAYS[match["part"]]
    if match["m"]:
        first = month_alone(match, today, text)
        return first and first.replace(day=day)
    found = add_months(today.replace(day=1), _month_steps(match["which"])).replace(day=day)
    passed = match["which"] is None and found < today
    return add_months(found, 1) if passed else found


def year_end(match: re.Match[str], today: date, text: str) -> date | None:
    return date(today.year + (1 if match["next"] else 0), 12, 31)


def new_year(match: re.Match[str], today: date, text: str) -> date | None:
    return date(today.year + 1, 1, 1)

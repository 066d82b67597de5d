"""Dates as borrowers say them, resolved from the business date."""

# A pattern of a date is read best on one line.
# ruff: noqa: E501

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nlu.entities.feasts import find_feasts
from nlu.entities.found import Found
from nlu.entities.numerals import CHINESE, read_count

_N = rf"(?:\d{{1,3}}|[{CHINESE}]{{1,4}})"
# 上旬, 中旬, 下旬 name ten days each: the middle of them.
_TEN_DAYS = {"上": 5, "中": 15, "下": 25}
_DAY = r"(?:[12]\d|3[01]|0?[1-9]|三十一?|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二两三四五六七八九])"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_WEEK = r"(?:周|星期|礼拜)"
_RELATIVE = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨儿": -1,
    "今天": 0, "今日": 0, "今晚": 0, "今儿": 0, "明天": 1, "明日": 1, "明儿": 1, "明早": 1,
    "明晚": 1, "大后天": 3, "大后日": 3, "后天": 2, "后日": 2,
}  # fmt: skip
_PAST_AFTER = re.compile(
    r".{0,4}(?:还(?:[清完掉上]?(?:了|的|过))|已经?|扣了|付(?:了|过|的)|转(?:了|过)|借的|买的)(?![吧行可])"
)
# 还款日过3天, 已经过八天: so long past due, not a day to come; 再过三天 looks forward.
_DUE_BEFORE = (
    "".join(
        f"(?<!{word})" for word in ("款日", "到期", "期日", "日子", "已经", "都", "已", "才", "刚")
    )
    + rf"(?!(?<=[呗贷])过{_N}个?(?:天|日|周|星期|礼拜|月|年)(?:$|[,.! ]))"
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


def _full(match: re.Match[str], today: date, text: str) -> date | None:
    year = int(match["y"])
    return _safe(year + 2000 if year < 100 else year, int(match["m"]), int(match["d"]))


def _month_day(match: re.Match[str], today: date, text: str) -> date | None:
    month, day = read_count(match["m"]), read_count(match["d"].replace("廿", "二十"))
    if month is None or day is None:
        return None
    if match["next_year"]:
        return _safe(today.year + 1, month, day)
    this_year = _safe(today.year, month, day)
    if this_year is None or this_year >= today - _FAR_PAST or match["this_year"]:
        return this_year
    return _safe(today.year + 1, month, day)


def _month_alone(match: re.Match[str], today: date, text: str) -> date | None:
    """从1月开始, 拖到一月: not before the first of that month."""
    month = read_count(match["m"])
    if month is None:
        return None
    first = date(today.year + (1 if match["next_year"] else 0), month, 1)
    return first if first >= today - _FAR_PAST else date(first.year + 1, month, 1)


def _relative(match: re.Match[str], today: date, text: str) -> date | None:
    return today + timedelta(days=_RELATIVE[match.group()])


def _after(match: re.Match[str], today: date, text: str) -> date | None:
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


def _weekday(match: re.Match[str], today: date, text: str) -> date | None:
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


def _month_part(match: re.Match[str], today: date, text: str) -> date | None:
    steps = _month_steps(match["which"])
    base = add_months(today.replace(day=1), steps)
    part = match["part"]
    if part in ("底", "末", "尾"):
        return month_end(base)
    day = base.replace(day=15 if part == "中" else 1)
    if match["which"] is None and day < today:
        return add_months(day, 1)
    return day


def _part_of_named_month(match: re.Match[str], today: date, text: str) -> date | None:
    """10月底, 明年3月中: the last, the 15th or the first day of that month."""
    first = _month_alone(match, today, text)
    if first is None or match["part"] in "底末尾":
        return first and month_end(first)
    return first.replace(day=15 if match["part"] == "中" else 1)


def _month_steps(which: str | None) -> int:
    if which is None:
        return 0
    if "上" in which:
        return -which.count("上")
    return which.count("下")


def _day_of_named_month(match: re.Match[str], today: date, text: str) -> date | None:
    base = add_months(today.replace(day=1), _month_steps(match["which"]))
    day = read_count(match["d"].replace("廿", "二十"))
    return _safe(base.year, base.month, day) if day else None


def _bare_day(match: re.Match[str], today: date, text: str) -> date | None:
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


def _ten_days(match: re.Match[str], today: date, text: str) -> date | None:
    """下月中旬, 12月上旬, 下旬: a day in the middle of those ten."""
    day = _TEN_DAYS[match["part"]]
    if match["m"]:
        first = _month_alone(match, today, text)
        return first and first.replace(day=day)
    found = add_months(today.replace(day=1), _month_steps(match["which"])).replace(day=day)
    passed = match["which"] is None and found < today
    return add_months(found, 1) if passed else found


def _year_end(match: re.Match[str], today: date, text: str) -> date | None:
    return date(today.year + (1 if match["next"] else 0), 12, 31)


def _new_year(match: re.Match[str], today: date, text: str) -> date | None:
    return date(today.year + 1, 1, 1)


@dataclass(frozen=True)
class _Rule:
    """One way to say a date.

    Attributes:
        pattern, resolve: how it is written and which day it is; None where it is none.
        looks_past: the match holds a word after the date, which only shows that one is meant.
    """

    pattern: re.Pattern[str]
    resolve: Resolve
    looks_past: bool = False


_RULES: tuple[_Rule, ...] = (
    _Rule(re.compile(r"(?<!\d)(?P<y>20\d\d|\d\d(?=年))[年\-/.](?P<m>\d{1,2})[月\-/.](?P<d>\d{1,2})[日号]?(?!\d)"), _full),
    _Rule(re.compile(rf"(?:(?P<next_year>明年)|(?P<this_year>今年|本年))?(?<![\d{CHINESE}])(?P<m>{_MONTH})月份?(?P<d>{_DAY})(?:[日号]|(?![\d天个期十百千万]))"), _month_day),
    _Rule(re.compile(r"(?P<next_year>(?!))?(?P<this_year>(?!))?(?<![\d.])(?P<m>\d{1,2})[.\-/](?P<d>\d{1,2})[日号]"), _month_day),
    _Rule(re.compile(rf"(?P<which>这个?月|本月|当月|下下个?月|下个?月|次月|上上个?月|上个?月)的?份?(?P<d>{_DAY})[日号]"), _day_of_named_month),
    _Rule(re.compile(rf"(?:(?P<next_year>明年)|(?<=从|自|到|等|延|推|挪|缓|放|改))(?<![\d{CHINESE}])(?P<m>{_MONTH})月份?(?![\d{CHINESE}底初末中尾上下]|个)"), _month_alone),
    _Rule(re.compile(rf"(?P<next_year>(?!))?(?<![\d{CHINESE}.个第])(?P<m>{_MONTH})月份?(?=开始|起(?!诉|码)|再(?:还|付|交|开|说)|才(?:能|开始))"), _month_alone),
    _Rule(re.compile(rf"(?P<next_year>明年)?(?<![\d{CHINESE}.])(?P<m>{_MONTH})月份?的?(?P<part>[底末尾初中])(?!旬)"), _part_of_named_month),
    _Rule(re.compile(rf"(?P<next_year>明年)?(?:(?<![\d{CHINESE}.])(?P<m>{_MONTH})月份?|(?P<which>这个?|本|下下个?|下个?|上个?)月)?的?(?P<part>[上中下])旬"), _ten_days),
    _Rule(re.compile(r"(?P<which>这个?|本|下下个?|下个?|上个?)?月(?:的)?(?P<part>[底末尾初中])(?!旬)"), _month_part),
    _Rule(re.compile("|".join(sorted(_RELATIVE, key=len, reverse=True))), _relative),
    _Rule(re.compile(rf"(?:再)?(?:{_DUE_BEFORE}过|等)(?P<n>{_N}|半个?)个?(?P<u>天|日|周|星期|礼拜|月|年)(?P<half>(?!))?(?P<half_year>(?!))?(?:之?后|以后|再|$|[,.! ]|我|还|吧|行|可以|就|才|发)(?P<back>(?!))?"), _after, looks_past=True),
    _Rule(re.compile(rf"(?P<n>{_N}|半个?)个?(?P<half>半)?(?P<u>天|日|周|星期|礼拜|月|年)(?P<half_year>半)?(?:(?:之|以)?后|(?P<back>(?:之|以)?前(?!还)))"), _after),
    _Rule(re.compile(rf"(?P<which>这个?|本|下下个?|下个?|上上个?|上个?)?{_WEEK}(?P<day>[一二三四五六日天末1-6])(?!年|起|期|[个块元])"), _weekday),
    _Rule(re.compile(r"(?<!\d)(?P<next>明)?(?<!\d)年底"), _year_end),
    _Rule(re.compile(r"元旦"), _new_year),
    _Rule(re.compile(rf"(?:(?P<every>每个?月的?)|(?<![\d.月第{CHINESE}]))(?P<d>{_DAY})[号日](?![码线楼院店机卡])"), _bare_day),
)  # fmt: skip


def find_dates(text: str, today: date) -> Iterator[Found]:
    """Dates in a normalised text as ISO strings; a bare day also yields ``day_of_month``.

    A date that is over keeps its value and carries the flag ``past``, so that the
    dialogue can ask back.
    """
    taken: list[tuple[int, int]] = []
    for found in find_feasts(text, today):
        taken.append((found.start, found.end))
        yield found
    for rule in _RULES:
        for match in rule.pattern.finditer(text):
            start, end = match.span()
            if rule.looks_past:
                end = _without_what_follows(text, start, end)
            if any(start < b and a < end for a, b in taken):
                continue
            day = rule.resolve(match, today, text)
            if day is None:
                continue
            taken.append((start, end))
            flags: tuple[tuple[str, object], ...] = (("past", True),) if day < today else ()
            yield Found("date", day.isoformat(), start, end, flags)
            if rule.resolve is _bare_day:
                number = read_count(match["d"].replace("廿", "二十"))
                if number:
                    yield Found("day_of_month", number, start, end)


def _without_what_follows(text: str, start: int, end: int) -> int:
    """Leave out the word after 过十天 that only showed that a point in time is meant."""
    match = re.match(
        rf"(?:再)?(?:过|等)(?:{_N}|半个?)个?(?:天|日|周|星期|礼拜|月|年)(?:之?后|以后)?",
        text[start:end],
    )
    return start + match.end() if match else end

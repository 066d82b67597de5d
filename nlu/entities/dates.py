"""Dates as borrowers say them, resolved from the business date."""

# A pattern of a date is read best on one line.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nlu.entities.days_meant import (
    RELATIVE,
    Resolve,
    after,
    bare_day,
    day_of_named_month,
    full,
    month_alone,
    month_day,
    month_part,
    new_year,
    part_of_named_month,
    relative,
    ten_days,
    weekday,
    year_end,
)
from nlu.entities.feasts import find_feasts
from nlu.entities.found import Found
from nlu.entities.numerals import CHINESE, read_count

_N = rf"(?:\d{{1,3}}|[{CHINESE}]{{1,4}})"
_DAY = r"(?:[12]\d|3[01]|0?[1-9]|三十一?|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二两三四五六七八九])"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_WEEK = r"(?:周|星期|礼拜)"
# 还款日过3天, 已经过八天: so long past due, not a day to come; 再过三天 looks forward.
_DUE_BEFORE = (
    "".join(
        f"(?<!{word})" for word in ("款日", "到期", "期日", "日子", "已经", "都", "已", "才", "刚")
    )
    + rf"(?!(?<=[呗贷])过{_N}个?(?:天|日|周|星期|礼拜|月|年)(?:$|[,.! ]))"
)


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
    _Rule(re.compile(r"(?<!\d)(?P<y>20\d\d|\d\d(?=年))[年\-/.](?P<m>\d{1,2})[月\-/.](?P<d>\d{1,2})[日号]?(?!\d)"), full),
    _Rule(re.compile(rf"(?:(?P<next_year>明年)|(?P<this_year>今年|本年))?(?<![\d{CHINESE}])(?P<m>{_MONTH})月份?(?P<d>{_DAY})(?:[日号]|(?![\d天个期十百千万]))"), month_day),
    _Rule(re.compile(r"(?P<next_year>(?!))?(?P<this_year>(?!))?(?<![\d.])(?P<m>\d{1,2})[.\-/](?P<d>\d{1,2})[日号]"), month_day),
    _Rule(re.compile(rf"(?P<which>这个?月|本月|当月|下下个?月|下个?月|次月|上上个?月|上个?月)的?份?(?P<d>{_DAY})[日号]"), day_of_named_month),
    _Rule(re.compile(rf"(?:(?P<next_year>明年)|(?<=从|自|到|等|延|推|挪|缓|放|改))(?<![\d{CHINESE}])(?P<m>{_MONTH})月份?(?![\d{CHINESE}底初末中尾上下]|个)"), month_alone),
    _Rule(re.compile(rf"(?P<next_year>(?!))?(?<![\d{CHINESE}.个第])(?P<m>{_MONTH})月份?(?=开始|起(?!诉|码)|再(?:还|付|交|开|说)|才(?:能|开始))"), month_alone),
    _Rule(re.compile(rf"(?P<next_year>明年)?(?<![\d{CHINESE}.])(?P<m>{_MONTH})月份?的?(?P<part>[底末尾初中])(?!旬)"), part_of_named_month),
    _Rule(re.compile(rf"(?P<next_year>明年)?(?:(?<![\d{CHINESE}.])(?P<m>{_MONTH})月份?|(?P<which>这个?|本|下下个?|下个?|上个?)月)?的?(?P<part>[上中下])旬"), ten_days),
    _Rule(re.compile(r"(?P<which>这个?|本|下下个?|下个?|上个?)?月(?:的)?(?P<part>[底末尾初中])(?!旬)"), month_part),
    _Rule(re.compile("|".join(sorted(RELATIVE, key=len, reverse=True))), relative),
    _Rule(re.compile(rf"(?:再)?(?:{_DUE_BEFORE}过|等)(?P<n>{_N}|半个?)个?(?P<u>天|日|周|星期|礼拜|月|年)(?P<half>(?!))?(?P<half_year>(?!))?(?:之?后|以后|再|$|[,.! ]|我|还|吧|行|可以|就|才|发)(?P<back>(?!))?"), after, looks_past=True),
    _Rule(re.compile(rf"(?P<n>{_N}|半个?)个?(?P<half>半)?(?P<u>天|日|周|星期|礼拜|月|年)(?P<half_year>半)?(?:(?:之|以)?后|(?P<back>(?:之|以)?前(?!还)))"), after),
    _Rule(re.compile(rf"(?P<which>这个?|本|下下个?|下个?|上上个?|上个?)?{_WEEK}(?P<day>[一二三四五六日天末1-6])(?!年|起|期|次|[个块元])"), weekday),
    _Rule(re.compile(r"(?<!\d)(?P<next>明)?(?<!\d)年底"), year_end),
    _Rule(re.compile(r"元旦"), new_year),
    _Rule(re.compile(rf"(?:(?P<every>每个?月的?)|(?<![\d.月第{CHINESE}]))(?P<d>{_DAY})[号日](?![码线楼院店机卡])"), bare_day),
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
            if rule.resolve is bare_day:
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

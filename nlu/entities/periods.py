"""Periods, instalment counts, percentages, and numbers that identify something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from nlu.entities.found import Found
from nlu.entities.numerals import CHINESE, read_count, read_number

_N = rf"(?:\d+|[{CHINESE}]+)"
_TERMS = re.compile(
    rf"(?<!第)(?P<n>{_N})个?期(?!间|限|货|待|[刊望])"
    rf"|分(?:成|为|个|到|做)?(?P<m>{_N})(?:个月|次|个?月|回|笔)(?!.{{0,2}}前)"
    rf"|(?P<k>{_N})个月(?:分期|还清的分期)"
)
_DURATION = re.compile(
    rf"(?<![第几数])(?P<n>(?<![\d.])\d+|(?<![一二两三四五六七八九十零])[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾][{CHINESE}]*|(?<![你我他她它咱们])[俩仨]|半)多?(?:(?P<cut>个半)|个)?(?P<u>小时|天|日(?!利|息)|周(?![一二三四五六日末])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天])|月(?![\d一二三四五六七八九十]+[号日]|[底初末份]|(?<!个月)(?:呢|开始|起|再|才|的(?!话|时间|利|罚)|[那这]|账|该|能(?:不能)?[推延往挪]|没有?(?:钱|$|[,.!?\s])))|年)(?P<half>半)?(?![以之]?[后前])"
)
# 17年借的, 2019年: the year something happened, not how long it lasted.
_YEAR = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d年|(?<![了期拖欠近快满共超第])(?:1[4-9]|2[0-6])年"
    r"(?=(?:我)?(?:借|办|开[通的始]|申请|贷|那[会时年]|时候|的(?:时候|花呗|借呗|微粒贷|账|借|单|逾期)"
    r"|[到至](?=\d)|[到至]现|就|[春夏秋冬初底末]|上半|下半|\d{1,2}月)))(?:\d{1,2}月|[到至]\d{2,4}年)?"
)
# 日息万五, 万四点五的利率: parts of ten thousand a day; 三万五 and a bare 万五 may be money.
_TEN_THOUSANDTHS = (
    rf"(?<=[息率])[是为按]?万(?P<v>\d(?:\.\d+)?(?![\d.])|[{CHINESE}](?:点[{CHINESE}]+)?(?![{CHINESE}]))"
    rf"|(?<![\d{CHINESE}])万(?P<x>\d(?:\.\d+)?|[{CHINESE}](?:点[{CHINESE}]+)?)(?=的?(?:日?利率|日?利?息|年化))"
)
_PERCENT = re.compile(
    rf"{_TEN_THOUSANDTHS}|"
    rf"(?P<n>\d+(?:\.\d+)?)\s?%|百分之(?P<h>\d+(?:\.\d+)?|[{CHINESE}点]+)|万分之(?P<w>\d+(?:\.\d+)?|[{CHINESE}点]+)|千分之(?P<q>\d+(?:\.\d+)?|[{CHINESE}点]+)|(?<![完达构变造生组养])(?P<c>[一二两三四五六七八九])成(?![了为功员年本都交立])"
)
_PHONE = re.compile(r"(?<!\d)1[3-9]\d[\s\-]?\d{4}[\s\-]?\d{4}(?!\d)")
_CASE = re.compile(
    r"(?<![a-z\d])(?P<a>[a-z]{1,6}-?\d{4,}(?:-\d+)*)(?![a-z\d])"
    r"|(?:工单|案件|受理|协商|投诉|单号|编号|案号|方案)(?:编?号)?(?:是|为|:|：|\s)*(?P<b>[a-z\d][a-z\d-]{3,})"
    r"|(?P<c>\(20\d\d\)[一-龥]\d{2,4}[一-龥]{1,3}\d+号)"
)
_OPTION = re.compile(
    rf"第(?P<a>[\d{CHINESE}])(?:个|种|套|项|条|款)?(?!期|天|次|月|年|笔|周|个月|[\d])(?:方案)?"
    rf"|方案(?P<b>[\d{CHINESE}])(?!\d)|(?:选|要|用|就)(?:择)?(?P<c>[\d一二三四五六])(?:号|吧|$|[.!,])(?:方案)?|(?P<d>[一二三四五1-5])号方案|方案(?P<e>[abcd])|(?P<f>[abcd])方案"
)
_SUM_EACH = re.compile("[百千万][一二三四五六七八九]?一$")
_VAGUE = re.compile("[一二两三四五六七八九]{2}")
"""一两天, 三五天: a range, not a number of days."""
_SHARE_OF = {"n": "1", "h": "1", "w": "0.01", "v": "0.01", "x": "0.01", "q": "0.1", "c": "10"}
"""What one unit of each named group is in percent."""
_ISO_UNIT = {"天": "D", "日": "D", "月": "M", "年": "Y"}


def find_terms(text: str) -> Iterator[Found]:
    """Numbers of instalments: 6期, 分三个月."""
    for match in _TERMS.finditer(text):
        said = match["n"] or match["m"] or match["k"]
        count = read_count(said)
        if count and 1 <= count <= 360:
            start = match.start("n") if match["n"] else match.start()
            yield Found("terms", count, start, match.end())


def find_durations(text: str) -> Iterator[Found]:
    """Periods as ISO 8601: 10天 is P10D, 半个月 P15D, 一年半 P18M."""
    years = [match.span() for match in _YEAR.finditer(text)]
    for match in _DURATION.finditer(text):
        # 八百一个月 is so much a month, and no 801 or 810 of them.
        each = bool(_SUM_EACH.search(match["n"]))
        said, begins = ("一", match.end("n") - 1) if each else (match["n"], match.start())
        value = _duration(match, said)
        if value and not any(start <= begins < end for start, end in years):
            yield Found("duration", value, begins, match.end())


def _duration(match: re.Match[str], said: str) -> str | None:
    unit, half = match["u"], bool(match["half"] or match["cut"])
    if said == "半":
        return {"月": "P15D", "年": "P6M", "天": "PT12H", "小时": "PT30M"}.get(unit)
    if _VAGUE.search(said):
        return None
    count = read_count(said)
    if not count or count > 3650:
        return None
    if unit == "小时":
        return f"PT{count}H"
    if unit in ("周", "星期", "礼拜"):
        return f"P{count * 7}D"
    if half and unit == "年":
        return f"P{count * 12 + 6}M"
    if half and unit == "月":
        return f"P{count}M15D"
    return f"P{count}{_ISO_UNIT[unit]}"


def find_percentages(text: str) -> Iterator[Found]:
    """Shares in percent as a decimal string: 百分之十 is 10, 万分之五 is 0.05, 三成 is 30."""
    for match in _PERCENT.finditer(text):
        said, scale = next((match[k], s) for k, s in _SHARE_OF.items() if match[k])
        value = _decimal(said)
        if value is not None:
            yield Found("percentage", f"{(value * Decimal(scale)).normalize():f}", *match.span())


def _decimal(said: str) -> Decimal | None:
    whole, point, rest = said.partition("点")
    if not point:
        return read_number(said)
    left, right = read_number(whole or "零"), read_number(rest)
    if left is None or right is None or not all(c in CHINESE for c in rest):
        return None
    return left + right / (Decimal(10) ** len(rest))


def find_identifiers(text: str) -> Iterator[Found]:
    """Phone numbers (digits only) and case numbers (upper case)."""
    for match in _PHONE.finditer(text):
        yield Found("phone", re.sub(r"\D", "", match.group()), *match.span())
    for match in _CASE.finditer(text):
        group = next(g for g in ("a", "b", "c") if match[g])
        if group == "b" and re.fullmatch(r"1[3-9]\d{9}", match["b"]):
            continue
        yield Found("case_number", match[group].upper(), match.start(group), match.end(group))


def find_options(text: str) -> Iterator[Found]:
    """Which of the options shown: 第二个 is 2, 方案b is 2."""
    for match in _OPTION.finditer(text):
        said = next(v for v in match.groupdict().values() if v)
        count = ord(said) - ord("a") + 1 if said in "abcd" else read_count(said)
        if count and 1 <= count <= 9:
            yield Found("option_number", count, *match.span())

"""Amounts of money: a small decimal grammar, values in whole fen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from nlu.entities.amount_words import load_amount_words
from nlu.entities.found import Found
from nlu.entities.numerals import CHINESE, read_number

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# 八百一个月: the last 一 belongs to the month.
_EACH = r"(?:(?<=[百千万])|(?<=[百千万][一二三四五六七八九]))一(?:个|天|年|期|周)"
_HAN = f"(?:(?!{_EACH})[{CHINESE}])"
_HAN_START = "[零一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]"
# 几百块 and 千万别 are no numbers; 借1万一天 is 10000 for one day, not 11000.
_HAN_NUMBER = rf"(?<![几数第{CHINESE}]){_HAN_START}{_HAN}*"
_TAIL = rf"(?:\d(?![\d.])|{_HAN}+(?![天日号月年期次周个星礼小]))?"
_NUMBER = rf"(?:(?:{_ARABIC})(?:[万千百wk]{_TAIL})?(?:[千百])?|{_HAN_NUMBER})"
_SYMBOL = r"[¥￥]|rmb|人民币"
_YUAN = r"块钱|元钱|元整|块|元|圆|rmb|人民币"
_WITH_UNIT = re.compile(
    rf"(?P<yuan>{_NUMBER})(?:多|来)?(?:个)?(?:{_YUAN})(?P<half>半)?"
    rf"(?:(?P<jiao>[\d{CHINESE}])(?:毛|角|(?![\d{CHINESE}天月号日期年个千百万])))?钱?(?:(?P<fen>[\d{CHINESE}])分(?!期))?"
)
_SYMBOLIC = re.compile(rf"(?:{_SYMBOL})\s?(?P<yuan>{_NUMBER})")
_SMALL = re.compile(
    rf"(?<![\d.{CHINESE}])(?:(?P<jiao>[\d{CHINESE}])[毛角](?:(?P<fen>[\d{CHINESE}])分)?钱?"
    rf"|(?P<only_fen>[\d{CHINESE}])分钱)"
)
_SCALED = re.compile(
    rf"(?P<yuan>(?:{_ARABIC})[万千百wk]{_TAIL}[千百]?|{_HAN_NUMBER}(?<=[百千万{CHINESE}]))(?:多(?:一?点儿?)?|出头|左右)?"
)
# 千把块, 百把块一个月: about one of these.
_ABOUT_ONE = re.compile(r"(?<![一二两三四五六七八九十几\d])(?P<yuan>[百千])把(?:来)?块?钱?")
_BARE = re.compile(
    r"(?<![\d.\-/年第a-z])(?<!(?<![每个按])月)(?P<yuan>\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)"
)
_NOT_MONEY_AFTER = re.compile(
    r"\s?(?:[天号日期年次%点岁级楼人部台遍周位折成个]|月(?![底初中末])|小时|分(?:期|钟)|星期|礼拜|分之|[:/\-]\d|种|笔|家|款)"
)
# 90后, 00后: who is that old, not what is paid; 还90后 names a sum.
_BORN_IN = re.compile(r"(?<![\d还付交])(?:[5-9][05]|0[05])后")
# 一块儿还, 跟花呗一块交: together, and not one yuan.
_TOGETHER = re.compile(
    r"一块(?:儿|(?=[交付结清弄办扣算处搞申协延推减免分催]|给你们|还(?!没|有|是|差|欠)|可以|行[吗不]|能))"
)
_NOT_COUNTED = re.compile(
    rf"^(?:百分|万分|千分|[十百千万]分)|^[{CHINESE}]*(?:十|百|千|万)(?:之|分之)"
)
_WORDS = load_amount_words()
_MONEY_BEFORE = re.compile(
    rf"(?:{_WORDS.before})\s?(?:了|出|上|个|大概|大约|差不多|到|款)?\s?$"
    rf"|(?:{_WORDS.needs})\s?(?:要|得|是|花|用|给|交|大概|大约|差不多|每月|一个月|[:：])?\s?$"
)
# 换成1000, 还是800: three digits or more, since 改到15 is a day and 换12 a number of terms.
_CHANGED = re.compile(rf"(?:{_WORDS.changed})\s?(?:每月|每个月|一个月)?\s?(?:还|交|给)?\s?$")
# 等等,1200吧: a second thought about an amount, three digits or more.
_SECOND_THOUGHT = re.compile(
    rf"^\s*(?:等等|等一?下|等会儿?|慢着|算了|不对|不是|不行|不)\s*[,，、]?\s*(?:我)?(?:还是|就|那就)?\s*{_NUMBER}\s*(?:吧|好了|算了|得了)?[.!]*\s*$"
)
_ASKED_ALONE = re.compile(
    rf"^\s*(?:那么?|那就|如果是?|要是)?\s*(?:每月|一个月)?(?:还|交|给|是)?\s*{_NUMBER}\s*(?:呢|的话呢?)\s*[?.!]*$"
)
# 500逾期三天, 2300拖了11天, 1000分3期: three digits or more that are late or split are money.
_LATE_AFTER = re.compile(
    r"(?:(?<=\d{3})|(?<=\d\.\d\d))\s?(?:都?(?:还)?没[还交]|还没还)?的?"
    r"(?:分(?:成|为)?[\d一二两三四五六七八九十]{1,3}(?:期|个月)|逾期|晚[还了]|拖[了欠着]|欠[了着]|过期|过了|迟了|超了|罚息|利息|滞纳金|违约金|手续费|本金|欠款|账单|借款)"
)
# 本金2000, 剩下的1200: a name of the debt, and three digits (利息24 may be a rate).
_LATE_BEFORE = re.compile(
    r"(?:本金|(?<![年月日])利息|罚息|滞纳金|违约金|手续费|逾期|(?:剩下|余下|欠|拖|差|月)的)\s?(?:是|了)?\s?$"
)
# 先打2000: paid in, if it is not a number to be rung.
_PAID_IN = re.compile(r"打(?:了|进去?|过去|入)?\s?$")
_RUNG = re.compile(r"1(?:10|14|19|20|22)|100(?:10|86)")
_NO_AMOUNT_AFTER = re.compile(r"\s?(?:多|来)?(?:[天日年次]|个|小时|热线|电话|客服)")
# 500先付, 800行吗, 1200一个月: three digits or more, and behind them what is done with the money.
_PAID_AFTER = re.compile(
    r"(?:块|元)?\s?(?:我)?(?:先|就|都|能)?(?:付|还(?!是|有|没|款记录|在|不)|交|给你|打过|补|行|成(?!为|立)|够|可以(?!打|拨)|一个月|一期|每月|每期|封顶|顶天|撑死|/\s?(?:月|期)|以内|以下|之内)"
)
# 91320.33 is a sum to the fen wherever it stands.
_TO_THE_FEN = re.compile(r"\d{3,}\.\d\d(?![\d%])")
# 3000千 is a slip for 3000, not three million.
_SLIP = re.compile(r"(?<=\d{4})[千百k]$")
_HOTLINE = re.compile(r"9[56]\d{3}|123\d{2}|400\d{4,7}")
_ONLY_NUMBER = re.compile(
    rf"^\s*(?:嗯|哦|好|那|就|大概|大约|差不多|最多|先|还|我)*\s*(?:{_NUMBER})\s*(?:吧|左右|啊|呀|行吗|可以吗|行不|的|可以)?[.!。?]*\s*$"
)


def find_amounts(text: str) -> Iterator[Found]:
    """Amounts in a normalised text; the value is a string of whole fen."""
    taken: list[tuple[int, int]] = []
    for pattern in (_SYMBOLIC, _WITH_UNIT, _SMALL, _ABOUT_ONE, _SCALED, _BARE):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken):
                continue
            if _TOGETHER.match(text, start):
                continue
            if pattern in (_SCALED, _BARE) and not _reads_as_money(text, match, pattern is _BARE):
                continue
            fen = _in_fen(match)
            if fen is not None and fen > 0:
                taken.append((start, end))
                yield Found("amount", str(fen), start, end)


def _reads_as_money(text: str, match: re.Match[str], bare: bool) -> bool:
    if _NOT_MONEY_AFTER.match(text, match.end()) or _NOT_COUNTED.search(match.group()):
        return False
    if text[max(0, match.start() - 1) : match.start()] in tuple("第分:"):
        return False
    if _BORN_IN.match(text, match.start()):
        return False
    if not bare:
        number = match["yuan"]
        scaled = any(c in "百千万佰仟萬wk" for c in number)
        return len(number) > 1 and (scaled or bool(_ONLY_NUMBER.match(text)))
    digits = match["yuan"].replace(",", "").split(".")[0]
    if len(digits) > 7 or (len(digits) > 1 and digits[0] == "0") or _HOTLINE.fullmatch(digits):
        return False
    return bool(
        _ONLY_NUMBER.match(text)
        or _LATE_AFTER.match(text, match.end())
        or _MONEY_BEFORE.search(text[: match.start()])
        or _paid_or_late(text, match, digits)
    )


def _paid_or_late(text: str, match: re.Match[str], digits: str) -> bool:
    """Whether a bare figure of three digits or more is paid in (打2000), owed or a change."""
    before = text[: match.start()]
    if len(digits) < 3 or _NO_AMOUNT_AFTER.match(text, match.end()):
        return False
    return bool(
        _TO_THE_FEN.match(text, match.start())
        or _CHANGED.search(before)
        or (_PAID_AFTER.match(text, match.end()) and not _RUNG.fullmatch(digits))
        or _ASKED_ALONE.match(text)
        or _SECOND_THOUGHT.match(text)
        or _LATE_BEFORE.search(before)
        or (_PAID_IN.search(before) and not _RUNG.fullmatch(digits))
    )


def _in_fen(match: re.Match[str]) -> int | None:
    parts = match.groupdict()
    yuan = read_number(_SLIP.sub("", parts["yuan"])) if parts.get("yuan") else Decimal(0)
    if yuan is None:
        return None
    fen = yuan * 100
    if parts.get("half"):
        fen += 50
    for name, worth in (("jiao", 10), ("fen", 1), ("only_fen", 1)):
        if parts.get(name):
            count = read_number(parts[name])
            if count is None:
                return None
            fen += count * worth
    return int(fen) if fen == fen.to_integral_value() else int(fen.to_integral_value())

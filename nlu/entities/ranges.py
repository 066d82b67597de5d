"""Ranges: 两三百块, 500到800块, 3到5期. Which end is meant, only the borrower can say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from nlu.entities.found import Found
from nlu.entities.numerals import CHINESE, read_count, read_number

_DIGIT = "[一二两三四五六七八九]"
_TO = r"\s?(?:到|至|-|~|—)\s?"
_N = rf"(?:\d+(?:\.\d+)?[万千百wk]?|[{CHINESE}]+)"
_NO_COUNT = r"(?![天号日期年次%点岁级楼人部台遍周位折成后个月小分星笔家种名号])"
_TWO_DIGITS = re.compile(
    rf"(?<![{CHINESE}\d第])(?P<a>{_DIGIT})(?P<b>{_DIGIT})(?P<unit>[百千万])(?:多)?(?:块钱|块|元)?{_NO_COUNT}"
)
_FROM_TO = re.compile(rf"(?<![\d.{CHINESE}\-/])(?P<a>{_N})(?:块|元)?{_TO}(?P<b>{_N})(?:块钱|块|元)")
# 500到600之间, 500-800: three digits or more need no word for money.
_BARE_FROM_TO = re.compile(
    rf"(?<![\d.\-/年])(?<!(?<![每个按])月)(?P<a>\d{{3,5}}){_TO}(?P<b>\d{{3,5}})(?![\d.]|\s?[年月日号天期个次%\-/])(?:之间)?"
)
_TERMS = re.compile(
    rf"(?<![\d.{CHINESE}第])(?:(?P<a>\d+|[{CHINESE}]+?){_TO}(?P<b>\d+|[{CHINESE}]+)|(?P<c>{_DIGIT})(?P<d>{_DIGIT}))个?期(?!间|限|货|待)"
)


def find_ranges(text: str) -> Iterator[Found]:
    """Ranges of money (``amount_range``, whole fen) and of instalments (``terms_range``).

    The value is ``low-high``. No ``amount`` or ``terms`` is read inside a range: a plan on
    a guessed end would be a wrong plan.
    """
    for match in _TWO_DIGITS.finditer(text):
        money = [read_number(match[end] + match["unit"]) for end in ("a", "b")]
        yield from _range("amount_range", money, 100, match)
    for match in _FROM_TO.finditer(text):
        # 三到五百块: the first end borrows the unit of the second.
        unit = match["b"][-1] if match["b"][-1] in "百千万wk" else ""
        first = match["a"] if match["a"][-1] in "十百千万wk" or not unit else match["a"] + unit
        yield from _range("amount_range", [read_number(first), read_number(match["b"])], 100, match)
    for match in _BARE_FROM_TO.finditer(text):
        money = [read_number(match["a"]), read_number(match["b"])]
        yield from _range("amount_range", money, 100, match)
    for match in _TERMS.finditer(text):
        counts = [read_count(match["a"] or match["c"]), read_count(match["b"] or match["d"])]
        yield from _range("terms_range", counts, 1, match)


def _range(
    entity: str, ends: Sequence[Decimal | int | None], worth: int, match: re.Match[str]
) -> Iterator[Found]:
    low, high = ends
    if low is not None and high is not None and 0 < low < high:
        yield Found(entity, f"{int(low * worth)}-{int(high * worth)}", *match.span())

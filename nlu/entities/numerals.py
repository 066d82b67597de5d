"""Chinese and Arabic numerals as exact decimals."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "俩": 2, "仨": 3, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5,
    "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_SCALES = (
    ("亿", Decimal(100_000_000)),
    ("万萬w", Decimal(10_000)),
    ("千仟k", Decimal(1000)),
    ("百佰", Decimal(100)),
    ("十拾", Decimal(10)),
)
_PLAIN = re.compile(r"\d+(?:\.\d+)?\.?")

CHINESE = "零〇一二两俩仨三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬"
"""Characters a Chinese numeral is made of."""


def read_number(text: str) -> Decimal | None:
    """Value of a numeral such as ``3万2``, ``一千五``, ``1.5万``, ``两千三百``, ``1,200``.

    A last digit without a unit counts in tenths of the unit before it (一千五 is 1500,
    3万2 is 32000), unless a zero stands between (一千零五 is 1005).

    Returns:
        The value, or None where the text is no numeral.
    """
    text = text.replace(",", "").replace(" ", "")
    if _PLAIN.fullmatch(text):
        return Decimal(text.rstrip("."))
    if text and all(c in _DIGITS for c in text):
        # 二零二六, 一三八: digits read out one by one.
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    for marks, worth in _SCALES:
        place = next((i for i, c in enumerate(text) if c in marks), None)
        if place is not None:
            return _scaled(text[:place], worth, text[place + 1 :])
    return None


def _scaled(head: str, worth: Decimal, tail: str) -> Decimal | None:
    """Value of ``head`` times a unit and what follows it; 十 and 百 may stand alone."""
    if len(head) > 1 and all(c in _DIGITS for c in head):
        return None  # 两三百, 五六千: a range, not a number
    many = read_number(head) if head else (Decimal(1) if worth < 10_000 else None)
    rest = _rest(tail, worth)
    return None if many is None or rest is None else many * worth + rest


def _rest(tail: str, worth: Decimal) -> Decimal | None:
    if not tail:
        return Decimal(0)
    if len(tail) > 1 and all(c in _DIGITS and c not in "零〇" for c in tail):
        return None  # 一万二三: a range, not a number
    value = read_number(tail.lstrip("零〇"))
    return value * worth / 10 if value is not None and len(tail) == 1 else value


def read_count(text: str) -> int | None:
    """Value of a whole numeral, or None."""
    value = read_number(text)
    return int(value) if value is not None and value == value.to_integral_value() else None

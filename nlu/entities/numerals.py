"""Chinese and Arabic numerals as exact decimals."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "俩": 2, "仨": 3, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5,
    "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000}
_MYRIAD = {"万": 10_000, "萬": 10_000, "w": 10_000, "亿": 100_000_000}

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
    if not text:
        return None
    if all(c in _DIGITS for c in text):
        # 二零二六, 一三八: digits read out one by one.
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    total, section = Decimal(0), Decimal(0)
    pending: Decimal | None = None
    last_unit, zero_before = 1, False
    position = 0
    while position < len(text):
        character = text[position]
        if character.isdigit() and character.isascii():
            end = position
            while end < len(text) and (text[end].isdigit() or text[end] == "."):
                end += 1
            if text[position:end].count(".") > 1 or pending is not None:
                return None
            pending, position = Decimal(text[position:end].rstrip(".")), end
            continue
        if character in _DIGITS:
            value = _DIGITS[character]
            if value == 0:
                zero_before = True
            elif pending is not None:
                return None
            else:
                pending = Decimal(value)
        elif character in _UNITS:
            unit = _UNITS[character]
            section += (Decimal(1) if pending is None else pending) * unit
            pending, last_unit, zero_before = None, unit, False
        elif character in _MYRIAD:
            unit = _MYRIAD[character]
            whole = section + (pending or 0)
            if whole == 0:
                return None
            total += whole * unit
            section, pending, last_unit, zero_before = Decimal(0), None, unit, False
        else:
            return None
        position += 1
    if pending is not None:
        tail = last_unit // 10 if last_unit > 10 and not zero_before and pending < 10 else 1
        section += pending * tail
    return total + section


def read_count(text: str) -> int | None:
    """Value of a whole numeral, or None."""
    value = read_number(text)
    return int(value) if value is not None and value == value.to_integral_value() else None

"""Where each printed figure came from.

Every filter that prints a figure records it here; the guard afterwards refuses any figure in the
finished text that nobody recorded. Wording templates themselves hold no digits.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# An amount in words ("三千二百元", "几千块") is a figure like any other.
_WORDED = re.compile(r"[〇零一二两三四五六七八九十百千万亿几]+[多余来]?(?=[ ]*(?:元|块钱|万元|圆))")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


class Origin(str, Enum):
    """Who vouches for a figure."""

    ACCOUNT = "account"  # a quote, plan, offer or state of the borrower who is signed in
    FACT = "fact"  # the fact base
    TERMS = "terms"  # worked out from a product's demo terms on figures that somebody named
    HEARD = "heard"  # the borrower said it in this conversation
    CASE = "case"  # a case number, a place in the queue
    CALENDAR = "calendar"  # today's business date


class Printed(str):
    """Text that a filter printed and recorded."""

    __slots__ = ()


def plain(text: str) -> str:
    """The text as it is read: full-width, circled and invisible characters made ordinary."""
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))


def numbers(text: str) -> set[str]:
    """The figures in a text, without thousands separators; amounts of money in words as well."""
    shown = plain(text)
    digits = {found.replace(",", "") for found in NUMBER.findall(shown)}
    return digits | set(_WORDED.findall(shown))


class Provenance:
    """The record of one reply."""

    def __init__(self) -> None:
        self._by_origin: dict[Origin, set[str]] = {}

    def record(self, text: str, origin: Origin) -> Printed:
        """Notes every figure in `text` and hands it back as printed."""
        self._by_origin.setdefault(origin, set()).update(numbers(text))
        return Printed(text)

    def of(self, origin: Origin) -> frozenset[str]:
        return frozenset(self._by_origin.get(origin, ()))

    def known(self) -> frozenset[str]:
        return frozenset().union(*self._by_origin.values()) if self._by_origin else frozenset()

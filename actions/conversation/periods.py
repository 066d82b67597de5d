"""Reads the ISO 8601 durations that the NLU hands over."""

from __future__ import annotations

import re

_PERIOD = re.compile(r"^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$")
_DAYS = (365, 30, 7, 1)


def days_of(duration: str | None) -> int | None:
    """`P10D` → 10, `P2W` → 14, `P1M` → 30 (a month as people mean it); None when unreadable."""
    found = _PERIOD.match(duration or "")
    if not found or not any(found.groups()):
        return None
    parts = zip(found.groups(), _DAYS, strict=True)
    return sum(int(number) * days for number, days in parts if number)

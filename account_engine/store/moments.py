"""Points in time, stored as microseconds since 1970 in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from itertools import repeat

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)
_EXACT = 2**52
"""Microseconds, the year 2112: floats of so many seconds are less than half a one apart."""


def to_us(moment: datetime) -> int:
    """Return microseconds since 1970. Raises ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return (moment - _EPOCH) // _MICROSECOND


def from_us(microseconds: int) -> datetime:
    """Return the moment, in UTC.

    As long as a float of seconds lies within half a microsecond of what it stands for, the way
    over it is exact; it takes half the time of adding a timedelta.
    """
    if abs(microseconds) < _EXACT:
        return datetime.fromtimestamp(microseconds / 1_000_000, timezone.utc)
    return _EPOCH + timedelta(microseconds=microseconds)


def all_from_us(microseconds: Sequence[int]) -> Iterable[datetime]:
    """Return the moments, in UTC: `from_us` of each."""
    if max(microseconds) < _EXACT and min(microseconds) > -_EXACT:
        seconds = [each / 1_000_000 for each in microseconds]
        return map(datetime.fromtimestamp, seconds, repeat(timezone.utc))
    return map(from_us, microseconds)


def now_us() -> int:
    """Return the present; only for the audit log, never for a figure."""
    return to_us(datetime.now(timezone.utc))

"""Points in time, stored as microseconds since 1970 in UTC."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)


def to_us(moment: datetime) -> int:
    """Return microseconds since 1970. Raises ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return (moment - _EPOCH) // _MICROSECOND


def from_us(microseconds: int) -> datetime:
    """Return the moment, in UTC."""
    return _EPOCH + timedelta(microseconds=microseconds)


def now_us() -> int:
    """Return the present; only for the audit log, never for a figure."""
    return to_us(datetime.now(timezone.utc))

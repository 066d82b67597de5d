"""The channels' clock. The engine's business date has no say about sessions and messages."""

from __future__ import annotations

from datetime import datetime, timezone


def wall_clock() -> datetime:
    """The real time, in UTC."""
    return datetime.now(timezone.utc)

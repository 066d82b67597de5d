"""Which day it is. The domain never asks; it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

BUSINESS_ZONE = ZoneInfo("Asia/Shanghai")
"""Due dates end at 24:00 in this zone, wherever the server stands."""


@dataclass(frozen=True, slots=True)
class BusinessClock:
    """The business date: `fixed` for demos and tests, else today in Shanghai."""

    fixed: date | None = None

    def today(self) -> date:
        """Return the business date."""
        return self.fixed or datetime.now(BUSINESS_ZONE).date()

    def now(self) -> datetime:
        """Return the present moment in the business zone.

        With a fixed date, the time of day still runs, so that events of one demo day keep an
        order.
        """
        present = datetime.now(BUSINESS_ZONE)
        if self.fixed is None:
            return present
        return datetime.combine(self.fixed, present.timetz())


def midnight(day: date) -> datetime:
    """Return the beginning of a business day."""
    return datetime(day.year, day.month, day.day, tzinfo=BUSINESS_ZONE)

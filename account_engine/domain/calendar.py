"""Day counts, and dates moved by months."""

from __future__ import annotations

from calendar import isleap
from datetime import date
from enum import Enum

_LONGEST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class DayCount(str, Enum):
    """How many days a year has when a yearly price becomes a price for some days."""

    ACT_365F = "act/365f"
    ACT_360 = "act/360"
    THIRTY_360 = "30/360"


def add_months(start: date, months: int, anchor_day: int | None = None) -> date:
    """Move a date by whole months, keeping its day where the month has it.

    Args:
        start: the date to move.
        months: how many months, may be negative.
        anchor_day: the wanted day of the month (1–31); the last day of shorter months is used.
            Default: the day of ``start``.
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    wanted = anchor_day if anchor_day is not None else start.day
    longest = 29 if month == 1 and isleap(year) else _LONGEST[month]
    return date(year, month + 1, min(wanted, longest))


def add_years(start: date, years: int) -> date:
    """Move a date by whole years; 29 February becomes the 28th in common years."""
    return add_months(start, 12 * years)


def next_day_of_month(after: date, day: int) -> date:
    """The first date on or after ``after`` that is the given day of its month (or month end)."""
    candidate = add_months(after, 0, day)
    return candidate if candidate >= after else add_months(after, 1, day)

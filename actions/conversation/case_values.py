"""Values of one clause that tells of a debt: the one that stands, and the days since a due date."""

from __future__ import annotations

from datetime import date, timedelta

from actions.conversation.turn import Entity
from actions.knowledge.case_words import case_words


def first_day(inside: list[Entity]) -> Entity | None:
    return next((one for one in inside if one.kind == "date"), None)


def since(due: Entity | None, today: date, missed: bool) -> int | None:
    """How many days a due date has been over; None for one to come.

    "9号到期的，今天才看到": of a bare day of the month the one before is meant.
    """
    if due is None:
        return None
    day = date.fromisoformat(due.value)
    if day > today and missed:
        last = today if day.day < today.day else today.replace(day=1) - timedelta(days=1)
        day = day.replace(year=last.year, month=last.month) if day.day <= last.day else day
    return (today - day).days if day < today else None


def of_this_month(due: Entity, today: date) -> bool:
    day = date.fromisoformat(due.value)
    return day > today and (day.year, day.month) == (today.year, today.month)


def is_past(said: Entity, clause: str, start: int) -> bool:
    before, after = clause[: said.start - start], clause[said.end - start :]
    words = case_words()
    return not words.late_not_before.search(before) and not words.late_not_after.search(after)


def last_said(
    clause: str, inside: list[Entity], start: int, kinds: frozenset[str]
) -> Entity | None:
    """The value that stands: "不是12000是8000" denies the first of them."""
    denied = case_words().denied
    ours = [one for one in inside if one.kind in kinds]
    kept = [one for one in ours if not denied.search(clause[: one.start - start])]
    return kept[-1] if kept else None

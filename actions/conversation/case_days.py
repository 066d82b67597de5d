"""Since when what a clause tells is late, or how long it is until it falls due."""

from __future__ import annotations

from datetime import date

from actions.conversation.case_stretch import Stretch
from actions.conversation.case_values import first_day, is_past, last_said, of_this_month, since
from actions.conversation.periods import days_of
from actions.conversation.turn import Entity
from actions.knowledge.conduct import asked_figures
from actions.knowledge.figure_words import figure_words
from nlu.entities.numerals import read_count


def days_late(part: Stretch) -> int | None:
    """Days past due that the clause tells, zero where it says that nothing is; None for none."""
    words, text, start = part.words, part.text, part.start
    if words.not_late.search(text) or words.paid_minimum.search(text):
        return 0
    if _pays_early(part):
        return 0
    if words.time_of_else.search(text) and not words.surely_late.search(text):
        return None
    if words.time_left.search(text):
        return None
    said = last_said(text, part.inside, start, frozenset({"duration"}))
    late = words.late.search(text) or part.bare
    place = figure_words().nth_day.search(text)
    if place is not None and said is None and late:
        return read_count(place[1])
    months = figure_words().months_and_more.search(text)
    if months is not None and said is None and late:  # "两个多月": at least those
        return days_of(f"P{read_count(months[1])}M")
    about = figure_words().days_or_so.search(text)
    if about is not None and said is None and late:  # "七八天": the more of both
        return read_count(f"{about[1] or ''}{about[2]}")
    days = days_of(said.value) if said and late and is_past(said, text, start) else None
    if days is None and words.was_due.search(text):
        days = _since_due(part)
    elif days is None and _waits_for_days(part) and not words.paid_then.search(text):
        days = _since_told(part)
    return days if days is not None and days <= asked_figures().longest_days_late else None


def _pays_early(part: Stretch) -> bool:
    """Paid before the time, where nothing was or is said of being late."""
    late = part.words.late.search(part.turn.text) or (part.held is not None and part.held.days)
    return not late and part.words.pays_early.search(part.text) is not None


def due_in(part: Stretch) -> int | None:
    """ "25号到期", "还有十天到期": so many days are left until then."""
    due = first_day(part.inside)
    if due is not None:
        return max((date.fromisoformat(due.value) - part.turn.today).days, 0) or None
    said = last_said(part.text, part.inside, part.start, frozenset({"duration"}))
    return days_of(said.value) if said and part.words.not_late.search(part.text) else None


def _waits_for_days(part: Stretch) -> bool:
    """Nothing but a day, where the due date of what was told is not known yet."""
    if not part.bare or part.held is None:
        return False
    return part.held.days is None or bool(part.words.corrects.search(part.turn.text))


def _since_told(part: Stretch) -> int | None:
    """Since a day by itself; "不是15号，是12号" takes the place of a day that had gone by."""
    days = [one for one in part.inside if one.kind == "date"]
    kept = [one for one in days if not _denies(part, one)]
    missed = part.held is not None and bool(part.held.days) and len(kept) == 1
    return since(first_day(kept), part.turn.today, missed=missed)


def _denies(part: Stretch, one: Entity) -> bool:
    before = part.turn.text[part.start : one.start]
    return bool(part.words.denied.search(before))


def _since_due(part: Stretch) -> int | None:
    due, words = first_day(part.inside), part.words
    missed = bool(words.missed.search(part.turn.text)) or _was_over(part, due)
    days = since(due, part.turn.today, missed)
    if due is None or days is not None or missed:
        return days
    if of_this_month(due, part.turn.today) and words.falls_due_on.search(part.text):
        return 0
    to_come = words.to_come.search(part.turn.text[due.start : due.end])
    return 0 if to_come or words.to_be_paid.search(part.text) else None


def _was_over(part: Stretch, due: Entity | None) -> bool:
    """ "12号到期的" on the 21st: a day that has gone by in this month."""
    gone = due is not None and date.fromisoformat(due.value).day < part.turn.today.day
    return gone and bool(part.words.was_over.search(part.text))

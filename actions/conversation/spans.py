"""Which days a question about money is after: one day, or a month by its name or its place."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from nlu.entities.numerals import read_count

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both counted.

    Attributes:
        of_month: the days are a whole month, not one day.
    """

    first: date
    last: date
    of_month: bool

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def days_ahead(turn: Turn) -> Span | None:
    """ "26号", "下个月", "12月": the next such day or month; None where none is named.

    "月底" stands for what is left of that month. A month that goes on counts as a whole; what of
    it is over is for the caller to leave out.
    """
    on = turn.coming_date()
    words = figure_words()
    if on is not None and on > turn.today:
        of_month = words.month_end.search(turn.text) is not None
        return _month(on, 0) if of_month else Span(on, on, of_month=False)
    if words.month_after_next.search(turn.text):
        return _month(turn.today, 2)
    if words.next_month.search(turn.text):
        return _month(turn.today, 1)
    if words.this_month.search(turn.text):
        return _month(turn.today, 0)
    wanted = _named_month(turn)
    return _month(turn.today, (wanted - turn.today.month) % _MONTHS) if wanted else None


def each_day_ahead(turn: Turn) -> tuple[Span, ...]:
    """ "26号和27号加起来": every day to come that is named, where there are several; else none."""
    said = (one for one in turn.entities if one.kind == "date")
    days = {replace(turn, entities=(one,)).coming_date() for one in said}
    ahead = sorted(day for day in days if day is not None and day > turn.today)
    return tuple(Span(day, day, of_month=False) for day in ahead) if len(ahead) > 1 else ()


def days_behind(turn: Turn) -> Span | None:
    """ "昨天", "上个月", "十月份": the last such day or month; None where none is named."""
    on = turn.named_date()
    if on is not None and on <= turn.today:
        return Span(on, on, of_month=False)
    words = figure_words()
    if words.last_month.search(turn.text):
        return _month(turn.today, -1)
    if words.this_month.search(turn.text):
        return _month(turn.today, 0)
    wanted = _named_month(turn)
    return _month(turn.today, -((turn.today.month - wanted) % _MONTHS)) if wanted else None


def next_month(today: date) -> Span:
    """The whole of the month after that of `today`."""
    return _month(today, 1)


def a_month_on(day: date) -> date:
    """The same day of the next month, or its last day where that month is shorter."""
    month = _month(day, 1)
    return month.first.replace(day=min(day.day, month.last.day))


def _named_month(turn: Turn) -> int | None:
    found = figure_words().row_month.search(turn.text)
    wanted = read_count(found[1]) if found else None
    return wanted if wanted and wanted <= _MONTHS else None


def _month(day: date, further: int) -> Span:
    years, month = divmod(day.month - 1 + further, _MONTHS)
    first = date(day.year + years, month + 1, 1)
    return Span(first, first.replace(day=monthrange(first.year, first.month)[1]), of_month=True)

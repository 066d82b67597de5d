"""To which day something is to be put off: of several days named, and of a month without a day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date

from actions.conversation.turn import Entity, Turn
from actions.negotiation.first_day import day_to_pay
from actions.negotiation.lexicon import hearing_lexicon
from nlu.entities.numerals import read_count

_OF_A_DAY = frozenset({"date", "day_of_month"})
_MONTHS = 12


def about_the_later_day(turn: Turn) -> Turn:
    """The turn with the day that is wished for alone: "26号那个能推到12月中旬吗" is the 15th.

    "12月" by itself is a month of the year and no twelve months.
    """
    kept = tuple(one for one in turn.entities if not _names_a_month(turn, one))
    if any(_is_to_come(turn, one) for one in kept):  # "昨天忘了还，能拖到28号不"
        kept = tuple(one for one in kept if one.kind != "date" or _is_to_come(turn, one))
    turn = replace(turn, entities=kept)
    if sum(one.kind == "date" for one in kept) < 2:
        return turn
    meant = _behind_the_word(turn) or day_to_pay(turn)
    if meant is None:
        return turn
    others = (one for one in kept if one.kind not in _OF_A_DAY or one.start == meant.start)
    return replace(turn, entities=tuple(others))


def into_a_month(turn: Turn, counted_from: date) -> date | None:
    """ "12月的能推到1月吗", "挪到下个月": the same day of that month; None where no month is named.

    What is to be put off is due on `counted_from`, or on that day of the month it is named by.
    """
    words = hearing_lexicon()
    found = words.put_off_to_month.search(turn.text)
    if found is None:
        return None
    if found["next"]:
        return _further(counted_from, len(found["next"]))
    month = read_count(found["month"])
    if not month or month > _MONTHS:
        return None
    return _further(counted_from, (month - counted_from.month) % _MONTHS or _MONTHS)


def due_in_the_month(turn: Turn, counted_from: date) -> date:
    """The day that what is put off falls due on: that of the month it is named by (12月的)."""
    found = hearing_lexicon().of_a_month.search(turn.text)
    month = read_count(found["month"]) if found else None
    if not month or month > _MONTHS:
        return counted_from
    return _further(counted_from, (month - counted_from.month) % _MONTHS)


def _behind_the_word(turn: Turn) -> Entity | None:
    """The date right behind 推到, 拖到, 晚到."""
    to, dates = hearing_lexicon().put_off_to, [one for one in turn.entities if one.kind == "date"]
    first = next((one for one in dates if to.search(turn.text[: one.start])), None)
    if first is None:
        return None
    due = hearing_lexicon().due_then  # "推到月底 12月5号" says it once more, "…26号那个" does not
    behind = [one for one in dates if not due.match(turn.text[one.end :])]
    return behind[-1] if behind and behind[-1].start > first.start else first


def _is_to_come(turn: Turn, one: Entity) -> bool:
    return one.kind == "date" and date.fromisoformat(one.value) >= turn.today


def _names_a_month(turn: Turn, one: Entity) -> bool:
    said = turn.text[one.start : one.end]
    return one.kind == "duration" and hearing_lexicon().month_named.fullmatch(said) is not None


def _further(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, _MONTHS)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))

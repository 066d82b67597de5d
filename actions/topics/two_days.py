"""Two days of the month in one question: "9号到期10号还算逾期吗"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from account_engine.domain.state import RecallStage
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import with_own_line
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.topics.brief import owed

_LAST = 31
_BOTH = 2
_A_DAY = timedelta(days=1)
_NEAR = 15  # days further apart may well be days of two months


def two_days(turn: Turn) -> Reply | None:
    """Whether paying on the second day named is late, the first being due; None for others.

    Only days within one month are compared; of "30号到期，2号还" nothing is said here.
    """
    words = figure_words()
    found = list(words.day_of_month.finditer(turn.text))
    asked = words.falls_due.search(turn.text) and words.asks_if_late.search(turn.text)
    if len(found) != 2 or not asked or words.another_day.search(turn.text):
        return None
    first, second = (int(one[1]) for one in found)
    due, paid = (first, second) if _due_is_first(turn.text, found) else (second, first)
    values = _compared(due, paid)
    return Reply("grace.two_days", values) if values else None


def two_days_told(turn: Turn, desk: Desk) -> Reply | None:
    """The same with the own due days: the day named may be none of them."""
    found = two_days(turn)
    return found and with_own_line(found, turn, desk)


def _compared(due: int, paid: int) -> dict[str, int]:
    """Both days and whether the second is late; nothing where they may be days of two months."""
    if not 1 <= due <= _LAST or not 1 <= paid <= _LAST or abs(due - paid) > _NEAR:
        return {}
    return {"due": due, "paid": paid, "late": paid > due}


@answers("ask_day_included")
def day_included(turn: Turn, desk: Desk) -> Reply:
    """ "9号前包括9号吗", "9号前包括10号吗": whether the second day is still in time."""
    if (late := too_late_for_notice(turn, desk)) is not None:
        return late
    days = [int(one[1]) for one in figure_words().any_day_of_month.finditer(turn.text)]
    values = _compared(days[0], days[1]) if len(days) == _BOTH else {}
    return with_own_line(Reply("grace.included", values), turn, desk)


def too_late_for_notice(turn: Turn, desk: Desk) -> Reply | None:
    """ "25号晚上还来得及吗", when all is demanded from that day or soon after it; else None.

    What is late has to be made up before that day: paying within it is not in time, paying at
    any hour of a day before it is.
    """
    on = turn.coming_date()
    asked = figure_words().still_in_time.search(turn.text)
    if turn.borrower_id is None or on is None or not asked:
        return None
    state = desk.engine.state(turn.borrower_id)
    noticed = [
        one
        for one in accounts.asked(turn, state)
        if one.recall.stage is RecallStage.NOTICED and _by_then(on, one.recall.effective_on)
    ]
    if not noticed or desk.situations.about_somebody_else(turn):
        return None
    first = min(one.recall.effective_on for one in noticed if one.recall.effective_on)
    values = {"noticed": noticed, "owed": owed(desk, turn.borrower_id), "last": first - _A_DAY}
    if on < first:
        hour = figure_words().an_hour.search(turn.text)
        return Reply("grace.before_notice_day", values, details="quote:overdue") if hour else None
    return Reply("grace.notice_day", values, details="quote:overdue")


def _by_then(on: date, effective_on: date | None) -> bool:
    return effective_on is not None and on <= effective_on


def _due_is_first(text: str, found: list[re.Match[str]]) -> bool:
    """The day that stands nearer to a word of falling due; the first where both stand as near."""

    def far(day: re.Match[str]) -> int:
        return min(
            min(abs(word.start() - day.end()), abs(day.start() - word.end()))
            for word in figure_words().falls_due.finditer(text)
        )

    return far(found[0]) <= far(found[1])

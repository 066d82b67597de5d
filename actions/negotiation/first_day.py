"""Hears the day to begin with: "15号", "下个月再开始", and "发了工资还", which names none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from actions.conversation.memory import CHOSEN, MONTHLY, START
from actions.conversation.turn import Entity, Turn
from actions.negotiation.amounts import AMOUNT, MONTHLY_WISH
from actions.negotiation.earned import CLAUSE_END
from actions.negotiation.lexicon import hearing_lexicon

_LONGEST_MONTH = 31
_TOLD_WHEN = frozenset({"first_date", "day_of_month"})


def heard_when(turn: Turn, wishes: dict[str, Any]) -> date | None:
    """Adds the first day to the wishes; returns a day that has gone by."""
    if (day := _bare_day(turn, wishes)) is not None:
        del wishes[MONTHLY_WISH]
        wishes["day_of_month"] = day
    first, past = _first_date(turn)
    later = hearing_lexicon().next_month.search(turn.text) if turn.active_form else None
    if first is None and later is not None:
        first = _first_of_next_month(turn.today, months=len(later[1]))
    if first:
        wishes["first_date"] = first
    return past


def day_to_pay(turn: Turn) -> Entity | None:
    """The date to begin with: of several the one that is paid on, none on which there is no money.

    "15号发工资，20号还" is the 20th. "20号还款，25号才有钱" is the 25th: no money comes before it.
    """
    lexicon = hearing_lexicon()
    dates = [
        one
        for one in turn.entities
        if one.kind == "date" and not lexicon.due_day_before.search(turn.text[: one.start])
    ]
    told = [(one, _words_behind(turn, one, dates)) for one in dates]
    told = [(one, words) for one, words in told if not _no_day_to_pay_on(words)]
    only_then = [one for one, words in told if lexicon.only_then.match(words)]
    paid_on = [one for one, words in told if lexicon.paid_on.match(words)]
    if lexicon.correction.search(turn.text) and told:
        return told[-1][0]  # "不是15号，是20号"
    return next(iter([*only_then, *paid_on, *(one for one, _ in told)]), None)


def _no_day_to_pay_on(words: str) -> bool:
    """There is no money on that day, or it names what falls due then: 26号的花呗."""
    lexicon = hearing_lexicon()
    return bool(lexicon.no_money_then.match(words) or lexicon.due_then.match(words))


def _words_behind(turn: Turn, one: Entity, dates: list[Entity]) -> str:
    """The words up to the next date or the end of the clause."""
    ahead = [other.start for other in dates if other.start >= one.end]
    return CLAUSE_END.split(turn.text[one.end : min(ahead, default=len(turn.text))])[0]


def day_of_month(turn: Turn) -> int | None:
    """ "15号" as a day of the month, where that is the day to pay on."""
    named = day_to_pay(turn)
    days = [one for one in turn.entities if one.kind == "day_of_month" and one.value.isdigit()]
    fitting = [one for one in days if named is None or one.start == named.start]
    if named is None:  # "26号的花呗" names what falls due then
        fitting = [one for one in days if not _no_day_to_pay_on(_words_behind(turn, one, []))]
    found = int(fitting[0].value) if fitting else 0
    return found if 1 <= found <= _LONGEST_MONTH else None


def _first_date(turn: Turn) -> tuple[str | None, date | None]:
    """The date named, and the same as "past" when it lies behind."""
    said = day_to_pay(turn)
    named = date.fromisoformat(said.value) if said else None
    if named is None:
        return None, None
    if named < turn.today:
        # "15号" read as the last 15th still says which day of the month is meant.
        return (None, None) if day_of_month(turn) else (None, named)
    return named.isoformat(), None


def _bare_day(turn: Turn, wishes: Mapping[str, Any]) -> int | None:
    """ "每月15" where the form asks from which day: the fifteenth, and no fifteen yuan."""
    fen = wishes.get(MONTHLY_WISH)
    if turn.requested_slot != START or fen is None or fen % 100 or fen > _LONGEST_MONTH * 100:
        return None
    said = turn.first(AMOUNT)
    return fen // 100 if said and turn.text[said.start : said.end].isdigit() else None


def _first_of_next_month(today: date, *, months: int) -> str:
    """ "下个月再开始", "下下个月" name no day: not before the first of it."""
    first = today.replace(day=1)
    for _ in range(months):
        first = (first + timedelta(days=_LONGEST_MONTH)).replace(day=1)
    return first.isoformat()


def is_vague_about_the_day(turn: Turn) -> bool:
    """ "发了工资还", "过完年": a time to begin, without the day the form asked for."""
    if turn.requested_slot not in (START, CHOSEN) and not _before_the_month(turn):
        return False
    if turn.named_date() or turn.first("day_of_month"):
        return False
    lexicon = hearing_lexicon()
    if lexicon.unsure.search(turn.text):  # "说不准啥时候发工资" cannot name it
        return False
    told = turn.wishes.keys() & _TOLD_WHEN and not lexicon.another_day.search(turn.text)
    if lexicon.which_payday.search(turn.text):
        if lexicon.goes_elsewhere.search(turn.text):
            return False  # "另外三万给工人发工资"
        return not told  # "5号发工资" … "发了工资我能拿两千"
    return bool(lexicon.vague_day.search(turn.text))


def _before_the_month(turn: Turn) -> bool:
    """ "过了年才有钱" where the form asks how much a month, and no sum is said."""
    return turn.requested_slot == MONTHLY and turn.first(AMOUNT) is None


def is_about_the_day(turn: Turn) -> bool:
    """ "发了工资还", "第一期5号": when to begin, where the form asks for that."""
    if is_vague_about_the_day(turn):
        return True
    named = turn.named_date() or turn.first("day_of_month")
    asks = hearing_lexicon().reserved.search(turn.text)
    return bool(turn.requested_slot == START and named and not asks)


def starts_next_month(turn: Turn) -> bool:
    """ "同意，不过能不能下个月再开始"."""
    lexicon = hearing_lexicon()
    return bool(lexicon.next_month.search(turn.text) and lexicon.starts.search(turn.text))

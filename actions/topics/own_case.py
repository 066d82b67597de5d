"""What a visitor told of an own debt, worked out from the product's demo terms as an example."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from account_engine.domain.money import Money
from account_engine.services.supposition import InvalidSupposition
from actions.conversation.desk import Desk
from actions.conversation.last_question import LastQuestion
from actions.conversation.own_case import OwnCase
from actions.conversation.periods import days_of
from actions.conversation.reply import Reply
from actions.conversation.signing_in import ask_to_sign_in
from actions.conversation.supposed import Supposed
from actions.conversation.topic import special_side
from actions.conversation.turn import Turn
from actions.knowledge.case_words import case_words
from actions.knowledge.conduct import asked_figures
from actions.knowledge.figure_words import figure_words
from actions.topics.case_reckoned import (
    Reckoned,
    days_later,
    left_after,
    reckoned,
    sums,
    worked_out,
)
from actions.topics.rate_allowed import with_a_word_on_the_rate


def told_case(turn: Turn, desk: Desk, key: str = "own_case.total") -> Reply | None:
    """What is owed by what was told, each debt and all of them; None where nothing is known."""
    found = reckoned(turn, desk)
    if not found:
        return None
    return with_a_word_on_the_rate(ask_to_sign_in(key, desk, **sums(found)), turn, desk)


def case_later(turn: Turn, desk: Desk, key: str = "own_case.later") -> Reply | None:
    """The same on a later day: "再拖一个月呢", "明天还呢"."""
    return told_later(turn, desk, days_more(turn), key)


def told_later(turn: Turn, desk: Desk, more: int | None, key: str) -> Reply | None:
    """What was told, so many days from now; None where nothing can be reckoned."""
    if more is None or not near_enough(more):
        return None
    now = reckoned(turn, desk)
    then = tuple(found for one in now if (found := days_later(one, more, desk)))
    if not now or len(then) != len(now) or not any(one.days for one in then):
        return None  # "25号到期": nothing is late on that day
    on = turn.today + timedelta(days=more)
    values = {
        "more": more,
        "on": on,
        "then": then,
        "then_total": Money.total(one.total for one in then),
        "then_penalty": Money.total(one.penalty for one in then),
        "by_instalments": any(one.debt.each or one.debt.missed for one in now),
        **sums(now),
    }
    waits = Supposed(0, turn.today, None, turn.turns, on)
    return ask_to_sign_in(key, desk, **values).changed(supposes=waits)


def case_part(turn: Turn, desk: Desk) -> Reply | None:
    """What a part paid today leaves: "先还5000呢"; on the debt that costs most by the day."""
    return after_part(_paid(turn, reckoned(turn, desk)), turn, desk)


def after_part(fen: int | None, turn: Turn, desk: Desk) -> Reply | None:
    found = reckoned(turn, desk)
    if not fen:
        return None
    if not found:
        return _of_a_debt_without_days(fen, turn, desk)
    paid_on = _costliest(found)
    try:
        left, still_late, a_day = left_after(paid_on, Money(fen), desk)
    except InvalidSupposition:
        return None
    rest = tuple(one for one in found if one is not paid_on)
    others, over = Money.total(one.total for one in rest), Money(fen) - paid_on.total
    values = {
        "paid": fen,
        "paid_on": paid_on,
        "left": left,
        "left_all": left + others,
        "still_late": still_late,
        "a_day_after": a_day,
        "over": over,
        "next": _costliest(rest) if rest and over.fen > 0 else None,
        **sums(found),
    }
    told = ask_to_sign_in("own_case.part", desk, **values)
    return told.changed(supposes=Supposed(fen, turn.today, None, turn.turns))


def _of_a_debt_without_days(fen: int, turn: Turn, desk: Desk) -> Reply | None:
    """ "借呗欠八千" … "先还两千呢": what is left of the sum, and what a day then adds."""
    case = OwnCase.of(turn)
    debt = case.debts[-1] if case and case.begun else None
    owed = debt.whole_fen if debt else None
    if debt is None or not owed or owed <= fen:
        return None
    in_one = replace(debt, fen=owed, each=None, missed=None, left=None, days=0)
    whole, rest = worked_out(in_one, desk), worked_out(replace(in_one, fen=owed - fen), desk)
    if whole is None or rest is None:
        return None
    values = {"paid": fen, "whole": whole, "rest": rest, "debts": (whole,)}
    told = ask_to_sign_in("own_case.part_of_sum", desk, **values)
    return told.changed(supposes=Supposed(fen, turn.today, None, turn.turns))


def near_enough(days: int) -> bool:
    return 0 < days <= asked_figures().farthest_days_ahead


def _costliest(found: tuple[Reckoned, ...]) -> Reckoned:
    return max(found, key=lambda one: one.rate or Decimal(0))


def _paid(turn: Turn, found: tuple[Reckoned, ...]) -> int | None:
    """The sum that is named, half of what is owed, or so many of the instalments."""
    words = figure_words()
    if named := _named_beside(turn, found):
        return named
    if words.half.search(turn.said_now):
        return sum(one.total.fen for one in found) // 2
    terms, each = turn.entity("terms"), found[0].each if found else _each_told(turn)
    return int(terms) * each if terms and terms.isdigit() and each else None


def _each_told(turn: Turn) -> int | None:
    """One instalment of a loan that was told without its days."""
    case = OwnCase.of(turn)
    return case.debts[-1].each if case is not None else None


def _named_beside(turn: Turn, found: tuple[Reckoned, ...]) -> int | None:
    """The sum in the message that is none of the debts that it tells ("花呗4000，先还1000")."""
    case = OwnCase.of(turn)
    if case is None or not case.told_now(turn):
        return turn.amount_fen()
    owed = {one.debt.fen for one in found} | {one.debt.each for one in found}
    said = (one.value for one in turn.entities if one.kind == "amount")
    others = (int(one) for one in said if one.isdigit() and int(one) not in owed)
    least = asked_figures().least_part_fen
    return next((fen for fen in others if fen >= least), None)


def case_credit(turn: Turn, desk: Desk, reply: Reply) -> Reply:
    """`reply` after a word on the days that were told; a rule that was asked for stays alone."""
    case = OwnCase.of(turn)
    if case is None or not case.stated or special_side(turn, desk) is not None:
        return reply
    days = max((one.days for one in case.debts if one.days is not None), default=None)
    if days is None:
        return reply
    return reply.changed(lead="own_case.credit", values={**reply.values, "case_days": days})


def case_first(turn: Turn, desk: Desk) -> Reply | None:
    """Of several late debts that were told, the one with the highest daily rate."""
    case = OwnCase.of(turn)
    told = case.debts if case is not None and case.stated else ()
    found = (worked_out(one, desk) for one in told)
    late = [one for one in found if one is not None and one.rate]
    late.sort(key=lambda one: one.rate or 0, reverse=True)
    if len(late) <= 1:
        return None
    named = set(turn.values("product"))
    wished = (
        next(iter(named))
        if len(named) == 1 and figure_words().asks_leave.search(turn.said_now)
        else None
    )
    values = {"first": late[0], "then": late[-1], "debts": tuple(late), "wished": wished}
    return ask_to_sign_in("own_case.first", desk, **values)


def case_penalty(turn: Turn, desk: Desk) -> Reply | None:
    """The penalty to today and what a day adds; on a later day what that one costs."""
    more = days_more(turn) or _days_before(turn)
    later_on = told_later(turn, desk, more, "own_case.later")
    return later_on or told_case(turn, desk, "own_case.penalty")


def days_more(turn: Turn) -> int | None:
    """How many days from now are asked about; None where a whole time late is ("那60天呢")."""
    words, said = figure_words(), turn.said_now
    found = _from_now(turn, said)
    if found is None and not days_of(turn.entity("duration")) and words.that_day.search(said):
        return _days_before(turn)
    return found


def _from_now(turn: Turn, said: str) -> int | None:
    days, on = days_of(turn.entity("duration")), turn.coming_date()
    if _was_the_due_day(turn):
        on = None
    words = figure_words()
    if days is not None and (words.more_days.search(said) or words.later.search(said)):
        return days
    if days is not None and words.later_by.search(said) and words.compares.search(said):
        return days
    return (on - turn.today).days if on is not None and days is None else None


def _was_the_due_day(turn: Turn) -> bool:
    """ "不是15号，是12号" … "那多了多少": the day of the message before was no day to pay on."""
    last = LastQuestion.of(turn)
    if last is None or not case_words().corrects.search(last.text):
        return False
    days = [one for one in turn.entities if one.kind == "date"]
    return bool(days) and all(one in last.entities for one in days)


def _days_before(turn: Turn) -> int | None:
    """Those of the question before ("下个月5号才发工资" … "到时候一共多少", "那多多少").

    Only what is asked on top of it, or on that day; any other question is one of today.
    """
    words, said = figure_words(), turn.said_now
    if not (words.that_day.search(said) or words.compares.search(said)):
        return None
    supposed, last = Supposed.held(turn), LastQuestion.of(turn)
    if supposed is not None and supposed.until is not None:
        return (supposed.until - turn.today).days
    if last is None or case_words().corrects.search(last.text):
        return None
    return _from_now(replace(turn, entities=last.entities), last.text)

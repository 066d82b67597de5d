"""Keeps what messages tell of an own debt: joined, corrected, another beside it."""

from __future__ import annotations

from dataclasses import replace

from actions.conversation.case_clauses import Told, debts_beside, debts_with_days, told_in
from actions.conversation.case_sums import (
    paid_of_it,
    the_rest_of_all,
    with_bare_sums,
    without_the_due_day,
)
from actions.conversation.last_question import KINDS, Group
from actions.conversation.own_case import Debt, OwnCase, holding
from actions.conversation.turn import Turn
from actions.knowledge.case_words import case_words
from nlu.safety.sureness import SURE_OF_DISTRESS

_OF_A_DEBT = KINDS[Group.PRODUCT] | KINDS[Group.AMOUNT] | KINDS[Group.DAY] | KINDS[Group.TERMS]
# What somebody feels, wishes for or disputes is answered as that, whatever it tells of the debt.
_OF_THEIR_OWN = ("state_", "express_", "report_", "dispute_", "request_human", "promise_")


def hearing_own_case(turn: Turn) -> Turn:
    """The turn, with what it tells of an own debt among what the talk holds."""
    if turn.known or turn.text.startswith("/"):
        return turn
    turn = with_bare_sums(turn)
    case = _less_paid(_heard(turn), turn)
    if case is None:
        return turn
    turn = without_the_due_day(holding(turn, case))
    return replace(turn, intent="inform") if _no_distress(turn) else turn


def _less_paid(case: OwnCase | None, turn: Turn) -> OwnCase | None:
    """The case less what the message says was paid of the debt spoken of last."""
    held = case or OwnCase.of(turn)
    paid = paid_of_it(turn) if held is not None and held.stated else 0
    if held is None or not paid:
        return case
    left = held.debts[-1].less(paid)
    if left == held.debts[-1]:
        return case
    return OwnCase((*held.debts[:-1], left), turn.turns)


def _no_distress(turn: Turn) -> bool:
    """ "十二天了" where the days were asked for: no cry, however the classifier heard it."""
    faint = turn.intent == "express_distress" and turn.confidence < SURE_OF_DISTRESS
    return faint and not turn.safety_signal() and nothing_else(turn)


def only_tells_a_case(turn: Turn) -> bool:
    """Whether the message says something of an own debt and asks nothing beside it.

    Without a sum there is nothing to reckon, and being late is what is spoken of; but the days
    since a due date, and instalments that were missed, are worth saying.
    """
    case = OwnCase.of(turn)
    if case is None or not case.told_now(turn) or not case.stated:
        return False
    last = case.debts[-1]
    since_due = last.days and (turn.entity("date") or last.rate)
    if not (last.late_fen or since_due or last.missed or last.left or last.several):
        return False
    return nothing_else(turn) or _is_a_statement(turn)


def nothing_else(turn: Turn) -> bool:
    """Whether there is nothing beside the values of a debt but words that tell it."""
    text = turn.text
    if case_words().either_or.search(text):
        return False
    kinds = _OF_A_DEBT | {"percentage"}
    spans = {(one.start, one.end) for one in turn.entities if one.kind in kinds}
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return not case_words().only_told.sub("", text)


def _is_a_statement(turn: Turn) -> bool:
    """Words beside the values that neither ask nor wish for anything ("合同上写年利率13.2")."""
    words, intent = case_words(), turn.intent or ""
    case = OwnCase.of(turn)
    alone = case is not None and case.debts[-1] == Debt(fen=case.debts[-1].fen)
    if intent.startswith(_OF_THEIR_OWN) or (alone and not words.surely_owes.search(turn.text)):
        return False
    return not words.asks.search(turn.text) and not words.more_than_told.search(turn.text)


def _heard(turn: Turn) -> OwnCase | None:
    """The case with what this message adds; None where it tells of no debt."""
    before = OwnCase.of(turn)
    if (both := the_rest_of_all(turn)) is not None:
        first, owed, last_one, rest = both
        days = told_in(turn, None).debt.days
        return OwnCase((Debt(first, owed, days), Debt(last_one, rest, days)), turn.turns)
    waits = before is not None and not before.stated
    last = before.debts[-1] if before is not None else Debt()
    bare = before is not None and turn.entity("product") is None and nothing_else(turn)
    held = last if bare or replace(last, product=None) != Debt() else None
    told = told_in(turn, held)
    debt = told.debt
    if debt == Debt():
        return None
    if before is None or (waits and (held is None or debts_beside(turn, debt))):
        return _opened(told, before, turn)
    if waits and not (debts_beside(turn, debt) and told.stated):
        merged = last.with_values_of(debt)
        return OwnCase((merged,), turn.turns, stated=told.stated and not _asks_only(told))
    for one in debts_with_days(turn, debt):  # "花呗逾期20天，借呗逾期5天" of two that were told
        before = _added(before, one, turn) or before
    return _added(before, debt, turn)


def _asks_only(told: Told) -> bool:
    """A product or nothing is no statement of the debt."""
    return replace(told.debt, product=None) == Debt()


def _opened(told: Told, before: OwnCase | None, turn: Turn) -> OwnCase | None:
    """A case begun; days of zero ("还没到期") or a rate alone begin none."""
    debt = told.debt
    if before is not None:
        debt = before.debts[-1].with_values_of(debt)
    worth = debt.late_fen or debt.days or debt.missed or debt.left or debt.several
    if not worth:
        return OwnCase((Debt(debt.product),), turn.turns, stated=False) if debt.product else None
    first = before is None or not before.begun
    beside = debts_beside(turn, debt) if first and told.stated else ()
    return OwnCase((*beside, debt), turn.turns, told.stated)


def _added(before: OwnCase, told: Debt, turn: Turn) -> OwnCase | None:
    """What was told before with this in its place, or another debt beside it."""
    words = case_words()
    last, others = before.debts[-1], before.debts[:-1]
    if last.several and told.product:
        return _told_apart(before, told, turn)
    if told == Debt(told.product) and not words.corrects.search(turn.text):
        return None  # a product by itself asks about it
    same = next((one for one in before.debts if one.product == told.product), None)
    if told.product and told.product != last.product and last.product:
        if same is not None:
            others = tuple(one for one in before.debts if one is not same)
            return OwnCase((*others, same.with_values_of(told)), turn.turns)
        if words.another.search(turn.text) or not words.corrects.search(turn.text):
            days = last.days if told.days is None else told.days
            return OwnCase((*before.debts, replace(told, days=days)), turn.turns)
    if told.days is not None and told.product is None:  # "都晚了8天": of all whose days nobody told
        waiting = [one for one in others if one.days is None and one.fen]
        others = tuple(replace(one, days=told.days) if one in waiting else one for one in others)
    return OwnCase((*others, last.with_values_of(told)), turn.turns)


def _told_apart(before: OwnCase, told: Debt, turn: Turn) -> OwnCase | None:
    """One of several debts by itself in place of the sum of them all; None without its sum."""
    if not told.late_fen:
        return None
    days, others = before.debts[-1].days, before.debts[:-1]
    apart = (*debts_beside(turn, told), told)
    found = (replace(one, days=days) if one.days is None else one for one in apart)
    return OwnCase((*others, *found), turn.turns)

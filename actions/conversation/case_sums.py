"""Sums of one message that are no debt of their own: one of several debts, and what was paid."""

from __future__ import annotations

from dataclasses import replace

from actions.conversation.turn import Entity, Turn
from actions.knowledge.case_words import case_words
from actions.knowledge.figure_words import figure_words


def of_several(turn: Turn) -> bool:
    """ "花呗借呗还有美团一共六万多", "欠三家总共八万": the one sum is of none alone.

    Of several sums ("花呗借呗一共欠两万六，每个月还八百") it is the one in that clause.
    """
    words, text = case_words(), turn.text
    all_of_them = words.of_all.search(text)
    if all_of_them is None or words.each_of_them.search(text):
        return False
    start, end = 0, len(text)
    if sum(one.kind == "amount" for one in turn.entities) > 1:
        start, end = _clause_around(text, all_of_them.start())
    told = [one for one in turn.entities if start <= one.start < end]
    if sum(one.kind == "amount" for one in told) != 1:
        return False
    lenders = {one.value for one in told if one.kind == "product"}
    named = len(lenders) + (1 if words.elsewhere.search(text[start:end]) else 0)
    return named > 1 or bool(words.several_lenders.search(text[start:end]))


def not_owed(turn: Turn, said: Entity, clause: str, start: int) -> bool:
    """What is no debt beside others: so much a month, and the sum of debts that were each told."""
    if of_several(turn):  # "一共欠两万六，每个月还八百"
        return bool(figure_words().each_month.search(clause[: said.start - start]))
    named = [one for one in turn.entities if one.kind == "product"]
    before = [one for one in turn.entities if one.kind == "amount" and one.end <= start]
    inside = any(start <= one.start < start + len(clause) for one in named)
    total = not inside and case_words().of_all.search(clause)
    return bool(total and len(before) > 1 and len({one.value for one in named}) > 1)


def _clause_around(text: str, place: int) -> tuple[int, int]:
    """Where the clause begins and ends in which the place is."""
    marks = list(case_words().clause_ends.finditer(text))
    start = max((one.end() for one in marks if one.end() <= place), default=0)
    return start, min((one.start() for one in marks if one.start() >= place), default=len(text))


def paid_of_it(turn: Turn) -> int:
    """ "前天还了2000": what was paid of a debt that was told before it; zero for none.

    What is left where that is said too ("还了3000，还欠4000"), and what is asked or disputed
    ("还了2000怎么还显示欠"), takes nothing off.
    """
    words, text = case_words(), turn.text
    if words.paid_of_else.search(text):
        return 0
    sums = [one for one in turn.entities if one.kind == "amount" and one.value.isdigit()]
    before = figure_words().paid_before_sum
    paid = [one for one in sums if before.search(text[: one.start])]
    behind = max((one.end for one in paid), default=0)
    if any(one.start > behind for one in sums):  # "还了3000，还欠4000": what is left is told
        return 0
    return sum(int(one.value) for one in paid)


def without_the_due_day(turn: Turn) -> Turn:
    """ "12号到期的，25号发工资想那天还": the day that it fell due is no wish; the other one is."""
    days = [one for one in turn.entities if one.kind == "date"]
    due = [one for one in days if case_words().due_day.search(turn.text[one.end :])]
    if not due or len({one.start for one in days} - {one.start for one in due}) == 0:
        return turn
    gone = {one.start for one in due}
    of_a_day = ("date", "day_of_month")
    kept = (one for one in turn.entities if not (one.kind in of_a_day and one.start in gone))
    return replace(turn, entities=tuple(kept))


def without_what_comes_in(turn: Turn) -> Turn:
    """ "失业金两千，罚息一天多少": a wage or a benefit is nothing that penalty is reckoned on."""
    before = figure_words().comes_in_before
    kept = (
        one
        for one in turn.entities
        if one.kind != "amount" or not before.search(turn.text[: one.start])
    )
    return replace(turn, entities=tuple(kept))


def with_bare_sums(turn: Turn) -> Turn:
    """The turn with numbers as sums that their words make one: "工资才3500", "一笔4000一笔6500"."""
    words, text, found = case_words(), turn.text, []
    for number in words.bare_number.finditer(text):
        known = any(one.start < number.end() and number.start() < one.end for one in turn.entities)
        if not known and words.sum_before.search(text[: number.start()]):
            fen = str(int(number[0]) * 100)
            found.append(Entity("amount", fen, number.start(), number.end()))
    if not found:
        return turn
    in_order = sorted((*turn.entities, *found), key=lambda one: one.start)
    return replace(turn, entities=tuple(in_order))


def one_by_one(turn: Turn) -> int | None:
    """ "两笔借呗，一笔4000另一笔6500": both together, in fen; None where not two are told so."""
    sums = [one for one in turn.entities if one.kind == "amount" and one.value.isdigit()]
    told = [one for one in sums if case_words().one_by_one.search(turn.text[: one.start])]
    return sum(int(one.value) for one in told) if len(told) > 1 else None


def the_rest_of_all(turn: Turn) -> tuple[str, int, str, int] | None:
    """ "一共两万，花呗六千，剩下都是借呗": each product with its sum, the last one the rest."""
    ours = [one for one in turn.entities if one.kind == "product"]
    sums = [one for one in turn.entities if one.kind == "amount" and one.value.isdigit()]
    words, text = case_words(), turn.text
    if len(ours) != 2 or len(sums) != 2 or not words.of_all.search(text[: sums[0].start]):
        return None
    first, last = ours
    rest = int(sums[0].value) - int(sums[1].value)
    of_the_first = sums[0].end <= first.start < sums[1].start
    if not of_the_first or rest <= 0 or not words.rest_is.search(text[: last.start]):
        return None
    return first.value, int(sums[1].value), last.value, rest

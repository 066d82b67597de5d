"""What one message says of an own debt, clause by clause: each value by the words around it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from actions.conversation.case_clause import Clause
from actions.conversation.case_spans import clauses
from actions.conversation.case_stretch import OURS
from actions.conversation.case_sums import of_several
from actions.conversation.case_values import (
    last_said,
)
from actions.conversation.named_rate import named_rate
from actions.conversation.own_case import Debt
from actions.conversation.turn import Turn
from actions.knowledge.case_words import case_words


@dataclass(frozen=True, slots=True)
class Told:
    """The parts of a debt in a message.

    `stated` is False where they only stand in a question ("逾期三天会有人打电话吗").
    """

    debt: Debt
    stated: bool


def told_in(turn: Turn, held: Debt | None) -> Told:
    """Product, sum, days, rate and instalments that the message says of a debt.

    `held` is what was told before: values by themselves belong to it, and may correct it.
    """
    words, stated, asked, open_case = case_words(), Debt(), Debt(), held is not None
    own = bool(words.whose.search(turn.text))
    for start, end in clauses(turn):
        part = Clause(turn, start, end, held or _spoken_of(turn, start, stated))
        if part.of_another:
            continue
        found = part.debt()
        if not open_case and part.asks and not own:
            asked = asked.with_values_of(found)
        else:
            stated = stated.with_values_of(found)
    product = _product(turn)
    if stated == Debt():
        stated = replace(stated, rate=_rate(turn, open_case=open_case))
    if stated == Debt():
        if product and words.corrects.search(turn.text):
            return Told(Debt(product), stated=True)
        return Told(_only_asked(asked, product), stated=False)
    whole = asked.with_values_of(stated)
    if whole.fen and of_several(turn):  # "花呗借呗一共欠三万": of neither alone
        return Told(Debt(fen=whole.fen, days=whole.days, several=True), stated=True)
    rate = stated.rate or _rate(turn, open_case=open_case)
    return Told(replace(whole, product=product, rate=rate), stated=True)


def _spoken_of(turn: Turn, start: int, stated: Debt) -> Debt | None:
    """What values by themselves belong to: what was stated, or "借呗催得紧" before "一万一"."""
    if stated != Debt():
        return stated
    before = turn.text[:start]
    ours = (one for one in turn.entities if one.kind == "product" and one.value in OURS)
    named = next((one.value for one in ours if one.end <= start), None)
    owed = case_words().presses.search(before)
    return Debt(named) if named and owed and not case_words().asks.search(before) else None


def debts_with_days(turn: Turn, told: Debt) -> tuple[Debt, ...]:
    """The days of each product that is named before the last one, each in a clause of its own."""
    parts = (Clause(turn, start, end, None) for start, end in clauses(turn))
    ours = (one for one in parts if one.product not in (None, told.product) and not one.asks)
    found = (replace(one.debt(), product=one.product) for one in ours)
    return tuple(one for one in found if one.days is not None)


def debts_beside(turn: Turn, told: Debt) -> tuple[Debt, ...]:
    """ "花呗4000，借呗8000，都晚了一个星期": those that are told before `told`, as late as that."""
    found: dict[str, Debt] = {}
    for start, end in clauses(turn):
        part = Clause(turn, start, end, None)
        if part.product and part.product != told.product and not part.asks:
            one = part.debt()
            days = told.days if one.days is None else one.days
            if one.fen is not None and told.fen is not None and told.product is not None:
                found[part.product] = replace(one, product=part.product, days=days)
    return tuple(found.values())


def _only_asked(asked: Debt, product: str | None) -> Debt:
    """Parts that wait; a question that names sum and days is a supposition by itself."""
    return Debt(product) if asked.complete else replace(asked, product=product)


def _product(turn: Turn) -> str | None:
    ours = [one for one in turn.entities if one.kind == "product" and one.value in OURS]
    said = last_said(turn.text, ours, 0, frozenset({"product"}))
    return said.value if said is not None else None


def _rate(turn: Turn, *, open_case: bool) -> str | None:
    """The yearly price that is named ("日利率万五"), as a share; not one that is asked about.

    Without a word for its time only where a debt was told before.
    """
    named = named_rate(turn)
    if named is None or named.of_penalty or not (named.said or open_case):
        return None
    asked = case_words().asks_rate.search(turn.text)
    return str(named.yearly) if named.yearly > 0 and not asked else None

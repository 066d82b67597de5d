"""Hears what a message tells of an own debt, clause by clause; questions tell nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from actions.conversation.last_question import KINDS, Group
from actions.conversation.named_rate import named_rate
from actions.conversation.own_case import Debt, OwnCase, holding
from actions.conversation.periods import days_of
from actions.conversation.turn import Entity, Turn
from actions.knowledge.case_words import case_words
from actions.knowledge.conduct import asked_figures
from actions.knowledge.figure_words import figure_words

_OF_A_DEBT = KINDS[Group.PRODUCT] | KINDS[Group.AMOUNT] | KINDS[Group.DAY]
_OURS = frozenset({"huabei", "jiebei"})


def hearing_own_case(turn: Turn) -> Turn:
    """The turn, with what it tells of an own debt among what the talk holds."""
    if turn.known or turn.text.startswith("/"):
        return turn
    case = _heard(turn)
    return turn if case is None else holding(turn, case)


def only_tells_a_case(turn: Turn) -> bool:
    """Whether the message says something of an own debt and asks nothing beside it.

    Without a sum there is nothing to reckon, and being late is what is spoken of; but the days
    since a due date are worth saying.
    """
    case = OwnCase.of(turn)
    if case is None or not case.told_now(turn):
        return False
    if not case.debts[-1].fen and not (case.debts[-1].days and turn.entity("date")):
        return False
    text = turn.text
    spans = {(one.start, one.end) for one in turn.entities if one.kind in _OF_A_DEBT}
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return not case_words().only_told.sub("", text)


def _heard(turn: Turn) -> OwnCase | None:
    """The case with what this message adds; None where it tells of no debt."""
    before = OwnCase.of(turn)
    words = case_words()
    told = _told(turn, open_case=before is not None)
    if told == Debt() or (before is None and told.fen is None and not told.days):
        return None
    if before is None:
        return OwnCase((told,), turn.turns)
    last = before.debts[-1]
    others = before.debts[:-1]
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
    return OwnCase((*others, last.with_values_of(told)), turn.turns)


def _told(turn: Turn, *, open_case: bool) -> Debt:
    """Product, sum and days that the message says of a debt."""
    words, found = case_words(), Debt()
    for start, end in _clauses(turn.text):
        clause = turn.text[start:end]
        if words.not_late.search(clause):
            found = replace(found, days=0)
        if not open_case and words.asks.search(clause) and not words.whose.search(turn.text):
            continue
        inside = [one for one in turn.entities if start <= one.start and one.end <= end]
        found = found.with_values_of(_of_clause(turn, clause, inside, start, open_case))
    products = [one for one in turn.values("product") if one in _OURS]
    product = _not_denied(turn, "product", frozenset({"product"})) if products else None
    if found == Debt():
        corrected = product and words.corrects.search(turn.text)
        return Debt(product.value) if product and corrected else found
    return replace(found, product=product.value if product else None, rate=_rate(turn))


def _rate(turn: Turn) -> str | None:
    """The yearly price that is named ("日利率万五"), as a share; not one that is asked about."""
    named = named_rate(turn)
    if named is None or not named.said or named.of_penalty:
        return None
    return str(named.yearly) if named.yearly > 0 else None


def _of_clause(turn: Turn, clause: str, inside: list[Entity], start: int, open_case: bool) -> Debt:
    words = case_words()
    bare = open_case and not words.only_told.sub("", _without(clause, inside, start))
    product = any(one.kind == "product" and one.value in _OURS for one in inside)
    fen = days = None
    if (words.owes.search(clause) or product or bare) and not words.owes_not.search(clause):
        said = _last_said(clause, inside, start, frozenset({"amount"}))
        fen = (
            int(said.value) if said is not None and said.value.isdigit() else _bare(clause, inside)
        )
    said = _last_said(clause, inside, start, frozenset({"duration"}))
    if said is not None and (words.late.search(clause) or bare) and _is_past(said, clause, start):
        days = days_of(said.value)
    if days is None and words.was_due.search(clause):
        missed = bool(words.missed.search(turn.text))
        days = _since(_first_day(inside), turn.today, missed)
    longest = asked_figures().longest_days_late
    return Debt(None, fen or None, days if days and days <= longest else None)


def _bare(clause: str, inside: list[Entity]) -> int | None:
    """A number without a unit that the NLU took for none ("逾期那一期3200"), in fen."""
    if any(one.kind in KINDS[Group.AMOUNT] for one in inside):
        return None
    found = figure_words().bare_sum.search(clause)
    return int(Decimal(found[0]) * 100) if found else None


def _first_day(inside: list[Entity]) -> Entity | None:
    return next((one for one in inside if one.kind == "date"), None)


def _since(due: Entity | None, today: date, missed: bool) -> int | None:
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


def _is_past(said: Entity, clause: str, start: int) -> bool:
    before, after = clause[: said.start - start], clause[said.end - start :]
    words = case_words()
    return not words.late_not_before.search(before) and not words.late_not_after.search(after)


def _last_said(
    clause: str, inside: list[Entity], start: int, kinds: frozenset[str]
) -> Entity | None:
    """The value that stands: "不是12000是8000" denies the first of them."""
    denied = case_words().denied
    ours = [one for one in inside if one.kind in kinds]
    kept = [one for one in ours if not denied.search(clause[: one.start - start])]
    return kept[-1] if kept else None


def _not_denied(turn: Turn, kind: str, kinds: frozenset[str]) -> Entity | None:
    inside = [one for one in turn.entities if one.kind != kind or one.value in _OURS]
    return _last_said(turn.text, inside, 0, kinds)


def _without(clause: str, inside: list[Entity], start: int) -> str:
    for one in sorted(inside, key=lambda each: each.start, reverse=True):
        clause = clause[: one.start - start] + clause[one.end - start :]
    return clause


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in case_words().clause_ends.finditer(text):
        yield start, mark.start()
        start = mark.end()
    if start < len(text):
        yield start, len(text)

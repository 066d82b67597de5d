"""Where one message that tells of a debt falls into clauses."""

from __future__ import annotations

from collections.abc import Iterator

from actions.conversation.last_question import KINDS
from actions.conversation.turn import Turn
from actions.knowledge.case_words import case_words

_VALUES = frozenset().union(*KINDS.values())
_SAID_OF_IT = frozenset({"amount", "duration"})
_OF_ONE_DEBT = _SAID_OF_IT | {"product"}


def clauses(turn: Turn) -> Iterator[tuple[int, int]]:
    """Parts between marks, and of those with two debts one for each."""
    for start, end in _between_marks(turn):
        for cut in _second_debts(turn, start, end):
            yield start, cut
            start = cut
        yield start, end


def _second_debts(turn: Turn, start: int, end: int) -> Iterator[int]:
    """Where "花呗欠3000借呗欠15000" goes on to the next: a product behind a product and its sum."""
    seen: set[str] = set()
    for one in sorted(turn.entities, key=lambda each: each.start):
        if not start <= one.start < end or one.kind not in _OF_ONE_DEBT:
            continue
        if one.kind == "product" and "product" in seen and len(seen) > 1:
            if _value_behind(turn, one.end, end):
                yield one.start
            seen = set()
        seen.add(one.kind)


def _value_behind(turn: Turn, start: int, end: int) -> bool:
    return any(start <= one.start < end for one in turn.entities if one.kind in _SAID_OF_IT)


def _between_marks(turn: Turn) -> Iterator[tuple[int, int]]:
    """A mark parts two; a space where the first asks or holds a value."""
    words, start = case_words(), 0
    for mark in words.clause_ends.finditer(turn.text):
        blank = not mark[0].strip()
        if blank and not (_closed(turn, start, mark.start()) or _begins(turn, mark.end())):
            continue
        yield start, mark.start()
        start = mark.end()
    if start < len(turn.text):
        yield start, len(turn.text)


def _closed(turn: Turn, start: int, end: int) -> bool:
    held = any(start <= o.start and o.end <= end for o in turn.entities if o.kind in _VALUES)
    return held or bool(case_words().asks.search(turn.text[start:end]))


def _begins(turn: Turn, at: int) -> bool:
    """ "一直没收入 借呗欠5万": a product with its sum behind a space begins anew."""
    behind = sorted((o for o in turn.entities if o.start >= at), key=lambda one: one.start)
    kinds = [one.kind for one in behind[:2]]
    return kinds == ["product", "amount"] and behind[0].start == at

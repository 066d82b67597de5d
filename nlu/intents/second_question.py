"""Two questions in one message: "逾期了会上征信吗还能不能分期"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlu.intents.model import IntentModel
from nlu.lexicon.second_question import SecondQuestionWords


@dataclass(frozen=True)
class Clause:
    """A part of a message and what it asks.

    Attributes:
        start, end: half-open offsets in the message.
        intent: the likeliest intent.
        confidence: its probability.
        asks: whether it is a question or a request, not a mere statement.
    """

    start: int
    end: int
    intent: str
    confidence: float
    asks: bool


@dataclass(frozen=True)
class TwoQuestions:
    """A message that asks two things: the one to answer first, and the further one."""

    first: str
    second: Clause


@dataclass(frozen=True)
class Sureness:
    """What the confidence of clauses must reach.

    Attributes:
        marked: clauses that a mark or a word sets apart.
        unmarked: halves of an unbroken clause.
        against_whole: clauses that neither read like the whole message.
    """

    marked: float
    unmarked: float
    against_whole: float


Span = tuple[int, int]


def clauses(text: str, words: SecondQuestionWords) -> list[Span]:
    """Half-open spans of the clauses, in order."""
    spans, start = [], 0
    for found in words.breaks.finditer(text):
        # A particle belongs to the question it ends.
        end = found.end() if _ends_question(found.group()) else found.start()
        spans.append((start, end))
        start = found.end()
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if b - a >= words.shortest]


def _ends_question(mark: str) -> bool:
    return mark in {"吗", "嘛", "嗎", "么", "麼"}


def _asks(clause: str, words: SecondQuestionWords) -> bool:
    return bool(words.asks.search(clause)) and not words.denied.search(clause)


def _turned(text: str, span: Span, words: SecondQuestionWords) -> Iterator[tuple[Span, Span]]:
    """The ways an unbroken clause may be two questions."""
    start, end = span
    for found in words.turns.finditer(text, start + words.turn_after, end):
        left, right = (start, found.start()), (found.start(), end)
        if _asks(text[slice(*left)], words) and _asks(text[slice(*right)], words):
            yield left, right


def _spoken_out(text: str, span: Span, words: SecondQuestionWords) -> str | None:
    """The clause with the word it leaves out, or None where it leaves out nothing."""
    clause = text[slice(*span)]
    if words.carried.search(clause):
        return None
    before = [found.group() for found in words.carried.finditer(text, 0, span[0])]
    return before[-1] + clause if before else None


def _read(
    model: IntentModel, text: str, spans: list[Span], words: SecondQuestionWords, confidence: float
) -> list[Clause]:
    """What each clause asks, in its own words or with the word it leaves out."""
    whole = [_spoken_out(text, span, words) for span in spans]
    variants = [text[slice(*span)] for span in spans] + [w for w in whole if w is not None]
    rows = model.probabilities(variants)
    own, further = rows[: len(spans)], iter(rows[len(spans) :])
    read = []
    for span, row, spoken in zip(spans, own, whole, strict=True):
        carried = next(further) if spoken is not None else None
        if carried is not None and (carried.max() > row.max() or row.max() < confidence):
            row = carried
        asks = _asks(text[slice(*span)], words)
        read.append(Clause(*span, model.labels[row.argmax()], float(row.max()), asks))
    return read


def find_second_question(
    model: IntentModel, text: str, first: str, sure: Sureness, words: SecondQuestionWords
) -> TwoQuestions | None:
    """The two questions of a message, or None where it asks one.

    Args:
        model: a trained model.
        text: the message as typed.
        first: the intent of the whole message.
        sure: how sure of its clauses one must be.
        words: how clauses are told apart.
    """
    text = text[: words.longest]
    spans = clauses(text, words)
    if len(spans) > 1 and any(_asks(text[slice(*span)], words) for span in spans):
        if len(spans) > words.most_clauses:
            return None
        return _told_apart(_read(model, text, spans, words, sure.marked), first, text, sure, words)
    halves = [half for span in spans for pair in _turned(text, span, words) for half in pair]
    halves = halves[: 2 * words.most_clauses]
    if not halves:
        return None
    read = _read(model, text, halves, words, sure.unmarked)
    pairs = sorted(zip(read[::2], read[1::2], strict=True), key=_surer, reverse=True)
    strict = Sureness(sure.unmarked, sure.unmarked, sure.unmarked)
    found = (_told_apart(pair, first, text, strict, words) for pair in pairs)
    return next((two for two in found if two), None)


def _surer(pair: tuple[Clause, Clause]) -> float:
    return min(clause.confidence for clause in pair)


def _told_apart(
    read: Sequence[Clause], first: str, text: str, sure: Sureness, words: SecondQuestionWords
) -> TwoQuestions | None:
    heard = [c for c in read if c.confidence >= sure.marked and _counts(c, first, text, words)]
    if not any(c.intent == first for c in heard):
        # The whole was heard as a mixture of its parts: then its parts must be plain.
        heard = [c for c in heard if c.asks and c.confidence >= sure.against_whole]
        first = next((c.intent for c in heard if c.intent not in words.never_second), first)
    told = [c for c in read if c.confidence >= sure.unmarked and _tells(c, text, words)]
    heads = [c for c in heard if c.intent == first]
    others = [
        c
        for c in (*heard, *told)
        if (c.asks or c in told) and any(_further(c, head, text, words) for head in heads)
    ]
    return TwoQuestions(first, max(others, key=lambda c: c.confidence)) if others else None


def _further(clause: Clause, head: Clause, text: str, words: SecondQuestionWords) -> bool:
    """Whether a clause asks something else than the one that is answered first."""
    if clause.intent == head.intent or clause.intent in words.never_second:
        return False
    if frozenset({clause.intent, head.intent}) not in words.one_question:
        return True
    return any(_still_asks(c, text, words) for c in (clause, head))


def _still_asks(clause: Clause, text: str, words: SecondQuestionWords) -> bool:
    said = words.still_two.get(clause.intent)
    return bool(said and clause.asks and said.search(text, clause.start, clause.end))


def _tells(clause: Clause, text: str, words: SecondQuestionWords) -> bool:
    """Whether a statement is a matter of its own, whatever is asked beside it."""
    said = words.told.get(clause.intent)
    return bool(said and not clause.asks and said.search(text, clause.start, clause.end))


def _counts(clause: Clause, first: str, text: str, words: SecondQuestionWords) -> bool:
    """Whether a clause is a matter of its own.

    A word of doubt alone (靠谱吗) is none; a statement may be, where the whole is heard as it.
    """
    if not clause.asks:
        return clause.intent == first and first in words.stated
    own = words.own_words.get(clause.intent)
    return own is None or bool(own.search(text, clause.start, clause.end))

"""Two questions in one message: how often both are heard, and how often one is heard as two."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlu.evaluation.questions import Question
from nlu.evaluation.reading import Reading
from nlu.lexicon.files import ROOT

TWO_QUESTIONS = ROOT / "tests" / "nlu_questions" / "two_questions.tsv"
SECOND_TWO_QUESTIONS = ROOT / "tests" / "nlu_questions" / "two_questions_2.tsv"
THIRD_TWO_QUESTIONS = ROOT / "tests" / "nlu_questions" / "two_questions_3.tsv"
SECOND = "second_intent"


@dataclass(frozen=True)
class Pair:
    """A message with its labels; ``second`` is empty where only one thing is asked."""

    text: str
    first: str
    second: str


@dataclass(frozen=True)
class PairScores:
    """Figures on a table of pairs.

    Attributes:
        pairs: messages that ask two things.
        alone: messages of several clauses that ask one.
        precision: of the messages a second question was heard in, those with both right.
        recall: of the pairs, those with both right, in either order.
        false_alarms: messages of ``alone`` a second question was heard in.
    """

    pairs: int
    alone: int
    precision: float
    recall: float
    false_alarms: int


def read_pairs(path: Path = TWO_QUESTIONS) -> list[Pair]:
    """Read a TSV with the columns text, intent, second_intent."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Pair(r["text"], r["intent"], r["second_intent"] or "") for r in rows]


def second_heard(reading: Reading) -> str:
    """The second intent of a reading, or an empty string."""
    return next((str(e["value"]) for e in reading.entities if e["entity"] == SECOND), "")


def score_pairs(
    pairs: Sequence[Pair], readings: Sequence[Reading], label_map: Mapping[str, str]
) -> PairScores:
    """Compare readings with the labels; the order of the two does not count."""
    heard = both = alarms = 0
    for pair, reading in zip(pairs, readings, strict=True):
        second = second_heard(reading)
        if not second:
            continue
        heard += 1
        found = {label_map.get(one, one) for one in (reading.intent, second)}
        both += bool(pair.second) and found == {pair.first, pair.second}
        alarms += not pair.second
    real = sum(bool(pair.second) for pair in pairs)
    return PairScores(real, len(pairs) - real, both / max(heard, 1), both / max(real, 1), alarms)


def heard_on_singles(questions: Sequence[Question], readings: Sequence[Reading]) -> int:
    """In how many of a set's questions, labelled with one intent, a second one was heard."""
    return sum(bool(second_heard(r)) for _, r in zip(questions, readings, strict=True))

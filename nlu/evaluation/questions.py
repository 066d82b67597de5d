"""Labelled questions and what counts as right."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from nlu.lexicon.files import ROOT

OWN_QUESTIONS = ROOT / "tests" / "nlu_questions" / "own.tsv"
BLIND_QUESTIONS = ROOT / "tests" / "nlu_questions" / "blind.tsv"
SECOND_BLIND_QUESTIONS = ROOT / "tests" / "nlu_questions" / "blind2.tsv"
THIRD_BLIND_QUESTIONS = ROOT / "tests" / "nlu_questions" / "blind3.tsv"
FOURTH_BLIND_QUESTIONS = ROOT / "tests" / "nlu_questions" / "blind4.tsv"
TALK_TURNS = ROOT / "tests" / "nlu_questions" / "talks.tsv"
SHARED_QUESTIONS = ROOT.parent / "shared" / "questions" / "dev.tsv"
LABEL_MAP = ROOT / "tests" / "nlu_questions" / "label_map.yml"


@dataclass(frozen=True)
class Question:
    """One labelled question.

    Attributes:
        text: as typed.
        intent: the label.
        right: labels that count as right, the label itself among them.
        origin: group the question belongs to, such as ``real`` or ``written``.
    """

    text: str
    intent: str
    right: frozenset[str]
    origin: str


def read_questions(path: Path) -> list[Question]:
    """Read a TSV with a header and the columns text, intent, also_right, origin.

    Raises:
        ValueError: if a column is missing.
    """
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    for column in ("text", "intent"):
        if rows and column not in rows[0]:
            raise ValueError(f"{path.name}: no column {column}")
    return [
        Question(
            text=row["text"],
            intent=row["intent"],
            right=frozenset(
                {row["intent"], *filter(None, (row.get("also_right") or "").split("|"))}
            ),
            origin=row.get("origin") or "all",
        )
        for row in rows
    ]


def load_label_map(path: Path = LABEL_MAP) -> Mapping[str, str]:
    """What the dialogue's own intents count as: our intent to the guide's label."""
    content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return {str(own): str(label) for own, label in content["counts_as"].items()}


def as_scored(predictions: Iterable[str], label_map: Mapping[str, str]) -> list[str]:
    """Predicted intents with the dialogue's own ones mapped to the guide's labels."""
    return [label_map.get(intent, intent) for intent in predictions]


def as_labelled(
    questions: Sequence[Question], predictions: Sequence[str], label_map: Mapping[str, str]
) -> list[str]:
    """Predicted intents as a table names them.

    A table may be labelled with the dialogue's own intents (turns of a talk) or with the guide's
    alone; one of our own is mapped only where the row does not ask for it.
    """
    mapped = as_scored(predictions, label_map)
    rows = zip(questions, predictions, mapped, strict=True)
    return [own if own in question.right else counted for question, own, counted in rows]

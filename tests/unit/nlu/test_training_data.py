"""The training data: known intents, no contradictions, nothing taken from the questions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest
from ruamel.yaml import YAML

from nlu.evaluation.pairs import SECOND_TWO_QUESTIONS, read_pairs
from nlu.evaluation.questions import LABEL_MAP, SHARED_QUESTIONS, load_label_map, read_questions
from nlu.lexicon.files import ROOT
from nlu.text.normalise import normalise

_LETTERS = re.compile(r"[^\w]")


def bare(text: str) -> str:
    """The text without punctuation, width and script normalised."""
    return _LETTERS.sub("", normalise(text).text)


@pytest.fixture(scope="module")
def lines() -> list[tuple[str, str]]:
    found = []
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in YAML(typ="safe").load(path.read_text(encoding="utf-8"))["nlu"]:
            examples = block["examples"].splitlines()
            found += [(e.removeprefix("- ").strip(), block["intent"]) for e in examples]
    return found


def test_thousands_of_lines_for_known_intents(lines: list[tuple[str, str]]) -> None:
    domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    counts = Counter(intent for _, intent in lines)
    assert len(lines) >= 6000
    assert set(counts) == set(domain["intents"])
    labels = set(counts) - set(load_label_map(LABEL_MAP))
    assert min(counts[label] for label in labels) >= 40


def test_no_line_stands_under_two_intents(lines: list[tuple[str, str]]) -> None:
    intents = defaultdict(set)
    for text, intent in lines:
        intents[bare(text) or text].add(intent)
    assert {t: sorted(i) for t, i in intents.items() if len(i) > 1} == {}


def test_no_question_of_the_newest_tables_is_taught(lines: list[tuple[str, str]]) -> None:
    taught = {bare(text) for text, _ in lines}
    asked = [pair.text for pair in read_pairs(SECOND_TWO_QUESTIONS)]
    assert [text for text in asked if bare(text) in taught] == []


def test_no_measuring_question_is_taught(lines: list[tuple[str, str]]) -> None:
    if not SHARED_QUESTIONS.exists():
        return
    # A few short generic wordings (逾期利息怎么算) are what anybody would write.
    taught = {bare(text) for text, _ in lines}
    same = [q.text for q in read_questions(SHARED_QUESTIONS) if bare(q.text) in taught]
    assert [text for text in same if len(bare(text)) > 7] == []

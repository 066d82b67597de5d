"""Measures how often the patterns of `data/wording/focus/` find the side a question is after.

`python -m actions.evaluation_sides` reads `tests/side_questions/<intent>.yml`: questions by the
reply they call for, `general` being the topic as a whole. They were written without looking at the
patterns, in words that avoid each other, so that the share is a lower bound for what borrowers
type. Every second question of a side (the 2nd, 4th, ...) is held out: it is counted by itself and
its miss is not written, so that patterns are widened by the others and measured by these. Prints a
line per intent, then of what kind the misses are, and writes those that may be read to
`results/sides.tsv`.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from actions.knowledge.focus import Focus
from actions.knowledge.words import Words
from actions.knowledge.yaml_files import read_checked

PROJECT_ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = PROJECT_ROOT / "tests" / "side_questions"
RESULTS = PROJECT_ROOT / "results"
GENERAL = "general"
HALVES = (("open", False), ("held out", True))


class QuestionFile(BaseModel):
    """The content of one file of `tests/side_questions/`: questions by the reply they call for."""

    __root__: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """One question, the side it is after, the side that was found, and whether it is held out."""

    intent: str
    text: str
    meant: str
    found: str
    held_out: bool

    @property
    def right(self) -> bool:
        return self.meant == self.found

    @property
    def kind(self) -> str:
        """In what way a miss went wrong."""
        if self.found == GENERAL:
            return "no side found"
        return "a side though the topic was meant" if self.meant == GENERAL else "the wrong side"


def read_all(folder: Path = QUESTIONS) -> Iterator[tuple[str, str, str, bool]]:
    """Intent, reply and text of every question, and whether it is held out.

    Raises:
        DataError: with file, line and field.
    """
    for path in sorted(folder.glob("*.yml")):
        for reply, texts in read_checked(path, QuestionFile).__root__.items():
            for place, text in enumerate(texts):
                yield path.stem, reply, text, place % 2 == 1


def measure(focus: Focus) -> list[Found]:
    """What the patterns find for every question, no product being named."""
    return [
        Found(intent, text, reply, focus.reply_for(intent, text) or GENERAL, held_out)
        for intent, reply, text, held_out in read_all()
    ]


def _summary(found: list[Found]) -> Iterator[str]:
    for intent in dict.fromkeys(one.intent for one in found):
        yield _line(intent, [one for one in found if one.intent == intent])
    yield _line("all", found)
    for label, held_out in HALVES:
        yield _kinds(label, [one for one in found if one.held_out is held_out])


def _line(name: str, found: list[Found]) -> str:
    shares = "   ".join(
        _shares(label, [one for one in found if one.held_out is held_out])
        for label, held_out in HALVES
    )
    return f"{name:26}{shares}"


def _shares(label: str, found: list[Found]) -> str:
    right = sum(one.right for one in found)
    other = sum(not one.right and one.found != GENERAL for one in found)
    count = len(found) or 1
    return f"{label}{len(found):5}{right / count:8.1%} right{other / count:7.1%} another side"


def _kinds(label: str, found: list[Found]) -> str:
    kinds = Counter(one.kind for one in found if not one.right)
    shares = ", ".join(f"{kind} {n} ({n / len(found):.1%})" for kind, n in kinds.most_common())
    return f"misses, {label}: {shares or 'none'}"


def main() -> None:
    """Prints the shares and writes the misses."""
    wording = PROJECT_ROOT / "data" / "wording"
    found = measure(Focus.load(wording / "focus", Words.load(wording / "words.yml")))
    print("\n".join(_summary(found)))
    RESULTS.mkdir(exist_ok=True)
    with (RESULTS / "sides.tsv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, delimiter="\t")
        writer.writerow(("intent", "meant", "found", "text"))
        writer.writerows(
            (x.intent, x.meant, x.found, x.text) for x in found if not (x.right or x.held_out)
        )


if __name__ == "__main__":
    main()

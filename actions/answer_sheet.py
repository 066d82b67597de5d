"""Questions with the answers that came back: read, drawn at random, and written out for review."""

from __future__ import annotations

import csv
import html
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_STYLE = """
body{font:15px/1.6 system-ui,sans-serif;margin:2rem auto;max-width:60rem}
article{border-top:1px solid #ccc;padding:.8rem 0}
h2{font-size:1rem;margin:0}
p.meta{color:#666;margin:.2rem 0}
pre{white-space:pre-wrap;background:#f6f6f6;padding:.6rem;margin:.3rem 0;font:inherit}
.wrong{color:#b00}
"""
_COLUMNS = ("number", "borrower", "intent", "text", "answer", "buttons")


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the table; `intent` is its label, where the table has one."""

    text: str
    intent: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with what came back; `borrower` is empty for a visitor."""

    question: Question
    borrower: str
    texts: tuple[str, ...]
    buttons: tuple[str, ...]


def read_questions(path: Path) -> list[Question]:
    """Reads a TSV with a `text` column (and `intent`), or plain lines."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if rows and "text" in rows[0]:
        return [Question(row["text"], row.get("intent") or "") for row in rows]
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Question(line.split("\t")[0]) for line in lines if line.strip()]


def drawn(questions: Sequence[Question], size: int, seed: int) -> list[Question]:
    """`size` of the questions (all, where there are fewer), the same ones for the same seed."""
    return random.Random(seed).sample(list(questions), min(size, len(questions)))  # noqa: S311


def page(answers: Sequence[Answered]) -> str:
    """An HTML page, one block for each question."""
    silent = sum(not answer.texts for answer in answers)
    parts = [
        f"<!doctype html><meta charset=utf-8><title>Answers</title><style>{_STYLE}</style>",
        f"<h1>{len(answers)} questions, {silent} without an answer</h1>",
        *(_article(number, answer) for number, answer in enumerate(answers, 1)),
    ]
    return "\n".join(parts)


def table(answers: Sequence[Answered]) -> str:
    """The same as tab-separated lines, a line break inside an answer shown as ⏎."""
    rows = [
        (
            str(number),
            answer.borrower,
            answer.question.intent,
            answer.question.text,
            " ‖ ".join(answer.texts),
            " · ".join(answer.buttons),
        )
        for number, answer in enumerate(answers, 1)
    ]
    return "".join("\t".join(map(_cell, row)) + "\n" for row in (_COLUMNS, *rows))


def _cell(text: str) -> str:
    return text.replace("\t", " ").replace("\n", "⏎")


def _article(number: int, answer: Answered) -> str:
    texts = "".join(f"<pre>{html.escape(text)}</pre>" for text in answer.texts)
    nothing = "" if answer.texts else '<p class="wrong">no answer</p>'
    buttons = html.escape(" · ".join(answer.buttons))
    label = html.escape(answer.question.intent or "–")
    asker = f" ({html.escape(answer.borrower)})" if answer.borrower else ""
    return (
        f"<article><h2>{number}. {html.escape(answer.question.text)}</h2>"
        f'<p class="meta">{label}{asker} — {buttons}</p>{texts}{nothing}</article>'
    )

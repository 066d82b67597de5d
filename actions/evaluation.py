"""Types every question of a table and writes question, intent and answer to a page for review.

`python -m actions.evaluation QUESTIONS.tsv` starts the assistant as `make run` does (on ports of
its own, with databases of its own) and writes `results/answers.html`. With `--borrower zhang` the
questions are asked by that demo borrower.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import socket
import sys
import tempfile
import urllib.request
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT_ROOT = Path(__file__).resolve().parents[1]
RESULTS = PROJECT_ROOT / "results"
_STYLE = """
body{font:15px/1.6 system-ui,sans-serif;margin:2rem auto;max-width:60rem}
article{border-top:1px solid #ccc;padding:.8rem 0}
h2{font-size:1rem;margin:0}
p.meta{color:#666;margin:.2rem 0}
pre{white-space:pre-wrap;background:#f6f6f6;padding:.6rem;margin:.3rem 0;font:inherit}
.wrong{color:#b00}
"""


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the table; `intent` is its label, where the table has one."""

    text: str
    intent: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with what came back."""

    question: Question
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


def ask_all(base: str, questions: Iterable[Question], host_token: str) -> Iterator[Answered]:
    """Asks each question in a session of its own, so that none colours the next."""
    for question in questions:
        opened = _post(base, "/session", {"host_token": host_token} if host_token else {})
        token = opened["token"]
        body = {"id": str(uuid.uuid4()), "text": question.text}
        messages = _post(base, "/messages", body, token).get("messages", [])
        yield Answered(
            question,
            # The first message of a session is the greeting with the AI label.
            tuple(message.get("text") or "" for message in messages[1:]),
            tuple(b["title"] for message in messages for b in message.get("buttons") or ()),
        )


def _post(base: str, path: str, body: dict[str, Any], token: str = "") -> dict[str, Any]:
    request = urllib.request.Request(
        base + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=60) as response:
        answer: dict[str, Any] = json.load(response)
    return answer


def page(answers: Sequence[Answered]) -> str:
    """The HTML page."""
    silent = sum(not answer.texts for answer in answers)
    parts = [
        f"<!doctype html><meta charset=utf-8><title>Answers</title><style>{_STYLE}</style>",
        f"<h1>{len(answers)} questions, {silent} without an answer</h1>",
        *(_article(number, answer) for number, answer in enumerate(answers, 1)),
    ]
    return "\n".join(parts)


def _article(number: int, answer: Answered) -> str:
    texts = "".join(f"<pre>{html.escape(text)}</pre>" for text in answer.texts)
    nothing = "" if answer.texts else '<p class="wrong">no answer</p>'
    buttons = html.escape(" · ".join(answer.buttons))
    label = html.escape(answer.question.intent or "–")
    return (
        f"<article><h2>{number}. {html.escape(answer.question.text)}</h2>"
        f'<p class="meta">{label} — {buttons}</p>{texts}{nothing}</article>'
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the whole; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m actions.evaluation", description=__doc__)
    parser.add_argument("questions", type=Path, help="TSV with a column `text`, or plain lines")
    parser.add_argument("--address", help="of a running assistant, instead of starting one")
    parser.add_argument("--token", default="", help="host token: ask as a signed-in borrower")
    parser.add_argument("--limit", type=int, default=None, help="only the first so many")
    parser.add_argument("--out", type=Path, default=RESULTS / "answers.html")
    options = parser.parse_args(arguments)
    questions = read_questions(options.questions)[: options.limit]
    if options.address:
        answers = list(ask_all(options.address.rstrip("/"), questions, options.token))
    else:
        answers = _with_own_assistant(questions, options.token)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(page(answers), encoding="utf-8")
    print(f"{len(answers)} questions answered; see {options.out}")
    return 0 if all(answer.texts for answer in answers) else 1


def _with_own_assistant(questions: Sequence[Question], token: str) -> list[Answered]:
    # The launcher stands above the actions; only this command line reaches up to it.
    from importlib import import_module

    running = import_module("launcher.assistant")
    model = import_module("launcher.model")
    databases = import_module("launcher.databases")
    settings_type = import_module("launcher.settings").Settings
    with tempfile.TemporaryDirectory(prefix="yuqi-answers-") as folder:
        settings = settings_type(
            var=Path(folder),
            rasa_port=_free_port(),
            actions_port=_free_port(),
            business_date=settings_type.from_env().business_date,
            extra={"YUQI_RATE_LIMITS": "off"},
        )
        databases.prepare(settings)
        assistant = running.Assistant.prepare(settings, model.ensure_model(settings))
        assistant.start()
        try:
            return list(ask_all(settings.address.rstrip("/"), questions, token))
        finally:
            assistant.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())

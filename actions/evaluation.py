"""Types every question of a table and writes question, intent and answer for review.

`python -m actions.evaluation QUESTIONS.tsv` starts the assistant as `make run` does (on ports of
its own, with databases of its own) and writes `results/answers.html` and, easier to search,
`results/answers.tsv`. With `--borrower wang,zhang` the questions are asked by these demo borrowers
in turn; `--sample 100 --seed 7` draws a hundred of the questions, always the same for a seed.
"""

from __future__ import annotations

import argparse
import json
import socket
import sys
import tempfile
import urllib.request
import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

from actions.answer_sheet import Answered, Question, drawn, page, read_questions, table

PROJECT_ROOT = Path(__file__).resolve().parents[1]
RESULTS = PROJECT_ROOT / "results"
VISITOR = ""


def ask_all(
    base: str, questions: Iterable[Question], borrowers: Sequence[str] = (VISITOR,)
) -> Iterator[Answered]:
    """Asks each question in a session of its own, so that none colours the next."""
    for question, borrower in zip(questions, cycle(borrowers), strict=False):
        body = {"id": str(uuid.uuid4()), "text": question.text}
        messages = _post(base, "/messages", body, _session(base, borrower)).get("messages", [])
        yield Answered(
            question,
            borrower,
            # The first message of a session is the greeting with the AI label.
            tuple(message.get("text") or "" for message in messages[1:]),
            tuple(b["title"] for message in messages for b in message.get("buttons") or ()),
        )


def _session(base: str, borrower: str) -> str:
    """The token of a new session, signed in as that demo borrower."""
    token: str = _post(base, "/session", {})["token"]
    if borrower == VISITOR:
        return token
    signed_in: str = _post(base, "/demo/sign-in", {"borrower": borrower}, token)["token"]
    return signed_in


def _post(base: str, path: str, body: dict[str, Any], token: str = "") -> dict[str, Any]:
    request = urllib.request.Request(
        base + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=60) as response:
        answer: dict[str, Any] = json.load(response)
    return answer


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the whole; returns the exit status."""
    options = _parser().parse_args(arguments)
    questions = read_questions(options.questions)
    if options.sample is not None:
        questions = drawn(questions, options.sample, options.seed)
    questions = questions[: options.limit]
    borrowers = [name.strip() for name in options.borrower.split(",")]
    if options.address:
        answers = list(ask_all(options.address.rstrip("/"), questions, borrowers))
    else:
        answers = _with_own_assistant(questions, borrowers)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(page(answers), encoding="utf-8")
    beside = options.out.with_suffix(".tsv")
    beside.write_text(table(answers), encoding="utf-8")
    print(f"{len(answers)} questions answered; see {options.out} and {beside}")
    return 0 if all(answer.texts for answer in answers) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m actions.evaluation", description=__doc__)
    parser.add_argument("questions", type=Path, help="TSV with a column `text`, or plain lines")
    parser.add_argument("--address", help="of a running assistant, instead of starting one")
    parser.add_argument(
        "--borrower", default=VISITOR, help="demo borrowers who ask in turn, such as wang,li"
    )
    parser.add_argument("--sample", type=int, help="so many of the questions, drawn at random")
    parser.add_argument("--limit", type=int, help="only the first so many")
    parser.add_argument("--seed", type=int, default=0, help="of the draw")
    parser.add_argument("--out", type=Path, default=RESULTS / "answers.html")
    return parser


def _with_own_assistant(questions: Sequence[Question], borrowers: Sequence[str]) -> list[Answered]:
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
            return list(ask_all(settings.address.rstrip("/"), questions, borrowers))
        finally:
            assistant.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())

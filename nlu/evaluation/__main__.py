"""``python -m nlu.evaluation``: figures, confusions, a picture, and the comparison."""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from nlu.evaluation.pairs import (
    SECOND_TWO_QUESTIONS,
    THIRD_TWO_QUESTIONS,
    TWO_QUESTIONS,
    PairScores,
    heard_on_singles,
    read_pairs,
    score_pairs,
)
from nlu.evaluation.picture import draw_confusions
from nlu.evaluation.questions import (
    BLIND_QUESTIONS,
    FOURTH_BLIND_QUESTIONS,
    OWN_QUESTIONS,
    SECOND_BLIND_QUESTIONS,
    SHARED_QUESTIONS,
    TALK_TURNS,
    THIRD_BLIND_QUESTIONS,
    Question,
    as_labelled,
    load_label_map,
    read_questions,
)
from nlu.evaluation.reading import Reading, newest_model, read_messages
from nlu.evaluation.report import drops, figures, write_figures, write_report
from nlu.evaluation.scores import Scores, score
from nlu.evaluation.values import mismatches, read_table
from nlu.lexicon.files import ROOT

RESULTS = ROOT / "results" / "nlu"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; returns 1 where a figure fell by more than a point, else 0."""
    options = _options(arguments)
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    model = options.model or newest_model()
    blind = (SECOND_BLIND_QUESTIONS, THIRD_BLIND_QUESTIONS, FOURTH_BLIND_QUESTIONS)
    usual = (OWN_QUESTIONS, BLIND_QUESTIONS, *blind, TALK_TURNS, SHARED_QUESTIONS)
    files = options.questions or [path for path in usual if path.exists()]
    rows = read_table()
    misread = mismatches(rows)
    entity_match = 1 - len(misread) / len(rows)
    fallen: list[str] = []
    for path in files:
        questions = read_questions(path)
        readings = read_messages(model, [q.text for q in questions])
        predicted = as_labelled(questions, [r.intent for r in readings], load_label_map())
        scores = score(questions, predicted, [r.confidence for r in readings])
        now = figures(path.stem, scores, entity_match)
        _keep(path.stem, questions, readings, predicted)
        _say(path.stem, model, scores)
        _line(f"a second question heard in {heard_on_singles(questions, readings)}")
        fallen += [line for line in drops(now) if line not in fallen]
        if options.write:
            write_report(path.stem, scores, now)
    pairs = (TWO_QUESTIONS, SECOND_TWO_QUESTIONS, THIRD_TWO_QUESTIONS)
    for path in () if options.questions else pairs:
        fallen += _measure_pairs(model, path, write=options.write)
    _say_values(len(rows), misread)
    for line in fallen:
        _line(f"DROP  {line}")
    return 1 if fallen and not options.write else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m nlu.evaluation", description=__doc__)
    parser.add_argument(
        "--questions", type=Path, action="append", help="a TSV: text, intent, also_right, origin"
    )
    parser.add_argument("--model", type=Path, help="model file; default: the newest in models/")
    parser.add_argument(
        "--write", action="store_true", help="write the figures into docs/evaluation.md"
    )
    return parser.parse_args(arguments)


def _keep(
    name: str, questions: Sequence[Question], readings: Sequence[Reading], predicted: Sequence[str]
) -> None:
    """Leave the predictions and the picture under results/, which is not committed."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    with (RESULTS / f"{name}.predictions.tsv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, delimiter="\t", quoting=csv.QUOTE_NONE, escapechar="\\")
        for question, reading, scored in zip(questions, readings, predicted, strict=True):
            row = (question.text, scored, reading.intent, f"{reading.confidence:.4f}")
            writer.writerow(row)
    draw_confusions(questions, predicted, RESULTS / f"{name}.confusions.png")


def _say(name: str, model: Path, scores: Scores) -> None:
    _line(f"\n{name} with {model.name}")
    for label, predicted, count in scores.confusions[:15]:
        _line(f"{count:5d}  {label} read as {predicted or '(nothing)'}")
    for label, value in sorted(scores.f1.items(), key=lambda item: item[1])[:10]:
        _line(f"  F1 {value:.3f}  {label}")
    for group, rate in scores.accuracy.items():
        _line(f"{group}: {scores.questions[group]} questions, accuracy {rate:.4f}")
    _line(f"macro F1 {scores.macro_f1:.4f}, calibration error (ECE) {scores.ece:.4f}")
    if "out_of_scope" in scores.f1:
        _line(f"out_of_scope F1 {scores.f1['out_of_scope']:.4f}")
    if scores.distress_recall is not None:
        alarms = scores.distress_false_alarms
        _line(f"express_distress recall {scores.distress_recall:.4f}, false alarms {alarms}")


def _measure_pairs(model: Path, path: Path, *, write: bool) -> list[str]:
    """Measure a table of two questions in one message; returns what fell."""
    pairs = read_pairs(path)
    scores = score_pairs(pairs, read_messages(model, [p.text for p in pairs]), load_label_map())
    _say_pairs(path.stem, scores)
    now = {
        f"{path.stem}: precision": round(scores.precision, 4),
        f"{path.stem}: recall": round(scores.recall, 4),
    }
    if write:
        write_figures(now)
    return drops(now)


def _say_pairs(name: str, scores: PairScores) -> None:
    _line(f"\n{name}: {scores.pairs} messages ask two things, {scores.alone} one")
    _line(
        f"both heard: precision {scores.precision:.4f}, recall {scores.recall:.4f}; "
        f"heard where one thing is asked: {scores.false_alarms}"
    )


def _say_values(total: int, misread: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
    _line(f"\nentity table: {total - len(misread)} of {total} rows exact")
    for text, (expected, got) in list(misread.items())[:20]:
        _line(f"  {text}\n    expected {' | '.join(expected)}\n    read     {' | '.join(got)}")


def _line(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())

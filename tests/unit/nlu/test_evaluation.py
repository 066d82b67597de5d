"""The figures of the evaluation, worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlu.evaluation.pairs import Pair, score_pairs
from nlu.evaluation.questions import Question, as_labelled, as_scored, load_label_map
from nlu.evaluation.reading import Reading
from nlu.evaluation.report import drops
from nlu.evaluation.scores import calibration_error, score


def question(text: str, intent: str, *also: str, origin: str = "real") -> Question:
    return Question(text, intent, frozenset({intent, *also}), origin)


def test_scores_by_hand() -> None:
    # a: right. b: "y" counts as right, so it costs neither label. c: wrong (y read as x).
    questions = [question("a", "x"), question("b", "x", "y"), question("c", "y", origin="written")]
    scores = score(questions, ["x", "y", "x"], [0.9, 0.9, 0.9])
    assert scores.accuracy == {"all": pytest.approx(2 / 3), "real": 1.0, "written": 0.0}
    # x: seen 2, read 3 times, 2 right: 2*2/(2+3). y: seen 1, never read: 0.
    assert scores.f1 == {"x": pytest.approx(0.8), "y": 0.0}
    assert scores.macro_f1 == pytest.approx(0.4)
    assert scores.confusions == [("y", "x", 1)]


def test_distress_recall_and_false_alarms() -> None:
    questions = [question("a", "express_distress"), question("b", "greet")]
    scores = score(questions, ["express_distress", "express_distress"], [1.0, 1.0])
    assert (scores.distress_recall, scores.distress_false_alarms) == (1.0, 1)


def test_calibration_by_hand() -> None:
    # One bin: four answers at 0.75, two right: |2 - 3| / 4.
    assert calibration_error([True, True, False, False], [0.75] * 4) == pytest.approx(0.25)


def test_a_drop_of_more_than_a_point_is_named(tmp_path: Path) -> None:
    report = tmp_path / "evaluation.json"
    report.write_text(json.dumps({"figures": {"dev: macro F1": 0.80, "dev: accuracy, all": 0.9}}))
    now = {"dev: macro F1": 0.785, "dev: accuracy, all": 0.8905, "own: macro F1": 0.1}
    assert drops(now, report) == ["dev: macro F1: 0.8000 in the report, 0.7850 now"]
    assert drops(now, tmp_path / "none.json") == []


def test_the_dialogues_own_intents_count_as_the_nearest_label() -> None:
    scored = as_scored(["ask_later_amount", "ask_penalty"], load_label_map())
    assert scored == ["ask_penalty", "ask_penalty"]


def test_a_row_may_be_labelled_with_an_intent_of_the_dialogue() -> None:
    # Asked for by name it counts as itself; elsewhere it counts as the guide's label.
    questions = [question("a", "promise_to_pay"), question("b", "inform"), question("c", "deny")]
    read = as_labelled(questions, ["promise_to_pay", "promise_to_pay", "stop"], load_label_map())
    assert read == ["promise_to_pay", "inform", "deny"]


def heard(intent: str, second: str = "") -> Reading:
    entities = ({"entity": "second_intent", "value": second},) if second else ()
    return Reading(intent, 1.0, entities, 0.0)


def test_two_questions_by_hand() -> None:
    pairs = [Pair("a", "x", "y"), Pair("b", "x", "y"), Pair("c", "x", "y"), Pair("d", "x", "")]
    # a: both, the other way round. b: the second is another. c: not heard. d: asks one thing only.
    readings = [heard("y", "x"), heard("x", "z"), heard("x"), heard("x", "y")]
    scores = score_pairs(pairs, readings, {})
    assert (scores.pairs, scores.alone, scores.false_alarms) == (3, 1, 1)
    assert scores.precision == pytest.approx(1 / 3)  # heard in a, b and d; right in a
    assert scores.recall == pytest.approx(1 / 3)

"""Compare classifiers: ``python -m benchmarks.nlu.compare [--rasa]``.

Our own model's variants train in this process. ``--rasa`` also trains Rasa's DIET and
logistic regression from ``configs/`` (some minutes on two cores).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from rasa.shared.nlu.training_data.loading import load_data

from nlu.evaluation.questions import (
    OWN_QUESTIONS,
    SHARED_QUESTIONS,
    Question,
    as_scored,
    load_label_map,
    read_questions,
)
from nlu.evaluation.reading import read_messages
from nlu.evaluation.scores import score
from nlu.intents.model import IntentModel, ModelSettings
from nlu.lexicon.concepts import load_concepts
from nlu.lexicon.files import DICTIONARY_FOLDER, ROOT
from nlu.lexicon.homophones import load_homophones
from nlu.text.words import add_dictionaries

CONFIGS = Path(__file__).parent / "configs"
_CHOSEN = ModelSettings()
_ONLY = {"characters": 0.0, "words": 0.0, "sounds": 0.0, "concepts": 0.0}


def variants() -> Iterator[tuple[str, ModelSettings]]:
    """Named settings to compare."""
    yield "chosen: SVM and logistic regression", _CHOSEN
    yield "SVM alone", replace(_CHOSEN, svm_share=1.0)
    yield "logistic regression alone", replace(_CHOSEN, svm_share=0.0)
    for family in _ONLY:
        weight = getattr(_CHOSEN, family) or 0.5
        yield f"SVM, {family} only", replace(_CHOSEN, svm_share=1.0, **{**_ONLY, family: weight})
        yield f"SVM without {family}", replace(_CHOSEN, svm_share=1.0, **{family: 0.0})


def main() -> None:
    """Print one line for each classifier."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.nlu.compare", description=__doc__)
    parser.add_argument("--rasa", action="store_true", help="also train Rasa's own classifiers")
    options = parser.parse_args()
    path = SHARED_QUESTIONS if SHARED_QUESTIONS.exists() else OWN_QUESTIONS
    questions = read_questions(path)
    add_dictionaries(DICTIONARY_FOLDER)
    examples = load_data(str(ROOT / "data" / "nlu")).intent_examples
    texts, labels = [e.get("text") for e in examples], [e.get("intent") for e in examples]
    print(f"{len(texts)} training lines; questions: {path.name}")
    for name, settings in variants():
        started = time.perf_counter()
        model = IntentModel(settings, load_concepts(), load_homophones())
        model.fit(texts, labels)
        spent = time.perf_counter() - started
        rows = model.probabilities([q.text for q in questions])
        predicted = [model.labels[i] for i in rows.argmax(axis=1)]
        _say(name, questions, predicted, list(np.max(rows, axis=1)), spent)
    for config in sorted(CONFIGS.glob("*.yml")) if options.rasa else ():
        _train_with_rasa(config, questions)


def _train_with_rasa(config: Path, questions: Sequence[Question]) -> None:
    from rasa.model_training import train_nlu

    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        model = train_nlu(str(config), str(ROOT / "data" / "nlu"), folder)
        spent = time.perf_counter() - started
        readings = read_messages(Path(str(model)), [q.text for q in questions])
    confidence = [r.confidence for r in readings]
    _say(f"Rasa {config.stem}", questions, [r.intent for r in readings], confidence, spent)


def _say(
    name: str,
    questions: Sequence[Question],
    predicted: Sequence[str],
    confidence: Sequence[float],
    spent: float,
) -> None:
    scores = score(questions, as_scored(predicted, load_label_map()), confidence)
    groups = ", ".join(f"{group} {rate:.4f}" for group, rate in scores.accuracy.items())
    print(
        f"{name:42s} {groups}, macro F1 {scores.macro_f1:.4f}, "
        f"ECE {scores.ece:.3f}, trained in {spent:.0f} s",
        flush=True,
    )


if __name__ == "__main__":
    main()

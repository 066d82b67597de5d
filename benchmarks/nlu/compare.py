"""Compare classifiers: ``python -m benchmarks.nlu.compare [--rasa]``.

Our own model's variants train in this process. ``--rasa`` also trains Rasa's DIET and
logistic regression from ``configs/`` (some minutes each on two cores). All see the same
training data and the same questions.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rasa.shared.nlu.training_data.loading import load_data

from nlu.evaluation.questions import (
    BLIND_QUESTIONS,
    OWN_QUESTIONS,
    SECOND_BLIND_QUESTIONS,
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
_SETS = (OWN_QUESTIONS, BLIND_QUESTIONS, SECOND_BLIND_QUESTIONS, SHARED_QUESTIONS)

Sets = Mapping[str, Sequence[Question]]
Answer = tuple[str, float]
"""An intent and its confidence."""


@dataclass(frozen=True)
class Cost:
    """What a classifier costs: training in seconds, a message in ms (95th of 100), size in MB."""

    seconds: float
    message_ms: float
    megabytes: float


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
    sets = {path.stem: read_questions(path) for path in _SETS if path.exists()}
    add_dictionaries(DICTIONARY_FOLDER)
    examples = load_data(str(ROOT / "data" / "nlu")).intent_examples
    texts, labels = [e.get("text") for e in examples], [e.get("intent") for e in examples]
    print(f"{len(texts)} training lines", flush=True)
    for name, settings in variants():
        _say(name, sets, *_train_own(settings, texts, labels, sets))
    for config in sorted(CONFIGS.glob("*.yml")) if options.rasa else ():
        _say(f"Rasa {config.stem}", sets, *_train_with_rasa(config, sets))


def _train_own(
    settings: ModelSettings, texts: Sequence[str], labels: Sequence[str], sets: Sets
) -> tuple[dict[str, list[Answer]], Cost]:
    started = time.process_time()
    model = IntentModel(settings, load_concepts(), load_homophones())
    model.fit(texts, labels)
    seconds = time.process_time() - started
    answers = {}
    for name, questions in sets.items():
        rows = model.probabilities([q.text for q in questions])
        answers[name] = [(model.labels[row.argmax()], float(row.max())) for row in rows]
    spent = []
    for question in next(iter(sets.values()))[:100]:
        started = time.process_time()
        model.probabilities([question.text])
        spent.append((time.process_time() - started) * 1000)
    with tempfile.TemporaryDirectory() as folder:
        model.save(Path(folder))
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
    return answers, Cost(seconds, sorted(spent)[94], size)


def _train_with_rasa(config: Path, sets: Sets) -> tuple[dict[str, list[Answer]], Cost]:
    from rasa.model_training import train_nlu

    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        model = Path(str(train_nlu(str(config), str(ROOT / "data" / "nlu"), folder)))
        seconds = time.perf_counter() - started
        answers = {
            name: [(r.intent, r.confidence) for r in read_messages(model, [q.text for q in asked])]
            for name, asked in sets.items()
        }
        # One after the other, as a server reads them; the first ones warm up.
        timed = read_messages(model, [q.text for q in next(iter(sets.values()))[:120]])
        size = model.stat().st_size / 1e6
    return answers, Cost(seconds, sorted(r.seconds * 1000 for r in timed[20:])[94], size)


def _say(name: str, sets: Sets, answers: Mapping[str, Sequence[Answer]], cost: Cost) -> None:
    label_map = load_label_map()
    parts = []
    for key, questions in sets.items():
        scores = score(
            questions,
            as_scored([intent for intent, _ in answers[key]], label_map),
            [confidence for _, confidence in answers[key]],
        )
        accuracy = "/".join(f"{rate:.3f}" for rate in scores.accuracy.values())
        parts.append(f"{key} {accuracy} F1 {scores.macro_f1:.3f} ECE {scores.ece:.3f}")
    print(
        f"{name:38s} {'; '.join(parts)}; trained in {cost.seconds:.0f} s, "
        f"p95 {cost.message_ms:.1f} ms, {cost.megabytes:.1f} MB",
        flush=True,
    )


if __name__ == "__main__":
    main()

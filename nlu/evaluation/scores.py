"""Accuracy, F1, confusions and calibration of predicted intents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nlu.evaluation.questions import Question


@dataclass(frozen=True)
class Scores:
    """Figures of one evaluation; rates between 0 and 1.

    Attributes:
        questions: how many questions each group has, ``all`` among them.
        accuracy: share answered right in each group.
        macro_f1: mean of ``f1`` over the labels that occur.
        f1: by label.
        confusions: (label, predicted, how often), worst first.
        ece: expected calibration error over ten bins of equal width.
        distress_recall: share of express_distress that was recognised; None without any.
        distress_false_alarms: other questions read as express_distress.
    """

    questions: dict[str, int]
    accuracy: dict[str, float]
    macro_f1: float
    f1: dict[str, float]
    confusions: list[tuple[str, str, int]]
    ece: float
    distress_recall: float | None
    distress_false_alarms: int


_DISTRESS = "express_distress"


def score(
    questions: Sequence[Question], predicted: Sequence[str], confidence: Sequence[float]
) -> Scores:
    """Compare predictions with labels.

    A prediction among ``right`` counts as the label itself, so a question on which the
    readers differed costs neither label.
    """
    labels = [q.intent if p in q.right else p for q, p in zip(questions, predicted, strict=True)]
    hits = [q.intent == label for q, label in zip(questions, labels, strict=True)]
    groups = _groups(questions, hits)
    seen = Counter(q.intent for q in questions)
    guessed = Counter(labels)
    found = Counter(q.intent for q, hit in zip(questions, hits, strict=True) if hit)
    f1 = {i: 2 * found[i] / (seen[i] + guessed[i]) for i in seen}
    wrong = Counter(
        (q.intent, label) for q, label in zip(questions, labels, strict=True) if q.intent != label
    )
    return Scores(
        questions={group: len(members) for group, members in groups.items()},
        accuracy={group: sum(members) / len(members) for group, members in groups.items()},
        macro_f1=sum(f1.values()) / max(len(f1), 1),
        f1=f1,
        confusions=[(g, p, n) for (g, p), n in wrong.most_common()],
        ece=calibration_error(hits, confidence),
        distress_recall=found[_DISTRESS] / seen[_DISTRESS] if seen[_DISTRESS] else None,
        distress_false_alarms=guessed[_DISTRESS] - found[_DISTRESS],
    )


def _groups(questions: Sequence[Question], hits: Sequence[bool]) -> dict[str, list[bool]]:
    groups: dict[str, list[bool]] = {}
    for question, hit in zip(questions, hits, strict=True):
        for group in {"all", question.origin}:
            groups.setdefault(group, []).append(hit)
    return dict(sorted(groups.items()))


def calibration_error(hits: Sequence[bool], confidence: Sequence[float], bins: int = 10) -> float:
    """Expected calibration error: mean gap between confidence and accuracy, by bin."""
    sums: dict[int, list[tuple[bool, float]]] = {}
    for hit, sure in zip(hits, confidence, strict=True):
        sums.setdefault(min(int(sure * bins), bins - 1), []).append((hit, sure))
    gap = sum(
        abs(sum(h for h, _ in members) - sum(c for _, c in members)) for members in sums.values()
    )
    return gap / max(len(hits), 1)

"""The confusion matrix as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nlu.evaluation.questions import Question


def draw_confusions(questions: Sequence[Question], predicted: Sequence[str], path: Path) -> None:
    """Write a PNG: rows are labels, columns predictions, shares of each row."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import numpy as np

    read = [q.intent if p in q.right else p for q, p in zip(questions, predicted, strict=True)]
    names = sorted({q.intent for q in questions} | set(read))
    place = {name: i for i, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)))
    for question, label in zip(questions, read, strict=True):
        counts[place[question.intent], place[label]] += 1
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axes = plt.subplots(figsize=(16, 15))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=7)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.set_xlabel("read as")
    axes.set_ylabel("label")
    for row, column in zip(*counts.nonzero(), strict=True):
        colour = "white" if shares[row, column] > 0.5 else "black"
        number = f"{counts[row, column]:.0f}"
        axes.text(column, row, number, ha="center", va="center", fontsize=6, color=colour)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)

"""The committed report: written, read back, compared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nlu.evaluation.scores import Scores
from nlu.lexicon.files import ROOT

REPORT = ROOT / "docs" / "evaluation.md"
FIGURES = ROOT / "docs" / "evaluation.json"
LARGEST_DROP = 0.01
"""One point: more than that below the committed report fails."""

_START, _END = "<!-- figures: start -->", "<!-- figures: end -->"


def figures(name: str, scores: Scores, entity_match: float) -> dict[str, float]:
    """The figures that are compared, by name; higher is better in all of them."""
    found = {f"{name}: accuracy, {group}": rate for group, rate in scores.accuracy.items()}
    found[f"{name}: macro F1"] = scores.macro_f1
    if "out_of_scope" in scores.f1:
        found[f"{name}: F1 of out_of_scope"] = scores.f1["out_of_scope"]
    if scores.distress_recall is not None:
        found[f"{name}: recall of express_distress"] = scores.distress_recall
    found["entity table: exact match"] = entity_match
    return {key: round(value, 4) for key, value in found.items()}


def drops(now: Mapping[str, float], path: Path = FIGURES) -> list[str]:
    """Figures that fell by more than a point below the committed report, in words."""
    if not path.exists():
        return []
    committed: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["figures"]
    return [
        f"{name}: {committed[name]:.4f} in the report, {value:.4f} now"
        for name, value in now.items()
        if name in committed and value < committed[name] - LARGEST_DROP
    ]


def write_report(name: str, scores: Scores, now: Mapping[str, float]) -> None:
    """Update the figures and say what is behind them, for one set of questions."""
    write_figures(now, _details(name, scores))


def write_figures(now: Mapping[str, float], details: str = "") -> None:
    """Update the figures in the report and the JSON beside it; the prose around stays."""
    kept: dict[str, Any] = {"figures": {}}
    if FIGURES.exists():
        kept = json.loads(FIGURES.read_text(encoding="utf-8"))
    kept["figures"] = {**kept["figures"], **now}
    FIGURES.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    text = REPORT.read_text(encoding="utf-8") if REPORT.exists() else f"{_START}\n{_END}\n"
    before, _, rest = text.partition(_START)
    old, _, after = rest.partition(_END)
    # Without new details the sentences of the last set stay as they are.
    said = details or "".join(old.partition("\nOn ")[1:]).lstrip("\n")
    body = _figures_table(kept["figures"]) + said
    REPORT.write_text(f"{before}{_START}\n{body}{_END}{after}", encoding="utf-8")


def _figures_table(values: Mapping[str, float]) -> str:
    rows = "".join(f"| {name} | {value:.4f} |\n" for name, value in sorted(values.items()))
    return f"| figure | value |\n|---|---|\n{rows}\n"


def _details(name: str, scores: Scores) -> str:
    weakest = sorted(scores.f1.items(), key=lambda item: item[1])[:12]
    lines = [
        f"On {name}: {scores.questions['all']} questions; expected calibration error "
        f"{scores.ece:.4f}; false alarms of express_distress {scores.distress_false_alarms}.",
        "",
        "Worst confusions: "
        + "; ".join(f"{g} read as {p} ({n})" for g, p, n in scores.confusions[:12])
        + ".",
        "",
        "Weakest labels (F1): " + "; ".join(f"{i} {v:.2f}" for i, v in weakest) + ".",
        "",
    ]
    return "\n".join(lines)

"""How often collectors may call: a setting, told by the facts that name it."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.conversation.desk import load_renderer
from actions.knowledge.conduct import Outreach
from actions.knowledge.facts import FactBase
from actions.knowledge.yaml_files import DataError
from tests.unit.actions.conftest import DATA

SHIPPED = (DATA / "conduct" / "outreach.yml").read_text(encoding="utf-8")


def changed(folder: Path, old: str, new: str) -> Path:
    """The shipped file with one change."""
    assert old in SHIPPED
    path = folder / "outreach.yml"
    path.write_text(SHIPPED.replace(old, new), encoding="utf-8")
    return path


def test_the_fact_tells_the_shipped_figures() -> None:
    facts, _ = load_renderer(DATA)
    assert "不超过 3 次" in facts["collection.calls"].statement
    assert "不宜超过 6 次" in facts["collection.calls"].statement


def test_another_figure_is_told(tmp_path: Path) -> None:
    rule = Outreach.load(changed(tmp_path, "effective_calls: 3", "effective_calls: 2"))
    facts = FactBase.load(DATA / "facts", rule.figures())
    assert "不超过 2 次" in facts["collection.calls"].statement


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("effective_calls: 3", "effective_calls: 0", 4, "max_effective_calls"),
        ("per_number: 6", "per_number: many", 5, "max_dials_per_number"),
        ("third_party: forbidden", "third_party: allowed", 6, "third_party"),
    ],
)
def test_a_mistake_is_named_with_line_and_field(
    tmp_path: Path, old: str, new: str, line: int, field: str
) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(DataError, match=f"outreach.yml:{line}: {field}"):
        Outreach.load(path)


def test_a_name_that_is_no_setting_is_refused() -> None:
    with pytest.raises(DataError, match=r"collection\.calls"):
        FactBase.load(DATA / "facts", {})

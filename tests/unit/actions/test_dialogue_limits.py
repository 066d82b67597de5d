"""How much an answer tells and which example it takes: settings that are read and checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.knowledge.conduct import Dialogue
from actions.knowledge.yaml_files import DataError
from tests.unit.actions.conftest import DATA

SHIPPED = (DATA / "conduct" / "dialogue.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("most_answers: 3 ", "most_answers: 0 ", "most_answers"),
        ("sure_of_the_whole: 0.75", "sure_of_the_whole: 1.5", "sure_of_the_whole"),
        ("terms_tried: 12 ", "terms_tried: 1 ", "terms_tried"),
        ("example_bill_fen: 100000", "example_bill: 100000", "example_bill"),
        ("linked_products: [huabei, jiebei]", "linked_products: [huabei]", "linked_products"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_field(
    tmp_path: Path, old: str, new: str, field: str
) -> None:
    assert old in SHIPPED
    path = tmp_path / "dialogue.yml"
    path.write_text(SHIPPED.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError) as refused:
        Dialogue.load(path)
    assert field in str(refused.value)
    assert "dialogue.yml" in str(refused.value)

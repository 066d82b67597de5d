"""A model fits the data it was trained from, and only that."""

from __future__ import annotations

from pathlib import Path

from launcher.model import digest


def _tree(root: Path) -> None:
    (root / "data" / "nlu").mkdir(parents=True)
    (root / "data" / "dictionary").mkdir()
    (root / "data" / "nlu" / "penalty.yml").write_text("- 逾期利息怎么算\n", encoding="utf-8")
    (root / "data" / "dictionary" / "credit.txt").write_text("花呗 1000 n\n", encoding="utf-8")


def test_same_sources_give_the_same_digest(tmp_path: Path) -> None:
    _tree(tmp_path)
    assert digest(["data/nlu", "data/dictionary"], tmp_path) == digest(
        ["data/nlu", "data/dictionary"], tmp_path
    )


def test_a_changed_dictionary_asks_for_a_new_model(tmp_path: Path) -> None:
    _tree(tmp_path)
    before = digest(["data/nlu", "data/dictionary"], tmp_path)
    with (tmp_path / "data" / "dictionary" / "credit.txt").open("a", encoding="utf-8") as words:
        words.write("停息挂账 1000 n\n")
    assert digest(["data/nlu", "data/dictionary"], tmp_path) != before


def test_a_renamed_file_counts_and_a_cache_file_does_not(tmp_path: Path) -> None:
    _tree(tmp_path)
    before = digest(["data/nlu"], tmp_path)
    (tmp_path / "data" / "nlu" / "cached.pyc").write_bytes(b"\x00")
    assert digest(["data/nlu"], tmp_path) == before
    (tmp_path / "data" / "nlu" / "penalty.yml").rename(tmp_path / "data" / "nlu" / "fees.yml")
    assert digest(["data/nlu"], tmp_path) != before

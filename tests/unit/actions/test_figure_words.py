"""The words beside figures: every unit of a rate can be reckoned, and a broken file is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.knowledge.figure_words import FigureWords, figure_words
from actions.knowledge.words import Words
from actions.knowledge.yaml_files import DataError

FILE = Path(__file__).parents[3] / "data" / "wording" / "figures.yml"


@pytest.mark.parametrize(
    ("before", "times"),
    [("日利率", 365), ("天利息", 365), ("月息", 12), ("年化", 1)],
)
def test_a_rate_is_for_the_time_that_stands_before_it(before: str, times: int) -> None:
    words = figure_words()
    found = words.rate_for.search(f"借呗{before}是")
    assert found is not None
    assert words.times_a_year[found["per"]] == times


def test_a_broken_pattern_is_named_with_file_and_field(tmp_path: Path, words: Words) -> None:
    broken = tmp_path / "figures.yml"
    broken.write_text(FILE.read_text("utf-8").replace("half: 一半|半数", "half: '(一半'"), "utf-8")
    with pytest.raises(DataError, match=r"figures\.yml:\d+: half"):
        FigureWords.load(broken, words)

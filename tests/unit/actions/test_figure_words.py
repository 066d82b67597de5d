"""The words beside figures: every unit of a rate can be reckoned, and a broken file is named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from actions.conversation.named_rate import named_rate
from actions.knowledge.figure_words import FigureWords, figure_words
from actions.knowledge.words import Words
from actions.knowledge.yaml_files import DataError
from tests.unit.actions.conftest import MakeTurn

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


@pytest.mark.parametrize(
    ("text", "yearly"),
    [
        ("年化18的话一年利息多少", "0.18"),
        ("日息0.05算高吗", "0.1825"),  # 0.05 % × 365
        ("月息三分", "0.36"),  # 3 % × 12
        ("月息一分二", "0.144"),  # 1.2 % × 12
        ("月利率是5厘", "0.06"),  # 0.5 % × 12
        ("日息万五合法吗", "0.1825"),
        ("年利率8个点", "0.08"),
    ],
)
def test_a_rate_is_heard_without_a_percent_sign(
    make_turn: MakeTurn, text: str, yearly: str
) -> None:
    named = named_rate(make_turn(text))
    assert named is not None
    assert named.yearly == Decimal(yearly)


@pytest.mark.parametrize(
    "text", ["借一万五", "12月18号还", "年化利率是多少", "欠了三万五千", "三分钟"]
)
def test_other_numbers_are_no_rate(make_turn: MakeTurn, text: str) -> None:
    assert named_rate(make_turn(text)) is None


def test_a_broken_pattern_is_named_with_file_and_field(tmp_path: Path, words: Words) -> None:
    broken = tmp_path / "figures.yml"
    broken.write_text(FILE.read_text("utf-8").replace("half: 一半|半数", "half: '(一半'"), "utf-8")
    with pytest.raises(DataError, match=r"figures\.yml:\d+: half"):
        FigureWords.load(broken, words)

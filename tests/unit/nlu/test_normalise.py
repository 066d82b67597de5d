"""What is read is normalised; what is reported points into what was typed."""

from __future__ import annotations

import pytest

from nlu.lexicon.homophones import load_homophones
from nlu.text.normalise import MAX_CHARACTERS, normalise


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("花被逾期了", "花呗逾期了"),
        ("借贝預期３天", "借呗逾期3天"),
        ("花唄還款", "花呗还款"),
        ("于期怎么办", "逾期怎么办"),
        ("微力贷利吸", "微粒贷利息"),
        ("帐单", "账单"),
    ],
)
def test_typos_width_and_script(typed: str, read: str) -> None:
    assert normalise(typed, load_homophones()).text == read


@pytest.mark.parametrize("typed", ["预期收益是多少", "克服困难", "股票预期不错"])
def test_a_word_that_only_sounds_like_a_term_stays(typed: str) -> None:
    assert normalise(typed, load_homophones()).text == typed


def test_offsets_point_into_the_original() -> None:
    # 0花 1被 2😭 3😭 4逾 5期 6３ 7天: the two emoji become one blank.
    typed = "花被😭😭逾期３天"
    read = normalise(typed, load_homophones())
    assert read.text == "花呗 逾期3天"
    start = read.text.index("3天")
    assert typed[slice(*read.original_span(start, start + 2))] == "３天"
    start = read.text.index("花呗")
    assert typed[slice(*read.original_span(start, start + 2))] == "花被"


def test_invisible_characters_are_dropped_with_offsets_kept() -> None:
    typed = "逾\u200b期"
    read = normalise(typed)
    assert read.text == "逾期"
    assert read.original_span(0, 2) == (0, 3)


def test_nothing_and_too_much() -> None:
    assert normalise("").text == ""
    assert len(normalise("还" * 5000).text) == MAX_CHARACTERS

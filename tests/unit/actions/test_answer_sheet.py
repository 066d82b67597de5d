"""Tables of questions, the draw, and the two forms of the result."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.answer_sheet import Answered, Question, drawn, page, read_questions, table

TEN = [Question(f"问题{number}") for number in range(10)]


def test_a_table_with_columns_and_plain_lines_are_both_read(tmp_path: Path) -> None:
    labelled = tmp_path / "labelled.tsv"
    labelled.write_text('text\tintent\n他说"等等"\tgreet\n', encoding="utf-8")
    plain = tmp_path / "plain.txt"
    plain.write_text("在吗\n\n怎么还\n", encoding="utf-8")

    assert read_questions(labelled) == [Question('他说"等等"', "greet")]
    assert read_questions(plain) == [Question("在吗"), Question("怎么还")]


def test_the_same_seed_draws_the_same_questions() -> None:
    assert drawn(TEN, 4, seed=1) == drawn(TEN, 4, seed=1)
    assert drawn(TEN, 4, seed=1) != drawn(TEN, 4, seed=2)


@pytest.mark.parametrize(("size", "count"), [(4, 4), (99, 10)])
def test_no_question_is_drawn_twice(size: int, count: int) -> None:
    assert len(set(drawn(TEN, size, seed=3))) == count


def test_the_page_marks_a_question_without_an_answer_and_shows_text_as_text() -> None:
    written = page([Answered(Question("<b>在吗"), "wang", (), ())])

    assert "1 questions, 1 without an answer" in written
    assert "no answer" in written
    assert "&lt;b&gt;在吗" in written
    assert "(wang)" in written


def test_every_answer_is_one_line_of_the_table() -> None:
    answered = Answered(Question("在吗", "greet"), "", ("在的\n请说", "还有呢"), ("转人工",))

    header, line = table([answered]).splitlines()

    assert header.split("\t") == ["number", "borrower", "intent", "text", "answer", "buttons"]
    assert line.split("\t") == ["1", "", "greet", "在吗", "在的⏎请说 ‖ 还有呢", "转人工"]

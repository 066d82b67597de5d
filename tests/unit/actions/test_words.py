"""Families of words: what a name in a pattern stands for, and mistakes named by file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from actions.conversation.desk import load_patterns
from actions.knowledge.focus import Focus
from actions.knowledge.words import Words
from actions.knowledge.yaml_files import DataError
from tests.unit.actions.conftest import WORDING


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_name_stands_for_every_word_of_its_family_and_of_those_within() -> None:
    words = Words({"late": ["逾期", "晚还"], "very late": ["<late>很久", "呆账"]})
    assert words.spelled_out("我<very late>了") == "我(?:(?:逾期|晚还)很久|呆账)了"


@pytest.mark.parametrize("pattern", [r"(?<!不)还", r"(?<=还)清", r"(?P<per>[日天])", r"\<late>"])
def test_what_regular_expressions_know_is_left_alone(pattern: str) -> None:
    assert Words({"late": ["逾期"]}).spelled_out(pattern) == pattern


@pytest.mark.parametrize("pattern", ["<lat>", "<Late>", "<late", "<>", "a<b"])
def test_any_other_name_is_a_mistake(pattern: str) -> None:
    with pytest.raises(ValueError, match="no family of words"):
        Words({"late": ["逾期"]}).spelled_out(pattern)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("late: [逾期]\nvery: [<lat>很久]\n", r"words\.yml:2: very: <lat> is no family"),
        ("a: [<b>]\nb: [<a>]\n", r"words\.yml:1: a: stands for itself: a > b > a"),
        ("late: [逾期, 晚还, 逾期]\n", r"words\.yml:1: late: has twice: 逾期"),
        ("late: []\n", r"words\.yml:1: late: has no words"),
        ("late: ['']\n", r"words\.yml:1: late: has no words"),
        ("late: ['逾期(']\n", r"words\.yml:1: late: no regular expression"),
        ("Late_1: [逾期]\n", r"words\.yml:1: Late_1: a name is small letters"),
        ("late: 逾期\n", r"words\.yml:1: late: "),
    ],
)
def test_a_mistake_in_the_families_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        Words.load(written(tmp_path, "words.yml", text))


@pytest.mark.parametrize(
    ("asks", "said"),
    [
        ("<lat>", r"a\.yml:2: ask_penalty\.0\.asks: <lat> is no family"),
        ("逾期(", r"a\.yml:2: ask_penalty\.0\.asks: "),
    ],
)
def test_a_mistake_in_a_pattern_is_named(tmp_path: Path, asks: str, said: str) -> None:
    written(tmp_path, "a.yml", f"ask_penalty:\n  - {{asks: '{asks}', reply: penalty.cap}}\n")
    with pytest.raises(DataError, match=said):
        Focus.load(tmp_path, Words({"late": ["逾期"]}))


def test_a_pattern_may_be_a_list_of_which_any_is_found(tmp_path: Path) -> None:
    written(
        tmp_path, "a.yml", "ask_penalty:\n  - {asks: ['封顶', '<late>.{0,2}上限'], reply: a.b}\n"
    )
    focus = Focus.load(tmp_path, Words({"late": ["逾期", "晚还"]}))
    assert focus.reply_for("ask_penalty", "有封顶吗") == "a.b"
    assert focus.reply_for("ask_penalty", "晚还有上限吗") == "a.b"
    assert focus.reply_for("ask_penalty", "额度上限") is None


@pytest.mark.parametrize("asks", ["['封顶', '(']", "['封顶', '']", "[]", "3"])
def test_a_list_with_no_pattern_in_it_is_a_mistake(tmp_path: Path, asks: str) -> None:
    written(tmp_path, "a.yml", f"ask_penalty:\n  - {{asks: {asks}, reply: a.b}}\n")
    with pytest.raises(DataError, match=r"a\.yml:2: ask_penalty\.0\.asks: "):
        Focus.load(tmp_path, Words({}))


def test_an_intent_is_in_one_file_only(tmp_path: Path) -> None:
    sides = "ask_penalty:\n  - {asks: '封顶', reply: penalty.cap}\n"
    written(tmp_path, "a.yml", sides)
    written(tmp_path, "b.yml", f"# again\n{sides}")
    with pytest.raises(DataError, match=r"b\.yml:2: ask_penalty: is in a\.yml already"):
        Focus.load(tmp_path, Words({}))


def test_an_intent_with_many_sides_has_a_folder_read_by_name(tmp_path: Path) -> None:
    written(tmp_path, "a.yml", "ask_penalty:\n  - {asks: '封顶', reply: penalty.cap}\n")
    written(tmp_path, "out_of_scope/2_wide.yml", "- {asks: '开', reply: a.open}\n")
    written(tmp_path, "out_of_scope/1_narrow.yml", "- {asks: '学生.*开', reply: a.student}\n")
    focus = Focus.load(tmp_path, Words({}))
    # Both patterns are found in the words; the one of the first file decides.
    assert focus.reply_for("out_of_scope", "学生能开吗") == "a.student"
    assert focus.reply_for("out_of_scope", "怎么开") == "a.open"


def test_an_intent_is_in_a_file_or_in_a_folder(tmp_path: Path) -> None:
    written(tmp_path, "a.yml", "ask_penalty:\n  - {asks: '封顶', reply: penalty.cap}\n")
    written(tmp_path, "ask_penalty/1_all.yml", "- {asks: '封顶', reply: penalty.cap}\n")
    with pytest.raises(DataError, match="ask_penalty is in a file beside it already"):
        Focus.load(tmp_path, Words({}))


def test_a_folder_without_files_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no file"):
        Focus.load(tmp_path, Words({}))


def test_a_pattern_with_a_name_finds_what_a_borrower_types(tmp_path: Path) -> None:
    written(tmp_path, "a.yml", "ask_penalty:\n  - {asks: '<late>.{0,4}封顶', reply: penalty.cap}\n")
    focus = Focus.load(tmp_path, Words({"late": ["逾期", "晚还"]}))
    assert focus.reply_for("ask_penalty", "晚还了有封顶吗") == "penalty.cap"
    assert focus.reply_for("ask_penalty", "有封顶吗") is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("paid off", "都还干净了"),
        ("late", "晚还了两天"),
        ("cannot pay", "实在凑不齐"),
        ("how long", "要多少天"),
        ("credit record", "人行那边"),
        ("frozen", "给我关停了"),
        ("family", "我老婆"),
        ("sum", "三千块"),
        ("days", "十来天"),
        ("court", "要上法庭吗"),
    ],
)
def test_the_shipped_families_know_how_people_say_it(words: Words, name: str, said: str) -> None:
    assert re.search(words.spelled_out(f"<{name}>"), said)


def test_no_shipped_family_finds_nothing_at_all(words: Words) -> None:
    """A word that is optional as a whole would match everywhere."""
    matching = [n for n in words.names() if re.search(words.spelled_out(f"<{n}>"), "")]
    assert matching == []


def test_no_shipped_family_is_left_over() -> None:
    named = re.compile(r"<([a-z]+(?: [a-z]+)*)>")
    files = [path for path in WORDING.rglob("*.yml") if "replies" not in path.parts]
    used = {name for path in files for name in named.findall(path.read_text(encoding="utf-8"))}
    assert set(Words.load(WORDING / "words.yml").names()) - used == set()


def test_any_yaml_reader_takes_the_shipped_files() -> None:
    """Plain words of a flow list that hold a "?" are read by some readers and refused by others."""
    for path in WORDING.rglob("*.yml"):
        YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def test_all_shipped_patterns_load() -> None:
    load_patterns(WORDING)

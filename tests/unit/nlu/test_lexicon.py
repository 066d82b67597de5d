"""The word lists are checked on loading, and an edit makes training run again."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlu.entities.pipeline import SCHEMA
from nlu.lexicon.concepts import load_concepts
from nlu.lexicon.files import DICTIONARY_FOLDER, LEXICON_FOLDER, LexiconError, read_lexicon
from nlu.lexicon.homophones import load_homophones
from nlu.text.words import add_dictionaries, segment


def test_concepts_are_read_in_order_of_appearance() -> None:
    found = load_concepts().read("花呗逾期影响征信吗")
    order = [name for name in found if name in {"overdue", "product_revolving", "credit"}]
    assert order == ["product_revolving", "overdue", "credit"]


def test_a_concept_that_is_no_pattern_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "concepts.yml"
    broken.write_text("concepts:\n  paid: ['还(了']\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"concepts.yml: concepts/paid"):
        load_concepts(broken)


def test_a_typo_rule_may_not_change_the_length(tmp_path: Path) -> None:
    broken = tmp_path / "homophones.yml"
    broken.write_text("rules:\n  - {meant: 逾期, typed: [预期了]}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="differ in length"):
        load_homophones(broken)


def test_every_product_name_is_one_word_for_jieba() -> None:
    add_dictionaries(DICTIONARY_FOLDER)
    products = read_lexicon(LEXICON_FOLDER / "products.yml", SCHEMA)["products"]
    split = [n for names in products.values() for n in names if len(segment(f"我{n}了")) > 3]
    assert split == []


def test_an_edited_dictionary_changes_the_fingerprint(tmp_path: Path) -> None:
    from nlu.components.tokenizer import DomainTokenizer

    (tmp_path / "domain.txt").write_text("花呗 9 nz\n", encoding="utf-8")
    before = DomainTokenizer.fingerprint_addon({"dictionary_path": str(tmp_path)})
    (tmp_path / "domain.txt").write_text("花呗 9 nz\n借呗 9 nz\n", encoding="utf-8")
    assert DomainTokenizer.fingerprint_addon({"dictionary_path": str(tmp_path)}) != before


def test_initials_keep_the_length_and_only_stand_alone() -> None:
    rules = load_homophones()
    assert rules.mend("hb逾期上zx吗") == "花呗逾期上征信吗"
    assert rules.mend("yq20261121001") == "yq20261121001"  # a case number


def test_pinyin_words_are_spelled_out() -> None:
    assert load_homophones().spell_out("yuqi了能fenqi吗 hello") == "逾期了能分期吗 hello"

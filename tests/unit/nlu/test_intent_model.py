"""The intent model on a small set: learns, is stored without pickles, splits two questions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nlu.intents.features import canonical
from nlu.intents.model import IntentModel, ModelSettings
from nlu.intents.second_question import (
    Sureness,
    TwoQuestions,
    clauses,
    find_second_question,
)
from nlu.lexicon.concepts import load_concepts
from nlu.lexicon.homophones import load_homophones
from nlu.lexicon.second_question import load_second_question

WORDS = load_second_question()
EXAMPLES = {
    "ask_credit_impact": [
        "逾期会上征信吗",
        "花呗逾期影响征信吗",
        "借呗逾期上不上征信",
        "影响信用吗",
    ],
    "request_instalment": ["可以分期吗", "还能不能分期", "逾期能分期还吗", "我想分期还款"],
    "ask_penalty": ["罚息怎么算", "逾期利息多少", "逾期一天罚多少", "有滞纳金吗"],
    "dispute_payment": ["明明还了还显示没还", "还过了还是显示逾期", "钱扣了账单没更新"],
    "ask_interest_rate": ["日利率是多少", "年利率多少", "借钱的利率是几", "日息多少"],
    "ask_early_settlement": ["可以提前还清吗", "想提前全部还完", "能不能提前结清", "提前还可以吧"],
    "greet": ["你好", "在吗", "您好", "早上好"],
}


@pytest.fixture(scope="module")
def model() -> IntentModel:
    trained = IntentModel(ModelSettings(rarest=1, sharpness=12), load_concepts(), load_homophones())
    texts = [text for examples in EXAMPLES.values() for text in examples]
    labels = [label for label, examples in EXAMPLES.items() for _ in examples]
    trained.fit(texts, labels)
    return trained


def test_unseen_wordings_and_typos(model: IntentModel) -> None:
    rows = model.probabilities(["花被預期会影响证信么", "蚂蚁借呗罚息咋算"])
    assert [model.labels[i] for i in rows.argmax(axis=1)] == ["ask_credit_impact", "ask_penalty"]
    assert np.allclose(rows.sum(axis=1), 1)


def test_stored_as_numbers_and_text(model: IntentModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"model.json", "model.npz"}
    again = IntentModel.load(tmp_path, load_concepts(), load_homophones())
    texts = ["逾期会上征信吗", "asdf", "", "还" * 5000]
    assert np.allclose(again.probabilities(texts), model.probabilities(texts), atol=0.01)


def heard(model: IntentModel, text: str, first: str) -> TwoQuestions | None:
    return find_second_question(model, text, first, Sureness(0.4, 0.4, 0.4), WORDS)


def test_two_questions_in_one_message(model: IntentModel) -> None:
    text = "逾期了会上征信吗 还能不能分期"
    two = heard(model, text, "ask_credit_impact")
    assert two is not None
    assert (two.first, two.second.intent) == ("ask_credit_impact", "request_instalment")
    assert text[two.second.start : two.second.end] == "还能不能分期"


def test_two_questions_without_a_mark_between_them(model: IntentModel) -> None:
    text = "逾期会上征信吗还能不能分期"
    two = heard(model, text, "ask_credit_impact")
    assert two is not None
    assert text[two.second.start : two.second.end] == "还能不能分期"


def test_a_whole_that_reads_like_neither_part_gives_way_to_its_parts(model: IntentModel) -> None:
    two = heard(model, "逾期会上征信吗,可以分期吗", "ask_penalty")
    assert two is not None
    assert {two.first, two.second.intent} == {"ask_credit_impact", "request_instalment"}


@pytest.mark.parametrize(
    "text",
    [
        "我逾期三天了，会上征信吗",
        "我不是问罚息怎么算，逾期会上征信吗",  # what is not asked is no question
        "逾期会上征信吗，怎么办",  # 怎么办 alone asks nothing of its own
    ],
)
def test_one_question_with_its_context_is_one_question(model: IntentModel, text: str) -> None:
    assert heard(model, text, "ask_credit_impact") is None


def test_what_is_told_of_a_payment_is_heard_beside_the_question(model: IntentModel) -> None:
    # The whole reads like its question; that paid money is not seen must not be lost.
    two = heard(model, "昨天还了还显示没还，会影响征信吗", "ask_credit_impact")
    assert two is not None
    assert (two.first, two.second.intent) == ("ask_credit_impact", "dispute_payment")


def test_the_rate_beside_paying_early_is_a_question_of_its_own(model: IntentModel) -> None:
    two = heard(model, "日利率是多少，可以提前还清吗", "ask_early_settlement")
    assert two is not None
    assert two.second.intent == "ask_interest_rate"


def test_clauses_keep_their_place() -> None:
    text = "罚息怎么算？另外可以分期吗"
    assert [text[a:b] for a, b in clauses(text, WORDS)] == ["罚息怎么算", "另外可以分期吗"]


def test_greeting_brand_and_figures_do_not_decide() -> None:
    assert canonical("你好,蚂蚁花呗逾期13天") == canonical("花呗逾期5天") == "花呗逾期0天"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("罚多少,会不会上征信", ["罚多少", "会不会上征信"]),
        ("花呗可以晚点还不还有会打电话吗", ["花呗可以晚点还不", "还有会打电话吗"]),
        ("会上征信吗还能不能分期", ["会上征信吗", "还能不能分期"]),  # 吗 ends a question
        ("协商好了为什么还有人打电话", ["协商好了为什么还有人打电话"]),  # 还有人 opens nothing
        ("你怎么这么慢", ["你怎么这么慢"]),  # 么 of 怎么 and 这么 ends none
        ("我还有多少没还", ["我还有多少没还"]),  # 还有多少 is no "and also"
    ],
)
def test_clauses(text: str, parts: list[str]) -> None:
    assert [text[a:b] for a, b in clauses(text, WORDS)] == parts

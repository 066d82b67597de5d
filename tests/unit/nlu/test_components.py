"""The Rasa components: safety decides first, the classifier leaves its decision alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from nlu.components.entity_extractor import ValueExtractor
from nlu.components.intent_classifier import BorrowerIntentClassifier
from nlu.components.safety_guard import SafetyGuard
from nlu.lexicon.files import LEXICON_FOLDER


def message(text: str) -> Message:
    return Message({"text": text})


def classifier(**config: Any) -> BorrowerIntentClassifier:
    settings = {**BorrowerIntentClassifier.get_default_config(), "rarest": 1, **config}
    component = BorrowerIntentClassifier(settings, None, None, LEXICON_FOLDER)  # type: ignore[arg-type]
    texts = ["太绝望了", "撑不住了", "没有希望了", "还不上了", "没钱还", "失业了", "谢谢", "多谢"]
    labels = ["express_distress"] * 3 + ["state_hardship"] * 3 + ["thank"] * 2
    component.model.fit(texts, labels)
    return component


def test_plain_self_harm_is_decided_before_any_classifier() -> None:
    said = message("花呗逾期了，我不想活了")
    SafetyGuard().process([said])
    classifier().process([said])
    assert said.get("intent") == {"name": "express_distress", "confidence": 1.0}
    (signal,) = said.get("entities")
    assert (signal["entity"], signal["value"]) == ("safety_signal", "self_harm:explicit")
    assert said.get("text")[signal["start"] : signal["end"]] == signal["raw"] == "不想活"


def test_a_soft_sign_lets_distress_lead_though_it_is_not_the_likeliest() -> None:
    said = message("还不上了 没钱 撑不住了")
    SafetyGuard().process([said])
    classifier(soft_distress_confidence=0.0).process([said])
    assert said.get("intent")["name"] == "express_distress"


def test_distress_that_leads_by_a_soft_sign_is_not_doubted_by_its_own_ranking() -> None:
    # Rasa's fallback reads doubt into a first confidence below the second.
    said = message("还不上了 没钱 撑不住了")
    SafetyGuard().process([said])
    classifier(soft_distress_confidence=0.0).process([said])
    first, second = said.get("intent_ranking")[:2]
    assert first["confidence"] >= second["confidence"]


def test_half_a_guess_is_no_distress_where_no_rule_heard_anything() -> None:
    said = message("希望")  # likest 没有希望了, but no sign of danger by itself
    SafetyGuard().process([said])
    classifier(lone_distress_confidence=1.01, faint_distress_confidence=1.01).process([said])
    assert said.get("intent")["name"] != "express_distress"
    assert "express_distress" not in {one["name"] for one in said.get("intent_ranking")}


@pytest.mark.parametrize(("enough", "signs"), [(0.0, ["self_harm:faint"]), (1.01, [])])
def test_half_a_guess_leaves_a_doubt_beside_the_intent(enough: float, signs: list[str]) -> None:
    said = message("希望")
    SafetyGuard().process([said])
    classifier(
        lone_distress_confidence=1.01, faint_distress_confidence=1.01, faint_sign_confidence=enough
    ).process([said])
    heard = [e["value"] for e in said.get("entities", []) if e["entity"] == "safety_signal"]
    assert heard == signs


def test_half_a_guess_leaves_no_doubt_where_life_goes_on() -> None:
    said = message("没录音行吗")  # asks for evidence: a plain matter
    SafetyGuard().process([said])
    classifier(
        lone_distress_confidence=1.01,
        distress_beside_daily_life_confidence=1.01,
        faint_sign_confidence=0.0,
    ).process([said])
    assert [e for e in said.get("entities", []) if e["entity"] == "safety_signal"] == []


def test_no_doubt_is_left_beside_what_a_rule_heard() -> None:
    said = message("没钱还 逼急了我就去公司放火")  # a threat, told already
    SafetyGuard().process([said])
    classifier(
        lone_distress_confidence=1.01, faint_distress_confidence=1.01, faint_sign_confidence=0.0
    ).process([said])
    heard = [e["value"] for e in said.get("entities", []) if e["entity"] == "safety_signal"]
    assert heard == ["threat:explicit"]


def test_distress_that_is_likelier_than_all_else_is_kept_however_faint() -> None:
    said = message("希望")
    SafetyGuard().process([said])
    classifier(lone_distress_confidence=1.01, faint_distress_confidence=0.0).process([said])
    assert said.get("intent")["name"] == "express_distress"


def test_beside_work_and_wages_distress_has_to_be_surer() -> None:
    component = classifier(
        faint_distress_confidence=0.0, distress_beside_daily_life_confidence=1.01
    )
    said = message("希望下个月发工资")  # the same guess, beside wages to come
    SafetyGuard().process([said])
    component.process([said])
    assert "express_distress" not in {one["name"] for one in said.get("intent_ranking")}


def test_a_danger_that_a_rule_heard_is_one_beside_work_too() -> None:
    said = message("明天还要上班，可我不想活了")
    SafetyGuard().process([said])
    assert said.get("intent") == {"name": "express_distress", "confidence": 1.0}


def test_an_idiom_by_itself_makes_no_danger() -> None:
    component = classifier(faint_sign_confidence=1.01)
    texts = ["死了这条心", "心都死了", "真死了", "还不上了", "没钱还", "失业了", "谢谢", "多谢"]
    component.model.fit(texts, ["express_distress"] * 3 + ["state_hardship"] * 3 + ["thank"] * 2)
    said, meant = message("死了这条心"), message("心都死了")
    for one in (said, meant):
        SafetyGuard().process([one])
        component.process([one])
    assert "express_distress" not in {one["name"] for one in said.get("intent_ranking")}
    assert meant.get("intent")["name"] == "express_distress"


@pytest.mark.parametrize(
    ("enough", "signals"), [(0.0, ["self_harm:faint"]), (1.01, [])], ids=["some", "hardly any"]
)
def test_danger_in_one_clause_is_a_doubt_where_the_whole_has_some(
    enough: float, signals: list[str]
) -> None:
    component = classifier(
        doubt_of_a_clause=enough,
        clause_confidence=0.3,
        lone_distress_confidence=1.01,
        faint_distress_confidence=1.01,
        faint_sign_confidence=1.01,
    )
    texts = ["要走远了吗", "该走远了吗", "会上征信吗", "影响征信吗", "谢谢", "多谢"]
    labels = ["express_distress"] * 2 + ["ask_credit_impact"] * 2 + ["thank"] * 2
    component.model.fit(texts, labels)
    said = message("会上征信吗，要走远了吗")
    component.process([said])
    assert said.get("intent")["name"] == "ask_credit_impact"
    heard = [e["value"] for e in said.get("entities", []) if e["entity"] == "safety_signal"]
    assert heard == signals


def test_who_asks_for_something_else_only_perhaps_is_not_sent_away() -> None:
    component = classifier(out_of_scope_confidence=1.01, instead_of_out_of_scope_confidence=0.9)
    texts = ["怎么开通花呗", "怎么提额", "还不上了", "没钱还", "谢谢", "多谢"]
    labels = ["out_of_scope"] * 2 + ["state_hardship"] * 2 + ["thank"] * 2
    component.model.fit(texts, labels)
    said = message("怎么提额")
    component.process([said])
    assert [one["name"] for one in said.get("intent_ranking")][:2] == [
        "nlu_fallback",
        "out_of_scope",
    ]
    assert said.get("intent")["name"] == "nlu_fallback"


def test_what_is_perhaps_something_else_but_likely_enough_ours_is_answered() -> None:
    component = classifier(out_of_scope_confidence=1.01, instead_of_out_of_scope_confidence=0.0)
    texts = ["怎么开通花呗", "怎么提额", "还不上了", "没钱还", "谢谢", "多谢"]
    labels = ["out_of_scope"] * 2 + ["state_hardship"] * 2 + ["thank"] * 2
    component.model.fit(texts, labels)
    said = message("怎么提额")
    component.process([said])
    first, second = [one["name"] for one in said.get("intent_ranking")][:2]
    assert first in {"state_hardship", "thank"}
    assert second == "out_of_scope"


def test_a_further_question_travels_as_an_entity() -> None:
    component = classifier(clause_confidence=0.3)
    texts = ["逾期会上征信吗", "影响征信吗", "可以分期吗", "能不能分期还", "谢谢", "多谢"]
    labels = ["ask_credit_impact"] * 2 + ["request_instalment"] * 2 + ["thank"] * 2
    component.model.fit(texts, labels)
    said = message("逾期会上征信吗，可以分期吗")
    component.process([said])
    (second,) = said.get("entities")
    heard = {said.get("intent")["name"], second["value"]}
    assert heard == {"ask_credit_impact", "request_instalment"}
    assert said.get("text")[second["start"] : second["end"]] == second["raw"]


@pytest.mark.parametrize("text", ["", "   ", "asdf", "what is this", "还" * 5000, "😂😂😂"])
def test_nothing_crashes(text: str) -> None:
    said = message(text)
    SafetyGuard().process([said])
    classifier().process([said])
    ValueExtractor().process([said])
    assert set(said.get("intent")) == {"name", "confidence"}


def test_values_carry_offsets_of_the_original(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUQI_BUSINESS_DATE", "2026-11-21")
    said = message("花被　欠１５００元，１５号还")
    ValueExtractor().process([said])
    read = {
        (e["entity"], e["value"], said.get("text")[e["start"] : e["end"]])
        for e in said.get("entities")
    }
    assert read == {
        ("product", "huabei", "花被"),
        ("amount", "150000", "１５００元"),
        ("date", "2026-12-15", "１５号"),
        ("day_of_month", 15, "１５号"),
    }


def test_an_edited_lexicon_changes_the_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    before = BorrowerIntentClassifier.fingerprint_addon({})
    seen = SimpleNamespace(folders=())
    monkeypatch.setattr(
        "nlu.components.intent_classifier.fingerprint",
        lambda *folders: seen.__setattr__("folders", folders) or "other",
    )
    assert BorrowerIntentClassifier.fingerprint_addon({}) != before
    assert LEXICON_FOLDER in seen.folders


def heard_in(text: str, **config: Any) -> list[tuple[str, str]]:
    """The clause that asks and what it was heard as, from a classifier of two topics."""
    component = classifier(**{"asked_clause_confidence": 0.6, **config})
    texts = [
        "会起诉我吗",
        "会被起诉吗",
        "起诉多久",
        "没工作了",
        "失业了",
        "工资没发",
        "谢谢",
        "多谢",
    ]
    labels = ["ask_legal_risk"] * 3 + ["state_hardship"] * 3 + ["thank"] * 2
    component.model.fit(texts, labels)
    said = message(text)
    component.process([said])
    found = [one for one in said.get("entities", []) if one["entity"] == "asked_intent"]
    return [(one["raw"], one["value"]) for one in found]


def test_of_a_story_with_one_question_the_clause_that_asks_is_told() -> None:
    told = heard_in("失业了，工资没发，会不会被起诉")
    assert told == [("会不会被起诉", "ask_legal_risk")]


def test_nothing_is_told_of_one_clause_or_of_two_that_ask() -> None:
    assert heard_in("会不会被起诉") == []
    assert heard_in("会不会被起诉，起诉多久") == []
    assert heard_in("失业了，工资没发") == []


def test_a_clause_that_is_not_sure_enough_is_not_told() -> None:
    assert heard_in("失业了，工资没发，会不会被起诉", asked_clause_confidence=1.01) == []

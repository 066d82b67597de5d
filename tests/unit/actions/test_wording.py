"""All wording: complete, without figures of its own, every code with words."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from enum import Enum

import pytest

from account_engine.domain.negotiation import disclosure
from account_engine.domain.negotiation.option import ApprovalCause, Character, ReasonCode
from account_engine.domain.negotiation.policy import Charge, PlanWaiverCondition, Tool
from account_engine.domain.payloads import Component, RecallTrigger, RepaymentMethod
from account_engine.domain.state import (
    FacilityReason,
    FacilityStatus,
    PlanRowStatus,
    PlanStatus,
    RecallStage,
    ReturnCondition,
)
from account_engine.domain.terms import LinkageCure, LinkageEffect
from actions.conversation.answering import answered_intents
from actions.knowledge.focus import Focus
from actions.knowledge.stated import stated_replies
from actions.renderer.renderer import MORE, Renderer
from actions.renderer.wording import literal_figures
from tests.unit.actions.conftest import DATA


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("component", Component),
        ("facility", FacilityStatus),
        ("facility_reason", FacilityReason),
        ("return_condition", ReturnCondition),
        ("recall", RecallStage),
        ("trigger", RecallTrigger),
        ("method", RepaymentMethod),
        ("linkage_effect", LinkageEffect),
        ("linkage_cure", LinkageCure),
        ("plan_status", PlanStatus),
        ("plan_row", PlanRowStatus),
        ("character", Character),
        ("tool", Tool),
        ("charge", Charge),
        ("waiver_condition", PlanWaiverCondition),
        ("approval", ApprovalCause),
    ],
)
def test_every_code_of_the_engine_has_words(
    renderer: Renderer, group: str, codes: type[Enum]
) -> None:
    missing = {code.value for code in codes} - set(renderer.labels[group])
    assert missing == set()


def test_every_reason_and_tool_of_an_offer_has_a_sentence(renderer: Renderer) -> None:
    replies = renderer.wording.replies
    assert {f"reason.{code.value}" for code in ReasonCode} <= set(replies)
    assert {f"offer.{tool.value}" for tool in Tool} <= set(replies)


def test_every_line_of_the_cost_table_has_words(renderer: Renderer) -> None:
    """The codes stand in the engine's module as text; each needs a line of the table."""
    source = inspect.getsource(disclosure)
    codes = set(re.findall(r'(?:DisclosureRow|yield)?\(\s*"(\w+)",', source))
    assert len(codes) > 10
    assert codes <= set(renderer.labels["disclosure"])


def test_no_template_holds_a_figure(renderer: Renderer) -> None:
    """Every figure a borrower reads comes from a quote, a plan or a fact."""
    found = {
        key: figures
        for key, wording in renderer.wording.replies.items()
        if (figures := literal_figures(wording.text))
    }
    assert found == {}


def test_every_template_compiles(renderer: Renderer) -> None:
    for key, wording in renderer.wording.replies.items():
        for number in range(len(wording.text)):
            renderer.wording.environment.get_template(f"{key}#{number}")


def test_what_is_told_at_length_can_be_asked_for(renderer: Renderer) -> None:
    """`x.more` needs an answer `x` that offers it, and the button a text behind it."""
    replies = renderer.wording.replies
    told = {key.removesuffix(MORE) for key in replies if key.endswith(MORE)}
    offered = {key for key, wording in replies.items() if "more" in wording.buttons}
    assert told == offered


def test_every_button_named_exists(renderer: Renderer) -> None:
    named = {name for wording in renderer.wording.replies.values() for name in wording.buttons}
    assert named <= set(renderer.wording.buttons)


def test_every_button_leads_to_an_answer(renderer: Renderer) -> None:
    import actions.topics.manners  # noqa: F401 (registers answers)

    intents = {
        button.payload.removeprefix("/").split("{")[0]
        for button in renderer.wording.buttons.values()
        if button.payload.startswith("/")  # the others are words, understood as if typed
    }
    _import_all_topics()
    assert intents <= answered_intents()


def test_every_side_of_a_topic_has_a_reply(renderer: Renderer, focus: Focus) -> None:
    assert focus.replies() <= set(renderer.wording.replies)


def test_every_stated_reply_is_there(renderer: Renderer) -> None:
    stated = stated_replies()
    named = {*stated.with_own_line.values(), *stated.alone.values()}
    assert named <= set(renderer.wording.replies)


# Replies whose key is put together, with a code of the engine or of the identity service.
_BY_CODE = ("reason.", "offer.", "danger.", "sign_in.", "recall.step_", "arranged.")


def test_no_reply_is_left_over(renderer: Renderer) -> None:
    sources = [*(DATA.parent / "actions").rglob("*.py"), *DATA.rglob("*.yml")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    named = Counter(re.findall(r"[a-z_0-9]+(?:\.[a-z_0-9]+)*", text))
    left_over = {
        key
        for key in renderer.wording.replies
        if named[key] < 2 and not key.endswith(".more") and not key.startswith(_BY_CODE)
    }
    assert left_over == set()


def test_every_fact_named_behind_a_reply_exists(renderer: Renderer, facts: object) -> None:
    for key, wording in renderer.wording.replies.items():
        for fact_id in wording.facts:
            assert facts[fact_id], key  # type: ignore[index]


def _import_all_topics() -> None:
    import importlib
    import pkgutil

    import actions.topics

    for module in pkgutil.iter_modules(actions.topics.__path__, "actions.topics."):
        importlib.import_module(module.name)


GUIDE_INTENTS = [
    "ask_overdue_consequences",
    "ask_grace_period",
    "ask_credit_impact",
    "ask_credit_repair",
    "ask_penalty",
    "ask_full_recall",
    "ask_cross_product",
    "ask_account_restricted",
    "ask_restore_access",
    "ask_legal_risk",
    "ask_collection",
    "ask_auto_debit",
    "ask_minimum_payment",
    "ask_interest_rate",
    "ask_instalment_fee",
    "query_amount_due",
    "query_overdue_status",
    "query_due_date",
    "dispute_payment",
    "request_instalment",
    "request_extension",
    "request_waiver",
    "state_hardship",
    "request_negotiation",
    "ask_early_settlement",
    "request_due_date_change",
    "ask_repayment_method",
    "ask_partial_payment",
    "ask_repay_priority",
    "dispute_debt",
    "request_proof",
    "request_human",
    "ask_family_liability",
    "ask_authenticity",
    "ask_reminder",
    "express_distress",
    "express_anger",
    "greet",
    "goodbye",
    "thank",
    "affirm",
    "deny",
    "bot_challenge",
    "inform",
    "out_of_scope",
]


@pytest.mark.parametrize("intent", GUIDE_INTENTS)
def test_every_intent_is_answered(intent: str) -> None:
    _import_all_topics()
    assert intent in answered_intents()

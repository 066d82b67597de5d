"""The terms behind an answer: value, source and mark; what a contract agrees otherwise."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from account_engine.domain.state import BorrowerState
from account_engine.domain.terms import Compounding, Contract, ProductTerms
from actions.conversation.agreed import agreed_otherwise
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.knowledge.clauses import clauses_of_topic, read_clause
from actions.renderer.renderer import Renderer
from actions.topics.evidence import source
from tests.unit.actions.conftest import MakeTurn
from tests.unit.engine.histories import PRODUCTS, bill, contract, state_of

LATE = [bill("1000", "2026-11-10", "2026-11-01")]


def differing(**rules: Any) -> Contract:
    """花呗-like terms in which some rules differ."""
    return contract(replace(PRODUCTS.latest("huabei_like"), **rules))


def desk_of(renderer: Renderer, held: Contract) -> Desk:
    """A desk with one borrower, whose bill is 11 days late."""

    def state(borrower_id: str) -> BorrowerState:
        return state_of([held], LATE, "2026-11-21")

    engine = SimpleNamespace(products=PRODUCTS, state=state)
    facts = SimpleNamespace(find=lambda _ids: ())
    return cast(Desk, SimpleNamespace(engine=engine, renderer=renderer, facts=facts))


def answered(
    renderer: Renderer, make_turn: MakeTurn, held: Contract, last: dict[str, Any]
) -> tuple[Reply, str]:
    """What "依据是什么" gives after an answer."""
    turn = make_turn("依据是什么", "ask_source", borrower_id="b", slots={"last_answer": last})
    reply = source(turn, desk_of(renderer, held))
    return reply, renderer.render(reply, turn).text


@pytest.mark.parametrize(
    ("topic", "rule", "words"),
    [
        ("penalty", "penalty", ("0.05%", "公开代码和文章：每天万分之五", "来源较弱，演示设定")),
        ("credit", "credit_report", ("保存五年", "征信业管理条例第十六条", "法规原文")),
        ("priority", "designation", ("指明先还哪一笔", "民法典第五百六十条", "法规原文")),
        ("early", "prepayment", ("提前还清", "民法典第六百七十七条", "各处说法不一")),
        ("recall", "recall", ("经通知", "律师文章", "各处说法不一")),
    ],
)
def test_value_source_and_mark_are_shown(
    renderer: Renderer, make_turn: MakeTurn, topic: str, rule: str, words: tuple[str, ...]
) -> None:
    reply, text = answered(renderer, make_turn, contract("huabei_like"), {"topic": topic})
    for word in (*words, "以合同及系统账单为准"):
        assert word in text
    assert f"huabei_like@1#{rule}" in reply.clauses
    rows = (reply.card or {})["rows"]
    assert any(words[1] in row["source"] and row["confidence"] for row in rows)


def test_a_product_that_is_not_held_is_read_from_its_newest_terms(
    renderer: Renderer, make_turn: MakeTurn
) -> None:
    last = {"topic": "penalty", "products": ["jiebei"]}
    _, text = answered(renderer, make_turn, contract("huabei_like"), last)
    assert "借呗合同" in text
    assert "花呗" not in text


def test_every_clause_of_every_product_may_be_shown(
    renderer: Renderer, make_turn: MakeTurn
) -> None:
    # The guard refuses threats, promises and figures from nowhere; terms must pass it.
    for product_id in PRODUCTS.product_ids():
        terms = PRODUCTS.latest(product_id)
        for rule in terms.clauses:
            last = {"clauses": [terms.clause(rule)]}
            _, text = answered(renderer, make_turn, contract("huabei_like"), last)
            assert (terms.clause_text(rule) or "").rstrip("。") in text


def test_a_clause_of_terms_that_are_gone_keeps_its_name_only() -> None:
    read = read_clause("huabei_like@99#penalty", PRODUCTS)
    assert (read.text, read.source, read.confidence) == (None, None, None)


def test_clauses_without_wording_are_not_named() -> None:
    # No product compounds, so the topic of penalty has no clause for it.
    terms: ProductTerms = PRODUCTS.latest("huabei_like")
    assert "huabei_like@1#compounding" not in clauses_of_topic("penalty", [terms])


class TestAgreedOtherwise:
    def told(
        self, renderer: Renderer, make_turn: MakeTurn, held: Contract, reply: Reply
    ) -> tuple[Reply, str]:
        turn = make_turn("会不会利滚利", "ask_penalty", borrower_id="b")
        changed = agreed_otherwise(reply, turn, desk_of(renderer, held))
        return changed, renderer.render(changed, turn).text

    def test_charges_on_interest(self, renderer: Renderer, make_turn: MakeTurn) -> None:
        penalty = PRODUCTS.latest("huabei_like").penalty
        held = differing(penalty=replace(penalty, compounding=Compounding.UNPAID_INTEREST))
        reply, text = self.told(renderer, make_turn, held, Reply("penalty.compound"))
        assert "合同约定了复利" in text
        assert "不会利滚利" not in text
        assert reply.clauses == ("huabei_like@1#compounding",)
        plain, text = self.told(
            renderer, make_turn, contract("huabei_like"), Reply("penalty.compound")
        )
        assert plain.key == "penalty.compound"
        assert "不会利滚利" in text

    def test_the_order_of_the_contract(self, renderer: Renderer, make_turn: MakeTurn) -> None:
        allocation = PRODUCTS.latest("huabei_like").allocation
        held = differing(allocation=replace(allocation, debtor_designation=False))
        reply, text = self.told(renderer, make_turn, held, Reply("priority.allocation"))
        assert "合同约定了还款的先后" in text
        assert reply.clauses == ("huabei_like@1#designation",)
        _, text = self.told(
            renderer, make_turn, contract("huabei_like"), Reply("priority.allocation")
        )
        assert "合同约定了还款的先后" not in text

    def test_days_without_a_report(self, renderer: Renderer, make_turn: MakeTurn) -> None:
        rule = PRODUCTS.latest("huabei_like").credit_report
        held = differing(credit_report=replace(rule, promise_no_report_days=15))
        turn = make_turn("会上征信吗", "ask_credit_impact", borrower_id="b", display_name="王女士")
        found = desk_of(renderer, held).engine.state("b").accounts
        reply = Reply("credit.personal", {"name": "王女士", "accounts": found})
        text = renderer.render(reply, turn).text
        assert "合同约定逾期不超过 15 天时不作逾期报送" in text
        assert "以合同及系统账单为准" in text

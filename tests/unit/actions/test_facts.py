"""The fact base: sources, confidence, dates."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from actions.knowledge.facts import Confidence, FactBase, FactFile
from actions.knowledge.yaml_files import DataError, read_checked
from tests.unit.actions.conftest import TODAY

# Words by which a reader sees that a statement is the usual case and not the rule of a contract.
_TYPICAL = re.compile(
    "一般|通常|常见|大致|大概|多数|多见|有的|可能|因人|不同|用不着|举例|自愿|演示"
)


def test_every_fact_names_a_source_and_a_day_to_look_again(facts: FactBase) -> None:
    for fact in facts:
        assert fact.source.strip(), fact.id
        assert fact.review_on > TODAY, f"{fact.id} is due for review"


def test_weak_facts_are_worded_as_typical(facts: FactBase) -> None:
    """C, K and X are demo defaults: nobody may read them as the rule of a real lender."""
    strict = [
        fact.id
        for fact in facts
        if fact.confidence in (Confidence.WEAK, Confidence.BACKGROUND, Confidence.DISPUTED)
        and not _TYPICAL.search(fact.statement)
    ]
    # These say what this demo's own policy or a public service does, not what a lender charges.
    own = {"negotiation.price", "negotiation.principal", "waiver.discretion"}
    services = {"help.legal_aid", "law.check_case", "fraud.check_court", "fraud.check_lender"}
    wording = {"recall.meaning", "credit.no_threshold", "extension.apply", "negotiation.settlement"}
    assert set(strict) <= own | services | wording


def test_the_closed_window_of_credit_repair_is_answered_as_closed(facts: FactBase) -> None:
    repair = facts["credit.one_time_repair"]
    assert "截止" not in repair.said_on(date(2026, 3, 31))
    assert "已经" in repair.said_on(date(2026, 4, 1))
    assert "截止" in repair.said_on(TODAY)
    assert not repair.holds_on(TODAY)


def test_no_statement_ends_with_a_stop(facts: FactBase) -> None:
    """Templates add the punctuation."""
    assert [fact.id for fact in facts if fact.statement.endswith(("。", "；", "，"))] == []


def test_a_mistake_is_named_with_file_line_and_field(tmp_path: Path) -> None:
    file = tmp_path / "wrong.yml"
    file.write_text(
        "facts:\n"
        "  - id: a\n"
        "    statement: 一句话\n"
        "    source: 某处\n"
        "    confidence: Z\n"
        "    review_on: 2027-01-01\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError, match=r"wrong\.yml:5: facts\.0\.confidence"):
        read_checked(file, FactFile)


def test_a_fact_with_an_end_needs_a_word_for_afterwards(tmp_path: Path) -> None:
    file = tmp_path / "open.yml"
    file.write_text(
        "facts:\n"
        "  - {id: a, statement: 一句话, source: 某处, confidence: A,\n"
        "     valid_until: 2026-01-01, review_on: 2027-01-01}\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError, match="after_expiry"):
        read_checked(file, FactFile)


def test_an_id_twice_is_a_mistake(facts: FactBase) -> None:
    fact = facts["overdue.starts"]
    with pytest.raises(ValueError, match="twice"):
        FactBase([fact, fact])

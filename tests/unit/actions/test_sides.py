"""One intent, several questions: what a borrower asks about must be what the answer is about.

The rows are in `sides/`, in a file by topic like the patterns: a question in our own words, the
products it names, and a sentence that a person who asked it has to find in the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, Extra

from actions.conversation.reply import Reply
from actions.knowledge.focus import Focus
from actions.knowledge.yaml_files import joined, read_folder
from actions.renderer.renderer import About, Renderer
from tests.unit.actions.conftest import MakeTurn, entity

_PRODUCTS = {
    "花呗": "huabei",
    "借呗": "jiebei",
    "微粒贷": "weilidai",
    "信用卡": "credit_card",
    "美团月付": "other",
}


class Row(BaseModel):
    """A question, and what its answer has to say."""

    asked: str
    about: tuple[str, ...] = ()
    says: str

    class Config:
        extra = Extra.forbid


class RowFile(BaseModel):
    """The content of a file of `sides/`: rows by intent."""

    __root__: dict[str, tuple[Row, ...]]


def rows() -> Iterator[tuple[str, Row]]:
    for intent, found in joined(read_folder(Path(__file__).parent / "sides", RowFile)).items():
        yield from ((intent, row) for row in found)


@pytest.mark.parametrize(("intent", "row"), rows())
def test_the_answer_is_about_what_was_asked(
    focus: Focus,
    renderer: Renderer,
    make_turn: MakeTurn,
    intent: str,
    row: Row,
) -> None:
    found = tuple(entity("product", _PRODUCTS[name], row.asked, name) for name in row.about)
    turn = make_turn(row.asked, intent, entities=found)
    general = {
        "ask_overdue_consequences": "overdue.general",
        "request_due_date_change": "due_date_change.general",
        "ask_early_settlement": "early.general",
        "ask_authenticity": "authenticity.general",
        "ask_partial_payment": "partial.general",
    }
    key = focus.reply_for(intent, row.asked, tuple(turn.values("product"))) or general[intent]
    assert row.says in renderer.render(Reply(key), turn).text


def test_a_side_for_a_product_is_not_for_another(focus: Focus) -> None:
    """The minimum of a bill and of a loan are two answers; with both named, the bill's holds."""
    asked = "最低要还多少"
    assert focus.reply_for("ask_minimum_payment", asked, ("jiebei",)) == "minimum.loan"
    assert focus.reply_for("ask_minimum_payment", asked, ("huabei",)) != "minimum.loan"
    assert focus.reply_for("ask_minimum_payment", asked, ("huabei", "jiebei")) != "minimum.loan"
    assert focus.reply_for("ask_minimum_payment", asked) != "minimum.loan"


@pytest.mark.parametrize(
    ("named", "there", "not_there"),
    [
        (("花呗",), "每天 0.05%", "合同日利率的 1.5 倍"),
        (("借呗",), "合同日利率的 1.5 倍", "每天 0.05%"),
        (("微粒贷",), "微粒贷逾期后", "借呗逾期后"),
        (("美团月付",), "年化 24%", "花呗逾期后"),
    ],
)
def test_the_rule_of_another_product_is_left_out(
    renderer: Renderer, make_turn: MakeTurn, named: tuple[str, ...], there: str, not_there: str
) -> None:
    text = "".join(named) + "罚息怎么算"
    found = tuple(entity("product", _PRODUCTS[name], text, name) for name in named)
    said = renderer.render(Reply("penalty.general"), make_turn(text, entities=found)).text
    assert there in said
    assert not_there not in said


def test_a_borrower_who_names_no_product_is_told_the_rules_of_their_own(
    renderer: Renderer, make_turn: MakeTurn
) -> None:
    turn = make_turn("罚息怎么算", borrower_id="li", display_name="李先生")
    reply = Reply("penalty.general", {"about": About(frozenset({"jiebei"}))})
    said = renderer.render(reply, turn).text
    assert "借呗逾期后" in said
    assert "花呗逾期后" not in said


@pytest.mark.parametrize(
    ("said", "lent"),
    [
        ("同学用我名字贷的款", True),
        ("有人冒用我身份证开的户", False),
        ("钱是盗用我的名字贷走的", False),
    ],
)
def test_a_stolen_identity_is_no_lent_name(focus: Focus, said: str, lent: bool) -> None:
    assert (focus.reply_for("dispute_debt", said) == "dispute_debt.lent_name") is lent

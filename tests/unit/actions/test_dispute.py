"""An objection is booked by its button, once, and only where the account is beyond doubt."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from account_engine.domain.payloads import DisputeReason
from actions.conversation.answering import answer_for
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.topics import dispute  # noqa: F401 (registers the answers)
from tests.unit.actions.conftest import MakeTurn, entity


class Engine:
    """One borrower's accounts, and the objections that are opened."""

    def __init__(self, *products: str, disputed: str = "") -> None:
        self.opened: list[tuple[str, DisputeReason]] = []
        self._accounts = tuple(
            SimpleNamespace(
                account_id=f"account-{product}",
                product_id=f"{product}_like",
                display_name=product,
                brand=product,
                disputed=product == disputed,
            )
            for product in products
        )

    def state(self, borrower_id: str) -> Any:
        return SimpleNamespace(accounts=self._accounts)

    def open_dispute(self, borrower_id: str, account_id: str, reason: DisputeReason) -> None:
        self.opened.append((account_id, reason))


def pressed(make_turn: MakeTurn, engine: Engine, product: str) -> Reply:
    text = f'/dispute_debt{{"product": "{product}"}}'
    turn = make_turn(
        text,
        "dispute_debt",
        borrower_id="zhang",
        entities=(entity("product", product, text, product),),
    )
    answer = answer_for("dispute_debt")
    assert answer is not None
    desk: Any = SimpleNamespace(engine=engine)
    return answer(turn, cast_desk(desk))


def cast_desk(desk: Any) -> Desk:
    return desk  # type: ignore[no-any-return]


def test_the_first_press_opens_it(make_turn: MakeTurn) -> None:
    engine = Engine("huabei", "jiebei")
    assert pressed(make_turn, engine, "jiebei").key == "dispute.filed"
    assert engine.opened == [("account-jiebei", DisputeReason.NOT_MY_LOAN)]


def test_the_second_press_finds_it_open(make_turn: MakeTurn) -> None:
    engine = Engine("huabei", "jiebei", disputed="jiebei")
    assert pressed(make_turn, engine, "jiebei").key == "dispute.already"
    assert engine.opened == []


@pytest.mark.parametrize("held", [("huabei",), ("jiebei", "jiebei")])
def test_nothing_is_opened_where_it_is_not_clear_which(
    make_turn: MakeTurn, held: tuple[str, ...]
) -> None:
    engine = Engine(*held)
    assert pressed(make_turn, engine, "jiebei").key == "dispute.which"
    assert engine.opened == []

"""Penalty on figures that somebody names, as words."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from account_engine.catalogue.products import Products
from account_engine.domain.money import Money
from account_engine.domain.quote import Quote
from account_engine.services.hypothetical import hypothetical_penalty
from actions.conversation.case_sums import without_what_comes_in
from actions.conversation.desk import Desk
from actions.renderer.renderer import Renderer
from actions.topics.loan_supposition import supposed_loan
from actions.topics.supposition import supposed
from tests.unit.actions.conftest import DATA, TODAY, MakeTurn, entity


@pytest.fixture(scope="module")
def desk() -> Desk:
    """A desk with the shipped terms and nobody's account."""
    products = Products.load(DATA / "products")

    def work_out(product_id: str, principal: Money, days: int, rate: Decimal | None) -> Quote:
        return hypothetical_penalty(products.latest(product_id), principal, days, TODAY, rate)

    engine = SimpleNamespace(products=products, hypothetical_penalty=work_out)
    return cast(Desk, SimpleNamespace(engine=engine))


def said(make_turn: MakeTurn, text: str, **heard: tuple[Any, str]) -> Any:
    """A question about penalty; each entity with its value and the words it was read from."""
    entities = [entity(kind, value, text, words) for kind, (value, words) in heard.items()]
    return make_turn(text, "ask_penalty", entities=entities)


def loan_of_a_thousand(make_turn: MakeTurn, text: str, percent: str, words: str) -> Any:
    """1,000 of 借呗, three days late, with a rate named beside it."""
    return said(
        make_turn,
        text,
        product=("jiebei", "借呗"),
        amount=(100_000, "1000块"),
        duration=("P3D", "三天"),
        percentage=(percent, words),
    )


def answered(desk: Desk, renderer: Renderer, turn: Any) -> str:
    """The answer in words; the turn is a stranger's, so the guard looks too."""
    reply = supposed(turn, desk)
    assert reply is not None
    return renderer.render(reply, turn).text


def test_without_a_product_it_is_huabei_and_says_so(
    desk: Desk, renderer: Renderer, make_turn: MakeTurn
) -> None:
    text = "500逾期三天罚多少"
    turn = said(make_turn, text, amount=(50000, "500"), duration=("P3D", "三天"))
    words = answered(desk, renderer, turn)
    # 500 × 0.0005 × 3 = 0.75
    assert "500 元 × 每天 0.05% × 3 天 = 0.75 元" in words
    assert "您没说是哪个产品" in words
    assert "花呗" in words
    assert "以合同及系统账单为准" in words


def test_a_named_loan_states_the_contract_rate_it_supposes(
    desk: Desk, renderer: Renderer, make_turn: MakeTurn
) -> None:
    text = "借呗一万逾期30天罚息"
    turn = said(
        make_turn,
        text,
        product=("jiebei", "借呗"),
        amount=(1_000_000, "一万"),
        duration=("P30D", "30天"),
    )
    words = answered(desk, renderer, turn)
    # 0.04% × 1.5 = 0.06%; 10000 × 0.0006 × 30 = 180.00
    assert "10,000 元 × 每天 0.06% × 30 天 = 180.00 元" in words
    assert "合同日利率是 0.04%" in words
    assert "您没说是哪个产品" not in words


@pytest.mark.parametrize(
    ("amount", "duration"),
    [("0", "P3D"), ("99999999999999", "P3D"), ("50000", "P0D"), ("50000", "P99Y"), ("50000", "x")],
)
def test_figures_without_sense_make_no_sum(
    desk: Desk, make_turn: MakeTurn, amount: str, duration: str
) -> None:
    text = "甲乙"
    turn = said(make_turn, text, amount=(amount, "甲"), duration=(duration, "乙"))
    assert supposed(turn, desk) is None


@pytest.mark.parametrize("product", ["other", "credit_card"])
def test_terms_that_are_not_known_or_not_by_the_day_make_no_sum(
    desk: Desk, make_turn: MakeTurn, product: str
) -> None:
    text = "车贷500逾期3天"
    turn = said(
        make_turn, text, product=(product, "车贷"), amount=(50000, "500"), duration=("P3D", "3天")
    )
    assert supposed(turn, desk) is None


@pytest.mark.parametrize(
    ("text", "words", "percent"),
    [
        ("日利率0.05%的借呗，逾期三天，1000块", "0.05%", "0.05"),
        ("年化18.25%的借呗，逾期三天，1000块", "18.25%", "18.25"),
    ],
)
def test_a_rate_that_is_named_is_the_contracts(
    desk: Desk, renderer: Renderer, make_turn: MakeTurn, text: str, words: str, percent: str
) -> None:
    turn = loan_of_a_thousand(make_turn, text, percent, words)
    answer = answered(desk, renderer, turn)
    # 18.25% / 365 = 0.05% a day; × 1.5 = 0.075%; 1000 × 0.00075 × 3 = 2.25
    assert "1,000 元 × 每天 0.075% × 3 天 = 2.25 元" in answer
    assert "按您说的利率" in answer
    assert "0.05%" in answer


def test_a_penalty_rate_is_no_contract_rate(
    desk: Desk, renderer: Renderer, make_turn: MakeTurn
) -> None:
    turn = loan_of_a_thousand(make_turn, "借呗罚息每天0.05%，1000块逾期三天", "0.05", "0.05%")
    # The demo contract's 0.04% × 1.5 = 0.06%; 1000 × 0.0006 × 3 = 1.80
    assert "= 1.80 元" in answered(desk, renderer, turn)


def loan_question(make_turn: MakeTurn, text: str, *entities: Any) -> Any:
    return make_turn(text, "ask_interest_rate", entities=entities)


def test_the_instalments_of_a_loan_one_thinks_of(
    desk: Desk, renderer: Renderer, make_turn: MakeTurn
) -> None:
    text = "要是借呗借1000分3期，头一期还多少"
    turn = loan_question(
        make_turn,
        text,
        entity("product", "jiebei", text, "借呗"),
        entity("amount", 100000, text, "1000"),
        entity("terms", 3, text, "3期"),
    )
    reply = supposed_loan(turn, desk)
    assert reply is not None
    words = renderer.render(reply, turn).text
    # 14.6% a year, drawn on 21 November, due on 21 December, January, February: 30, 31, 31 days.
    # Factors 1.012, 1.0124, 1.0124: 1000 × 1.03725321 / (1.02495376 + 1.0124 + 1) = 341.50.
    # Interest: 1000 × 0.012 = 12.00; 670.50 × 0.0124 = 8.31; 337.31 × 0.0124 = 4.18; all 24.49.
    assert "第一期要还 341.50 元，其中利息 12.00 元" in words
    assert "全部利息一共 24.49 元" in words
    assert "年化 14.6%" in words
    assert "以借款页面和合同为准" in words


@pytest.mark.parametrize(
    ("text", "product", "terms"),
    [
        ("借1000分7期", None, 7),  # no loan is offered in seven
        ("花呗1000分3期", "huabei", 3),  # 花呗 is no loan in instalments of its own
    ],
)
def test_instalments_that_are_not_offered_are_not_worked_out(
    desk: Desk, make_turn: MakeTurn, text: str, product: str | None, terms: int
) -> None:
    heard = [entity("amount", 100000, text, "1000"), entity("terms", terms, text, f"{terms}期")]
    if product is not None:
        heard.append(entity("product", product, text, "花呗"))
    assert supposed_loan(loan_question(make_turn, text, *heard), desk) is None


@pytest.mark.parametrize(
    ("text", "told", "words", "wondered_at"),
    [
        # 2,000 × 24 % ÷ 365 = 1.32 a day at most: 800 is never the interest of one.
        ("借呗借了2000块一天怎么收我800块利息", 80_000, "800块", True),
        ("借呗借2000块一天要1块利息对不对", 100, "1块", False),
    ],
)
def test_interest_no_rate_comes_to_is_wondered_at(
    desk: Desk,
    renderer: Renderer,
    make_turn: MakeTurn,
    text: str,
    told: int,
    words: str,
    wondered_at: bool,
) -> None:
    turn = make_turn(
        text,
        "ask_interest_rate",
        entities=[
            entity("product", "jiebei", text, "借呗"),
            entity("amount", 200_000, text, "2000块"),
            entity("amount", told, text, words),
        ],
    )
    reply = supposed_loan(turn, desk)
    assert reply is not None
    said_so = renderer.render(reply, turn).text
    assert ("不会有" in said_so) == wondered_at
    assert "利息是 0.80 元" in said_so  # 2,000 × 14.6 % ÷ 365


@pytest.mark.parametrize(
    ("text", "sum_of_a_day"),
    [
        # 5000 × 0.0005 = 2.50; 8600 × 0.0005 = 4.30
        ("花呗欠的那5000现在一天多少罚息", "= 2.50 元"),
        ("欠了8600，花呗一天罚多少", "= 4.30 元"),
        # A year, days and part of a number are no sum: the example, 1000 × 0.0005 = 0.50, is said.
        ("花呗欠的2024年的账一天罚多少", "= 0.50 元"),
        ("花呗欠了180天，一天罚多少", "= 0.50 元"),
        ("花呗欠3000多，一天罚多少", "= 0.50 元"),
    ],
)
def test_a_sum_said_to_be_owed_needs_no_yuan(
    desk: Desk, renderer: Renderer, make_turn: MakeTurn, text: str, sum_of_a_day: str
) -> None:
    turn = said(make_turn, text, product=("huabei", "花呗"), duration=("P1D", "一天"))
    words = answered(desk, renderer, turn)
    assert sum_of_a_day in words
    assert ("您没说金额" in words) == (sum_of_a_day == "= 0.50 元")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("低保800元，借呗罚息一天多少", False),
        ("每月工资只有800元，罚息一天多少", False),
        ("借呗欠800元，罚息一天多少", True),
        ("工资还没发，欠的800元罚息一天多少", True),
    ],
)
def test_no_penalty_is_reckoned_on_what_comes_in(
    make_turn: MakeTurn, text: str, kept: bool
) -> None:
    turn = said(make_turn, text, amount=("80000", "800元"), duration=("P1D", "一天"))
    assert (without_what_comes_in(turn).amount_fen() == 80_000) is kept

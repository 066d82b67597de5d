"""The words of a quote's lines on the card: plain Chinese, no keys and no bare factors."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from account_engine.catalogue.products import Products
from account_engine.domain.money import Money
from account_engine.domain.quote import Component
from account_engine.services.hypothetical import hypothetical_penalty
from actions.conversation.cards import quote_card
from actions.renderer.renderer import Renderer
from tests.unit.actions.conftest import DATA, TODAY


def lines(
    renderer: Renderer, product: str, yuan: str, days: int, rate: str | None = None
) -> list[Any]:
    """The lines of a card, by component."""
    terms = Products.load(DATA / "products").latest(product)
    annual = Decimal(rate) if rate else None
    quote = hypothetical_penalty(terms, Money.yuan(yuan), days, TODAY, annual)
    card = quote_card(quote, {product: terms.display_name}, renderer.labels, "标题")
    items: list[Any] = card["items"]
    return items


def test_formula_clause_and_note_are_words(renderer: Renderer) -> None:
    principal, penalty = lines(renderer, "huabei_like", "72600.00", 3)
    assert principal["formula"] == "72,600.00 元"
    # 72,600 × 0.0005 × 3 = 108.90; three days before 2026-11-21 is the 18th.
    assert penalty["amount"] == "108.90"
    assert penalty["formula"] == "72,600.00 元 × 每天 0.05% × 3 天"
    assert penalty["clause"] == "花呗的逾期利息条款（演示默认值）"
    assert penalty["note"] == "2026-11-18 到期，计息 2026-11-18 至 2026-11-21，最后一天不计"


def test_a_capped_line_says_what_the_cap_takes_off(renderer: Renderer) -> None:
    # 225.00 at 1.5 × 0.05% a day; 197.26 at 24% a year, 0.24 / 365 = 0.065753% a day.
    cap = lines(renderer, "jiebei_like", "10000.00", 30, "0.1825")[-1]
    assert cap["component"] == Component.CAP.value
    assert cap["formula"] == (
        "按封顶后的日利率：10,000.00 元 × 每天 0.065753% × 30 天，比约定的少 27.74 元"
    )

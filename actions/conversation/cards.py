"""Cards of docs/web-channel.md, built from quotes and plans. Text always says the same in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.quote import Quote, QuoteItem
from actions.renderer.filters import percent_text

Card = dict[str, Any]


def money(amount: Money) -> str:
    """Yuan with two decimals, without separators."""
    sign = "-" if amount.fen < 0 else ""
    whole, rest = divmod(abs(amount.fen), 100)
    return f"{sign}{whole}.{rest:02d}"


def quote_card(
    quote: Quote, names: Mapping[str, str], labels: Mapping[str, Mapping[str, str]], title: str
) -> Card:
    """A quote with all its items."""
    return {
        "type": "quote",
        "title": title,
        "as_of": quote.as_of.isoformat(),
        "total": money(quote.total),
        "items": [_item(item, names, labels) for item in quote.items],
        "disclaimer": labels["card"]["disclaimer"],
    }


def _item(
    item: QuoteItem, names: Mapping[str, str], labels: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    return {
        "label": labels["component"][item.component.value],
        "amount": money(item.amount),
        "account": names.get(item.account_id, ""),
        "component": item.component.value,
        "formula": item.formula,
        "note": _note(item, labels["card"]),
        "clause": item.clause,
    }


def _note(item: QuoteItem, words: Mapping[str, str]) -> str:
    if item.rate is None or item.days is None or item.base is None:
        return words["due_on"].format(due=item.due.isoformat()) if item.due else ""
    return words["accrued"].format(
        base=money(item.base), rate=percent_text(item.rate, places=6), days=item.days
    )


def sources_card(rows: Iterable[Mapping[str, Any]]) -> Card:
    return {"type": "sources", "rows": [dict(row) for row in rows]}


def sign_in_card(words: Mapping[str, str]) -> Card:
    return {"type": "sign_in", "title": words["sign_in_title"], "text": words["sign_in_text"]}


def timeline_card(title: str, rows: Iterable[tuple[date, str, str, str]]) -> Card:
    """Dated steps; each row is (day, label, detail, kind)."""
    ordered = sorted(rows, key=lambda row: row[0])
    return {
        "type": "timeline",
        "title": title,
        "rows": [
            {"date": day.isoformat(), "label": label, "detail": detail, "kind": kind}
            for day, label, detail, kind in ordered
        ],
    }

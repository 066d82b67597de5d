"""Cards of docs/web-channel.md, built from quotes and plans. Text always says the same in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.quote import Component, Quote, QuoteItem
from account_engine.domain.state import AccountState
from actions.renderer.filters import percent_text, yuan_text

Card = dict[str, Any]
_FIGURE = re.compile(r"\d+\.\d{2}")


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
        "formula": formula_words(item, labels["card"]),
        "note": _note(item, labels["card"]),
        "clause": clause_words(item.clause, labels),
    }


def formula_words(item: QuoteItem, words: Mapping[str, str]) -> str:
    """How the line is reckoned, in words: `72,600.00 元 × 每天 0.05% × 3 天`."""
    if item.rate is None:
        return _FIGURE.sub(lambda found: _in_yuan(found.group(), words), item.formula)
    rate = percent_text(item.rate, places=6)
    if item.base is None or item.days is None:
        return words["share"].format(rate=rate)
    base = yuan_text(item.base.fen)
    if item.component is Component.CAP:
        less = yuan_text(-item.amount.fen)
        return words["capped"].format(base=base, rate=rate, days=item.days, less=less)
    return words["accrued"].format(base=base, rate=rate, days=item.days)


def _in_yuan(figure: str, words: Mapping[str, str]) -> str:
    return words["yuan"].format(amount=yuan_text(Money.yuan(figure).fen))


def clause_words(clause: str, labels: Mapping[str, Mapping[str, str]], form: str = "ground") -> str:
    """The name of a clause (`huabei_like@1#penalty`), and that it is a demo default."""
    product, _, rule = clause.partition("#")
    name, _, version = product.partition("@")
    return labels["card"][form].format(
        product=labels["product"].get(name, name),
        version=version,
        rule=labels["clause"].get(rule, labels["clause"]["other"]),
    )


def _note(item: QuoteItem, words: Mapping[str, str]) -> str:
    """When it fell due and, where days count, from when to when."""
    due = words["due_on"].format(due=item.due.isoformat()) if item.due else ""
    if item.start is None or item.end is None:
        return due
    stretch = words["stretch"].format(start=item.start.isoformat(), end=item.end.isoformat())
    return words["both"].format(one=due, other=stretch) if due else stretch


def sources_card(rows: Iterable[Mapping[str, Any]]) -> Card:
    return {"type": "sources", "rows": [dict(row) for row in rows]}


def sign_in_card(words: Mapping[str, str]) -> Card:
    return {"type": "sign_in", "title": words["sign_in_title"], "text": words["sign_in_text"]}


def timeline_card(
    words: Mapping[str, str],
    title: str,
    found: Iterable[AccountState],
    dates: Callable[[AccountState], Mapping[str, date | None]],
) -> Card:
    """Dated steps of some accounts, earliest first; `words` has the title and each step's name."""
    rows = [
        (day, name, account.display_name)
        for account in found
        for name, day in dates(account).items()
        if day is not None
    ]
    return {
        "type": "timeline",
        "title": words[title],
        "rows": [
            {"date": day.isoformat(), "label": words[name], "detail": detail, "kind": name}
            for day, name, detail in sorted(rows, key=lambda row: row[0])
        ],
    }

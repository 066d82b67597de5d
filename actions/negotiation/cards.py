"""Cards of offers and plans. Every figure is a field of the option; nothing is computed here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeVar

from account_engine.domain.money import Money
from account_engine.domain.negotiation.option import DisclosureRow, Option, PlanRow, Proposal
from account_engine.domain.state import PlanRowState, PlanState
from actions.conversation.cards import Card, money
from actions.renderer.filters import percent_text, yuan_text

_YEARLY_COST = "annual_cost"
_NOTHING = Money(0)
Row = TypeVar("Row", PlanRow, PlanRowState)
Labels = Mapping[str, Mapping[str, str]]


def percent_figure(rate: Decimal, places: int = 2) -> str:
    """A rate as the cards want it: percent without the sign."""
    return percent_text(rate, places).removesuffix("%")


def offers_card(
    proposal: Proposal, titles: Sequence[str], labels: Labels, title: str, expires: datetime
) -> Card:
    """All options, each with its whole schedule and its cost table."""
    pairs = zip(proposal.options, titles, strict=True)
    return {
        "type": "plan_options",
        "title": title,
        "as_of": proposal.as_of.isoformat(),
        "expires_at": expires.isoformat(),
        "options": [
            _option(option, name, number, labels) for number, (option, name) in enumerate(pairs, 1)
        ],
        "do_nothing": [
            {"days": one.days, "total": money(one.total)} for one in proposal.do_nothing
        ],
    }


def _option(option: Option, title: str, number: int, labels: Labels) -> dict[str, Any]:
    first = option.schedule[0]
    at_once = option.tool.value in labels["at_once"] and len(option.schedule) == 1
    return {
        "offer_id": option.offer_id,
        "title": labels["at_once"][option.tool.value].format(title=title) if at_once else title,
        "instalments": None if at_once else option.terms,
        "first_due": first.due.isoformat(),
        "first_amount": money(first.amount),
        "monthly_amount": None if at_once else money(option.instalment),
        "total": money(option.total),
        "total_cost": money(option.total_cost),
        "annual_rate": percent_figure(option.annual_rate),
        "waived": money(option.waived_total),
        "highlights": [
            labels["character"][one.value]
            for one in option.characters
            if one.value in labels["character"]
        ],
        "balance": [
            {"date": point.on.isoformat(), "balance": money(point.balance)}
            for point in option.balance
        ],
        "schedule": schedule_rows(option),
        "disclosure": disclosure_rows(option, labels),
        "choose": choice_payload(number),
    }


def choice_payload(number: int) -> str:
    """What choosing the offer of that number sends."""
    return f'/choose_option{{"option_number": "{number}"}}'


def schedule_rows(option: Option) -> list[dict[str, Any]]:
    return [
        {
            "number": row.number,
            "due": row.due.isoformat(),
            "principal": money(row.principal),
            "interest": money(row.interest),
            "fee": money(row.fee),
            "penalty": money(row.penalty),
            "amount": money(row.amount),
            "balance": money(row.balance_after),
        }
        for row in option.schedule
    ]


def disclosure_rows(option: Option, labels: Labels) -> list[dict[str, str]]:
    """The cost table the law asks for, in words; with several accounts each row names its own."""
    several = len(option.accounts) > 1
    return [
        {"item": _item(row, labels, several=several), "value": disclosed(row, labels)}
        for row in option.disclosure
    ]


def told_rows(option: Option, labels: Labels) -> list[dict[str, str]]:
    """The same for a text: what is nothing is left to the card."""
    pairs = zip(option.disclosure, disclosure_rows(option, labels), strict=True)
    return [words for row, words in pairs if row.value != _NOTHING]


def _item(row: DisclosureRow, labels: Labels, *, several: bool) -> str:
    item = _words(labels, "disclosure", row.item_code)
    if not several or not row.display_name:
        return item
    return labels["card"]["item_of"].format(name=row.display_name, item=item)


def _words(labels: Labels, group: str, code: str) -> str:
    """A code without words is a mistake that a test finds; the card is shown all the same."""
    return labels[group].get(code) or labels[group]["other"]


def disclosed(row: DisclosureRow, labels: Labels) -> str:
    """One value of the cost table with its standard and who collects it."""
    standard = labels["standard"].get(row.standard or "")
    notes = [standard] if standard else []
    if row.collector:
        notes.append(labels["card"]["collector"].format(name=row.collector))
    value = _value(row.value, labels, places=2 if row.item_code == _YEARLY_COST else 6)
    return f"{value}（{'，'.join(notes)}）" if notes else value


def _value(value: object, labels: Labels, places: int) -> str:
    if isinstance(value, Money):
        return labels["card"]["yuan"].format(amount=yuan_text(value.fen))
    if isinstance(value, Decimal):
        return percent_text(value, places)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return labels["card"]["days"].format(days=value)
    return str(value)


def agreement_card(option: Option, labels: Labels) -> Card:
    return {
        "type": "disclosure",
        "title": labels["card"]["disclosure"],
        "rows": disclosure_rows(option, labels),
    }


def plan_card(plan: PlanState, labels: Labels) -> Card:
    """An agreed plan and how far it is kept."""
    return {
        "type": "timeline",
        "title": labels["card"]["plan"],
        "rows": [
            {
                "date": row.due.isoformat(),
                "label": labels["card"]["yuan"].format(amount=money(row.amount)),
                "detail": labels["plan_row"][row.status.value],
                "kind": row.status.value,
            }
            for row in plan.rows
        ],
    }


def runs(rows: Sequence[Row]) -> tuple[tuple[Row, ...], ...]:
    """Rows in stretches of equal amount (and status), so that words stay short."""
    grouped = groupby(rows, key=lambda row: (row.amount, getattr(row, "status", None)))
    return tuple(tuple(stretch) for _, stretch in grouped)

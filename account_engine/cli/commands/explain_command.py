"""Every item behind an amount: base, rate, days, formula, clause, events."""

from __future__ import annotations

import argparse

from account_engine.cli.case import add_case_arguments, load_case
from account_engine.cli.commands.quote_command import add_quote_arguments
from account_engine.cli.output import Output
from account_engine.cli.present import quote_json
from account_engine.domain.codec import to_json
from account_engine.domain.designation import set_aside
from account_engine.domain.quote import QuoteItem, QuoteKind
from account_engine.domain.quotes import quote


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    add_case_arguments(parser)
    add_quote_arguments(parser)


def run(options: argparse.Namespace, output: Output) -> int:
    """Print one quote item by item."""
    case = load_case(options)
    kind = QuoteKind(options.kind or QuoteKind.DUE_NOW)
    one = quote(case.state(), kind, case.only(options.account))
    aside = set_aside(case.contracts, case.events, case.as_of)
    if output.as_json:
        output.json({**quote_json(one), "designations_set_aside": to_json(aside)})
        return 0
    output.table(
        f"{case.borrower_id}: {kind.value}, as of {case.as_of}",
        ("account", "what for", "due", "days", "clause", "events", "how", "yuan"),
        [_row(item) for item in one.items],
        numbers=1,
    )
    output.line(f"total {one.total.yuan_text}")
    for each in aside:
        output.line(
            f"payment {each.event_id} of {each.on} named {each.named}; by {each.clause} it went "
            "the order of the terms (民法典560 lets the parties agree so; order: 民法典561)"
        )
    return 0


def _row(item: QuoteItem) -> tuple[str, ...]:
    span = f"{item.start} … {item.end} ({item.days})" if item.start else str(item.days or "")
    return (
        item.account_id,
        item.component.value,
        str(item.due or ""),
        span,
        item.clause,
        ", ".join(item.event_ids),
        item.formula,
        item.amount.yuan_text,
    )

"""Amounts owed: due now, minimum, overdue, payoff, payoff if recalled, next bill."""

from __future__ import annotations

import argparse

from account_engine.cli.case import add_case_arguments, load_case
from account_engine.cli.output import Output
from account_engine.cli.present import quote_json
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    add_case_arguments(parser)
    add_quote_arguments(parser)


def add_quote_arguments(parser: argparse.ArgumentParser) -> None:
    """Let a command choose the kind of quote and the accounts."""
    kinds = [kind.value for kind in QuoteKind]
    parser.add_argument("--kind", choices=kinds, help="default: every kind")
    parser.add_argument("--account", action="append", metavar="ID", help="may be repeated")


def run(options: argparse.Namespace, output: Output) -> int:
    """Print the totals, per account and together."""
    case = load_case(options)
    state = case.state()
    kinds = [QuoteKind(options.kind)] if options.kind else list(QuoteKind)
    accounts = case.only(options.account)
    quotes = [quote(state, kind, accounts) for kind in kinds]
    if output.as_json:
        output.json([quote_json(one) for one in quotes])
        return 0
    rows = [
        (one.kind.value, account, amount.yuan_text)
        for one in quotes
        for account, amount in [*one.by_account().items(), ("together", one.total)]
    ]
    title = f"{case.borrower_id}, as of {case.as_of}"
    output.table(title, ("quote", "account", "yuan"), rows, numbers=1)
    return 0

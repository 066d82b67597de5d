"""The state of a borrower's accounts on a day."""

from __future__ import annotations

import argparse

from account_engine.cli.case import add_case_arguments, load_case
from account_engine.cli.output import Output
from account_engine.cli.present import state_json
from account_engine.domain.state import AccountState


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    add_case_arguments(parser)


def run(options: argparse.Namespace, output: Output) -> int:
    """Print labels, buckets and schedule."""
    case = load_case(options)
    state = case.state()
    if output.as_json:
        output.json(state_json(state))
        return 0
    for account in state.accounts:
        _print_account(account, output)
    return 0


def _print_account(account: AccountState, output: Output) -> None:
    facts = [
        ("product", f"{account.display_name} ({account.product_id}@{account.terms.version})"),
        ("lender", account.lender_name),
        ("days past due", str(account.dpd)),
        ("ageing, class", f"{account.ageing.value}, {account.risk_class.value}"),
        ("facility", account.facility.status.value),
        ("recall", account.recall.stage.value),
        ("collection", account.collection_stage.value),
        ("plan", account.plan.status.value if account.plan else "none"),
        *((bucket.value, money.yuan_text) for bucket, money in account.buckets.items() if money),
    ]
    output.table(f"{account.account_id}, as of {account.as_of}", ("what", "value"), facts, 1)
    rows = [
        (
            str(row.number),
            str(row.due),
            row.principal.yuan_text,
            row.interest.yuan_text,
            row.fee.yuan_text,
            row.penalty.yuan_text,
            row.outstanding.yuan_text,
            row.state.value,
        )
        for row in account.schedule
    ]
    columns = ("no.", "due", "principal", "interest", "fee", "penalty", "open", "state")
    output.table("schedule", columns, rows)

"""Offers of other terms for what a borrower can pay; nothing is stored."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from account_engine.catalogue.policy import load_policy
from account_engine.cli.case import (
    Case,
    add_case_arguments,
    count,
    iso_date,
    load_case,
    settings_of,
    yuan,
)
from account_engine.cli.output import Output
from account_engine.domain.codec import to_json
from account_engine.domain.negotiation.option import Proposal
from account_engine.domain.negotiation.proposal import propose
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import HardshipKind
from account_engine.ports import BorrowerProfile, BorrowerStream
from account_engine.services.appraisal import appraise

_MONEY = ("monthly", "down-payment", "settlement", "income", "living-costs")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    add_case_arguments(parser)
    for name in _MONEY:
        parser.add_argument(f"--{name}", type=yuan, metavar="YUAN")
    parser.add_argument("--terms", type=count, metavar="MONTHS")
    parser.add_argument("--first-date", type=iso_date, metavar="DATE")
    parser.add_argument("--day-of-month", type=count, metavar="DAY")
    parser.add_argument("--extension-days", type=count, metavar="DAYS")
    parser.add_argument("--hardship", choices=[kind.value for kind in HardshipKind])
    parser.add_argument("--account", action="append", metavar="ID", help="may be repeated")


def run(options: argparse.Namespace, output: Output) -> int:
    """Print the offers, or why there are none. A scenario's own wishes are the default."""
    case = load_case(options)
    policy = load_policy(settings_of(options).data_dir / "policy")
    stream = BorrowerStream(case.borrower_id, len(case.events), case.contracts, case.events)
    basis = appraise(stream, BorrowerProfile(case.borrower_id, "", ""), case.as_of)
    wishes = _wishes(options, case)
    found = propose(basis.position, wishes, policy, case.as_of, basis.forecast)
    if output.as_json:
        output.json(to_json(found))
    else:
        _print(found, case.as_of, output)
    return 0


def _wishes(options: argparse.Namespace, case: Case) -> Wishes:
    named: dict[str, Any] = {
        name: getattr(options, name)
        for name in (
            *(name.replace("-", "_") for name in _MONEY),
            "terms",
            "first_date",
            "day_of_month",
            "extension_days",
        )
        if getattr(options, name) is not None
    }
    if options.hardship:
        named["hardship"] = HardshipKind(options.hardship)
    if options.account:
        named["scope"] = case.only(options.account)
    return Wishes(**named) if named else case.wishes or Wishes()


def _print(found: Proposal, as_of: date, output: Output) -> None:
    reasons = ", ".join(reason.code.value for reason in found.reasons)
    output.line(f"{as_of}: {found.verdict.value}{': ' + reasons if reasons else ''}")
    rows = [
        (
            option.tool.value,
            ", ".join(option.account_ids),
            str(len(option.schedule)),
            option.down_payment.yuan_text,
            str(option.schedule[0].due) if option.schedule else "",
            option.schedule[-1].amount.yuan_text if option.schedule else "",
            option.total.yuan_text,
            option.total_cost.yuan_text,
            str(option.annual_rate),
            "yes" if option.needs_approval else "no",
        )
        for option in found.options
    ]
    columns = (
        "tool", "accounts", "rows", "down payment", "first due", "last row", "total", "cost",
        "a year", "a person approves",
    )  # fmt: skip
    output.table("offers", columns, rows)
    nothing = [(str(one.days), one.total.yuan_text) for one in found.do_nothing]
    output.table("if nothing is done", ("days", "owed then"), nothing, numbers=1)

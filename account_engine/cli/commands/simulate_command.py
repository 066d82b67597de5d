"""What if: pay an amount, pay nothing, only the minimum, which debt first, 90 days of stress."""

from __future__ import annotations

import argparse

from account_engine.cli.case import Case, add_case_arguments, count, iso_date, load_case, payment
from account_engine.cli.output import Output
from account_engine.cli.present import quote_json
from account_engine.domain import what_if
from account_engine.domain.codec import to_json
from account_engine.domain.minimum_only import pay_minimum_only
from account_engine.domain.repay_order import repay_order
from account_engine.domain.stress import stress
from account_engine.domain.what_if import WhatIf
from account_engine.errors import EngineError


class PaidBefore(EngineError):
    """A payment was imagined on a day that is over."""

    code = "paid_before"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    add_case_arguments(parser)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--pay", type=payment, metavar="AMOUNT", help="in yuan, such as 800.00")
    what.add_argument("--nothing", type=count, metavar="DAYS", help="pay nothing for so long")
    what.add_argument("--minimum-only", type=count, metavar="MONTHS")
    what.add_argument("--order", action="store_true", help="which debt first")
    what.add_argument(
        "--stress", type=count, metavar="DAYS", nargs="?", const=90, help="default 90"
    )
    parser.add_argument("--on", type=iso_date, metavar="DATE", help="when it is paid; default: now")
    parser.add_argument("--account", metavar="ID", help="with --pay or --minimum-only")


def run(options: argparse.Namespace, output: Output) -> int:
    """Print two states side by side, or a table of days or months. Nothing is stored."""
    case = load_case(options)
    case.only([options.account] if options.account else None)
    if options.on is not None and options.on < case.as_of:
        raise PaidBefore(f"--on {options.on} is before {case.as_of}, the day that is looked at")
    if options.pay is not None:
        on = options.on or case.as_of
        history = (case.contracts, case.events, case.as_of)
        _print_what_if(what_if.pay_on(*history, options.pay, on, options.account), output)
    elif options.nothing is not None:
        history = (case.contracts, case.events, case.as_of)
        _print_what_if(what_if.pay_nothing(*history, options.nothing), output)
    elif options.minimum_only is not None:
        _print_minimum(case, options.minimum_only, options.account, output)
    elif options.order:
        _print_order(case, output)
    else:
        _print_stress(case, options.stress, output)
    return 0


def _print_what_if(found: WhatIf, output: Output) -> None:
    if output.as_json:
        output.json(
            {
                "before": {kind.value: quote_json(q) for kind, q in found.before_quotes.items()},
                "after": {kind.value: quote_json(q) for kind, q in found.after_quotes.items()},
                "changes": to_json(found.changes),
            }
        )
        return
    rows = [
        (kind.value, "", before.total.yuan_text, found.after_quotes[kind].total.yuan_text)
        for kind, before in found.before_quotes.items()
    ]
    rows += [(one.fact, one.account_id, one.before, one.after) for one in found.changes]
    title = f"{found.before.borrower_id}: {found.before.as_of} and {found.after.as_of}"
    output.table(title, ("what", "account", "before", "after"), rows, numbers=2)


def _print_minimum(case: Case, months: int, account_id: str | None, output: Output) -> None:
    found = pay_minimum_only(case.contracts, case.events, case.as_of, months, account_id)
    if output.as_json:
        output.json(to_json(found))
        return
    rows = [
        (
            str(month.on),
            month.paid.yuan_text,
            month.interest_and_penalty.yuan_text,
            month.payoff_after.yuan_text,
        )
        for month in found.months
    ]
    columns = ("on", "paid", "interest and penalty", "still owed")
    output.table(f"{case.borrower_id}: only the minimum", columns, rows, numbers=3)
    output.line(f"paid {found.total_paid}, of which it cost {found.total_cost}")


def _print_order(case: Case, output: Output) -> None:
    found = repay_order(case.contracts, case.events, case.as_of)
    if output.as_json:
        output.json(to_json(found))
        return
    columns = ("account", "rate a day", "arrears", "payoff", "days to a recall")
    for title, debts in (("cheapest", found.cheapest), ("against a recall", found.against_recall)):
        rows = [
            (
                debt.account_id,
                str(debt.daily_rate),
                debt.arrears.yuan_text,
                debt.payoff.yuan_text,
                "" if debt.recall_in_days is None else str(debt.recall_in_days),
            )
            for debt in debts
        ]
        output.table(title, columns, rows, numbers=4)


def _print_stress(case: Case, days: int, output: Output) -> None:
    found = stress(case.contracts, case.events, case.as_of, days)
    if output.as_json:
        output.json(to_json(found))
        return
    rows = [
        (
            str(day.date),
            str(day.dpd),
            day.total.yuan_text,
            day.penalty.yuan_text,
            "; ".join(f"{t.account_id} {t.code.value} {t.value}" for t in day.thresholds),
        )
        for day in found
    ]
    columns = ("date", "days past due", "due", "penalty", "crossed that day")
    output.table(f"{case.borrower_id}: if nothing is paid", columns, rows)

"""Whom nobody may contact first, and letting contact begin again once a person has looked."""

from __future__ import annotations

import argparse

from account_engine.cli.case import add_store_arguments, settings_of
from account_engine.cli.output import Output
from account_engine.domain.codec import to_json
from account_engine.services.engine import AccountEngine
from account_engine.services.outreach import OutreachHold


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.add_argument("borrower", nargs="?", help="only the holds of this borrower")
    parser.add_argument("--lift", metavar="CASE", help="let contact begin again")
    parser.add_argument("--by", default="", metavar="NAME", help="who decided it")
    parser.add_argument("--note", default="", metavar="TEXT", help="what was found")
    add_store_arguments(parser)


def run(options: argparse.Namespace, output: Output) -> int:
    """List the holds in force, or lift one."""
    engine = AccountEngine.from_settings(settings_of(options))
    try:
        if options.lift:
            now = engine.clock.now()
            shown: tuple[OutreachHold, ...] = (
                engine.outreach.lift(options.lift, options.by, options.note, now),
            )
        else:
            shown = engine.outreach.in_force(options.borrower)
    finally:
        engine.close()
    if output.as_json:
        output.json(to_json(shown))
    else:
        rows = [(one.case_id, one.borrower_id, one.reason.value, _when(one)) for one in shown]
        output.table("nobody contacts them first", ("case", "borrower", "reason", "when"), rows)
    return 0


def _when(hold: OutreachHold) -> str:
    since = f"since {hold.since:%Y-%m-%d %H:%M}"
    return since if hold.lifted_at is None else f"{since}, lifted by {hold.lifted_by}"

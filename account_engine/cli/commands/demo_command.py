"""Store the demonstration borrowers that are not there yet."""

from __future__ import annotations

import argparse
from dataclasses import replace

from account_engine.cli.case import add_store_arguments, iso_date, settings_of
from account_engine.cli.output import Output
from account_engine.services.demo import seed_demo
from account_engine.store.migration import migrate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    add_store_arguments(parser)
    parser.add_argument("--business-date", type=iso_date, metavar="DATE", help="default: today")


def run(options: argparse.Namespace, output: Output) -> int:
    """Migrate and fill in the demonstration borrowers."""
    settings = settings_of(options)
    if options.business_date:
        settings = replace(settings, business_date=options.business_date)
    migrate(settings.database_url)
    added = seed_demo(settings)
    if output.as_json:
        output.json({"added": list(added)})
    else:
        output.line(f"Added: {', '.join(added)}." if added else "They are all there already.")
    return 0

"""Bring the database to the newest schema."""

from __future__ import annotations

import argparse

from account_engine.cli.case import add_store_arguments, settings_of
from account_engine.cli.output import Output
from account_engine.store.migration import migrate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    add_store_arguments(parser)


def run(options: argparse.Namespace, output: Output) -> int:
    """Migrate; nothing happens when it is up to date."""
    revision = migrate(settings_of(options).database_url)
    if output.as_json:
        output.json({"revision": revision})
    else:
        output.line(f"The database has schema {revision}.")
    return 0

"""Print the JSON Schema of scenario files, events or terms."""

from __future__ import annotations

import argparse

from account_engine.cli.output import Output
from account_engine.services.schemas import SCHEMAS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.add_argument("name", choices=list(SCHEMAS), nargs="?", default="scenario")


def run(options: argparse.Namespace, output: Output) -> int:
    """Print it; it is JSON with or without --json."""
    output.json(SCHEMAS[options.name]())
    return 0

"""Not there yet."""

from __future__ import annotations

import argparse

from account_engine.cli.output import Output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""


def run(options: argparse.Namespace, output: Output) -> int:
    """Do nothing."""
    return 0

"""Printing: tables for people, JSON for programs, errors to the other channel."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from account_engine.errors import EngineError

_WIDTH_OF_FILES = 200


class Output:
    """Where a command's results go. With `as_json`, standard output holds one JSON document."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        # Into a file or a pipe, tables keep their columns: nobody's window is 80 wide there.
        width = None if sys.stdout.isatty() else _WIDTH_OF_FILES
        self.console = Console(highlight=False, soft_wrap=True, width=width)
        self.messages = Console(stderr=True, highlight=False, soft_wrap=True)

    def json(self, value: Any) -> None:
        """Print a JSON document."""
        json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")

    def line(self, text: str) -> None:
        """Print a line for people."""
        self.console.print(text, markup=False)

    def note(self, text: str) -> None:
        """Print a line that is no result: progress, hints."""
        self.messages.print(text, markup=False)

    def table(
        self, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0
    ) -> None:
        """Print a table; the last `numbers` columns are set to the right."""
        table = Table(title=title, title_justify="left", show_lines=False)
        for position, column in enumerate(columns):
            right = position >= len(columns) - numbers
            table.add_column(column, justify="right" if right else "left", overflow="fold")
        for row in rows:
            table.add_row(*row)
        self.console.print(table)

    def error(self, error: EngineError) -> None:
        """Print an error with its code and field."""
        self.problem(error.code, error.message, error.field or "")

    def problem(self, code: str, message: str, field: str) -> None:
        """Print what is wrong, where, and the way out when there is one."""
        if self.as_json:
            content = {"error": {"code": code, "message": message, "field": field or None}}
            print(json.dumps(content, ensure_ascii=False), file=sys.stderr)
            return
        self.messages.print(f"error: {message}", markup=False)
        hint = _WAYS_OUT.get(code)
        if hint:
            self.messages.print(f"       {hint}", markup=False)


_WAYS_OUT = {
    "unknown_borrower": "`account-engine demo` stores the demonstration borrowers; "
    "`account-engine import contracts FILE` stores yours.",
    "unknown_account": "`account-engine state BORROWER` lists the borrower's accounts.",
    "approval_refused": "data/policy/approvers.yml says who may decide; `account-engine requests` "
    "which role each request needs.",
    "file_not_found": "Paths are relative to the current folder.",
    "invalid_scenario": "`account-engine schema scenario` prints what a scenario may contain.",
}

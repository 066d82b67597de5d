"""Export contracts and events as JSON lines that `import` reads, or one borrower as a scenario."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from account_engine.cli.case import NoCase, add_store_arguments, settings_of
from account_engine.cli.output import Output
from account_engine.domain.events import event_to_json
from account_engine.services.engine import AccountEngine
from account_engine.services.scenario import scenario_json
from account_engine.store.payload_codec import canonical


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.add_argument("borrower", nargs="*", help="ids; default: everybody")
    parser.add_argument("--what", choices=("events", "contracts", "scenario"), default="events")
    parser.add_argument("--to", type=Path, metavar="FILE", help="default: standard output")
    add_store_arguments(parser)


def run(options: argparse.Namespace, output: Output) -> int:
    """Write one JSON object a line. Phone numbers are not exported."""
    engine = AccountEngine.from_settings(settings_of(options))
    try:
        if options.what == "scenario":
            return _write_scenario(engine, options, output)
        lines = _lines(engine, options.borrower, options.what)
        if options.to is None:
            _write(lines, sys.stdout)
        else:
            with options.to.open("w", encoding="utf-8") as stream:
                count = _write(lines, stream)
            output.note(f"{count} {options.what} written to {options.to}.")
    finally:
        engine.close()
    return 0


def _write_scenario(engine: AccountEngine, options: argparse.Namespace, output: Output) -> int:
    if len(options.borrower) != 1:
        raise NoCase("a scenario is one borrower's; name exactly one")
    stream = engine.history(options.borrower[0])
    content = scenario_json("scenario", stream.contracts, stream.events, engine.clock.today())
    if options.to is None:
        output.json(content)
    else:
        text = json.dumps(content, ensure_ascii=False, indent=2)
        options.to.write_text(text + "\n", encoding="utf-8")
    return 0


def _lines(engine: AccountEngine, borrowers: list[str], what: str) -> Iterator[dict[str, Any]]:
    with engine.store.read() as reader:
        for borrower_id in borrowers or reader.borrower_ids():
            stream = reader.stream(borrower_id)
            if what == "events":
                yield from (event_to_json(event) for event in stream.events)
            else:
                yield from reader.contract_texts(borrower_id)


def _write(lines: Iterator[dict[str, Any]], stream: TextIO) -> int:
    count = 0
    for count, line in enumerate(lines, start=1):  # noqa: B007  the count is what is returned
        stream.write(canonical(line) + "\n")
    return count

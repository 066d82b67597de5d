"""Reading CSV and JSONL as numbered rows, one at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from account_engine.services.importing.report import RejectedRow


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row and the line it starts on."""

    line: int
    cells: dict[str, Any]


def read_rows(path: Path) -> Iterator[Row | RejectedRow]:
    """Yield each row of a file, or the reason why it is none.

    The format follows the file's name: `.csv` (with a heading, UTF-8, with or without a byte
    order mark) or `.jsonl`. Raises ValueError for any other name.
    """
    if path.suffix == ".csv":
        yield from _read_csv(path)
    elif path.suffix in (".jsonl", ".ndjson"):
        yield from _read_jsonl(path)
    else:
        raise ValueError(f"{path.name}: the file's name must end in .csv or .jsonl")


def _read_csv(path: Path) -> Iterator[Row | RejectedRow]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield RejectedRow(reader.line_num, "", f"not a CSV row: {error}")
                continue
            if None in cells:
                yield RejectedRow(reader.line_num, "", "more cells than the heading has columns")
            elif None in cells.values():
                yield RejectedRow(reader.line_num, "", "fewer cells than the heading has columns")
            else:
                yield Row(reader.line_num, dict(cells))


def _read_jsonl(path: Path) -> Iterator[Row | RejectedRow]:
    with path.open(encoding="utf-8-sig") as stream:
        for line, text in enumerate(stream, start=1):
            if not text.strip():
                continue
            try:
                cells = json.loads(text, parse_float=_refuse_float)
            except ValueError as error:
                yield RejectedRow(line, "", f"not a JSON object: {error}")
                continue
            if isinstance(cells, dict):
                yield Row(line, cells)
            else:
                yield RejectedRow(line, "", "not a JSON object")


def _refuse_float(text: str) -> Any:
    raise ValueError(f'{text} is a binary fraction; write amounts and rates as text, "{text}"')

"""Exact match of the values read, on a table of our own."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nlu.entities.pipeline import build_reader
from nlu.lexicon.files import ROOT
from nlu.lexicon.homophones import load_homophones
from nlu.text.normalise import normalise

TABLE = ROOT / "tests" / "nlu_questions" / "entities.tsv"
TABLE_DATE = date(2026, 11, 21)
"""The business date the table's dates are written for: a Saturday."""


@dataclass(frozen=True)
class Row:
    """One message and the values it holds, as ``entity=value@text`` in order."""

    text: str
    expected: tuple[str, ...]


def read_table(path: Path = TABLE) -> list[Row]:
    """Read the table: columns text, and values separated by a blank and a bar."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = csv.reader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [
            Row(row[0], tuple(v.strip() for v in row[1].split(" | ") if v.strip())) for row in rows
        ]


def read_values(texts: Sequence[str], today: date = TABLE_DATE) -> list[tuple[str, ...]]:
    """Values of each message, written as in the table."""
    reader, homophones = build_reader(lambda: today), load_homophones()
    found = []
    for text in texts:
        normalised = normalise(text, homophones)
        values = []
        for value in reader(normalised.text):
            start, end = normalised.original_span(value.start, value.end)
            values.append(f"{value.entity}={value.value}@{text[start:end]}")
        found.append(tuple(values))
    return found


def mismatches(rows: Sequence[Row]) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Rows that were not read exactly: text to (expected, read)."""
    read = read_values([row.text for row in rows])
    return {
        row.text: (row.expected, got)
        for row, got in zip(rows, read, strict=True)
        if sorted(row.expected) != sorted(got)
    }

"""What an import did, row by row where it refused one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class ImportOutcome(str, Enum):
    """How much of a file is stored now."""

    STORED = "stored"
    PARTLY_STORED = "partly_stored"
    NOTHING_STORED = "nothing_stored"


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One row that was refused. `line` is the line of the file, from 1; `field` may be empty."""

    line: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`rows` were read: each is stored now, was there before, or is in `rejected`."""

    file: str
    rows: int
    stored: int
    duplicates: int
    rejected: tuple[RejectedRow, ...]
    outcome: ImportOutcome

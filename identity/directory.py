"""Who the borrowers are, as far as signing in needs it: an id, a form of address, a phone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ruamel.yaml import YAML

_NOT_DIGIT = re.compile(r"\D")


@dataclass(frozen=True)
class Borrower:
    """One entry of the directory.

    Attributes:
        story: one sentence for the demo's choice of borrowers.
    """

    borrower_id: str
    display_name: str
    phone: str | None = None
    story: str = ""


class BorrowerDirectory(Protocol):
    """What signing in asks; a lender puts its customer system behind it."""

    def display_name(self, borrower_id: str) -> str | None:
        """Returns how to address the borrower, or None."""

    def find_by_phone(self, phone: str) -> Borrower | None:
        """Returns whose phone this is, or None."""

    def all(self) -> tuple[Borrower, ...]:
        """Returns everybody; only the demo asks."""


class FileDirectory:
    """The demo borrowers in ``data/demo/borrowers.yml``; an absent file means nobody.

    Read again when the file changes, so that a new demo borrower needs no restart.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: float | None = None
        self._borrowers: tuple[Borrower, ...] = ()

    def display_name(self, borrower_id: str) -> str | None:
        """Returns how to address the borrower, or None."""
        found = (one.display_name for one in self.all() if one.borrower_id == borrower_id)
        return next(found, None)

    def find_by_phone(self, phone: str) -> Borrower | None:
        """Returns whose phone this is, or None. Spaces and dashes do not matter."""
        wanted = _NOT_DIGIT.sub("", phone)
        found = (one for one in self.all() if _NOT_DIGIT.sub("", one.phone or "") == wanted)
        return next(found, None) if wanted else None

    def all(self) -> tuple[Borrower, ...]:
        """Returns everybody in the file."""
        if not self._path.exists():
            return ()
        stamp = self._path.stat().st_mtime
        if stamp != self._stamp:
            document = YAML(typ="safe").load(self._path.read_text(encoding="utf-8")) or {}
            self._borrowers = tuple(_borrowers(document.get("borrowers") or []))
            self._stamp = stamp
        return self._borrowers


def _borrowers(rows: list[Any]) -> list[Borrower]:
    return [
        Borrower(
            borrower_id=str(row["id"]),
            display_name=str(row.get("display_name") or row["id"]),
            phone=str(row["phone"]) if row.get("phone") else None,
            story=str(row.get("story") or ""),
        )
        for row in rows
    ]

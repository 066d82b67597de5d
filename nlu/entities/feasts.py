"""Feasts by which borrowers name a day, as data (`data/lexicon/feasts.yml`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from nlu.entities.found import Found
from nlu.lexicon.files import LEXICON_FOLDER, read_lexicon

# 去年国庆, 国庆借的: a feast that is over.
_OVER = re.compile(r"(?:去年|前年|上个?|今年|年)$")
_HAPPENED = re.compile(r"(?:那天|那会儿?|时候?|期间|节)?(?:借|买|花|还了|刷|贷|办|欠)(?!不)")
_DAY = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
_FEAST = {
    "type": "object",
    "required": ["name", "days"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "days": {"type": "array", "minItems": 1, "items": _DAY},
    },
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["feasts"],
    "additionalProperties": False,
    "properties": {"feasts": {"type": "array", "minItems": 1, "items": _FEAST}},
}


@dataclass(frozen=True)
class Feast:
    """A feast with its day of each year, in order."""

    name: re.Pattern[str]
    days: tuple[date, ...]

    def next(self, today: date) -> date | None:
        """The next one, today included; None beyond the years that are written out."""
        return next((day for day in self.days if day >= today), None)


@lru_cache(maxsize=4)
def load_feasts(path: Path = LEXICON_FOLDER / "feasts.yml") -> tuple[Feast, ...]:
    """Load the feasts.

    Raises:
        LexiconError: if the file does not follow the schema.
    """
    return tuple(
        Feast(re.compile(entry["name"]), tuple(sorted(map(date.fromisoformat, entry["days"]))))
        for entry in read_lexicon(path, SCHEMA)["feasts"]
    )


def find_feasts(text: str, today: date) -> Iterator[Found]:
    """春节前, 拖到过年: the next day of that name."""
    for feast in load_feasts():
        day = feast.next(today)
        for match in feast.name.finditer(text):
            over = _OVER.search(text[: match.start()]) or _HAPPENED.match(text, match.end())
            if day is not None and not over:
                yield Found("date", day.isoformat(), *match.span())

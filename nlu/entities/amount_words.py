"""Words beside a bare figure that make it an amount of money, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nlu.lexicon.files import LEXICON_FOLDER, read_lexicon

_PIECES = {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["before", "changed", "needs"],
    "additionalProperties": False,
    "properties": {"before": _PIECES, "changed": _PIECES, "needs": _PIECES},
}


@dataclass(frozen=True)
class AmountWords:
    """Alternatives of regular expressions, longest first.

    Attributes:
        before: acts of paying and states of the debt.
        changed: a change of an amount said before.
        needs: the needs of life in a budget.
    """

    before: str
    changed: str
    needs: str


@lru_cache(maxsize=4)
def load_amount_words(path: Path = LEXICON_FOLDER / "amounts.yml") -> AmountWords:
    """Load the words.

    Raises:
        LexiconError: if the file does not follow the schema.
    """
    content = read_lexicon(path, SCHEMA)
    joined = {key: "|".join(sorted(words, key=len, reverse=True)) for key, words in content.items()}
    return AmountWords(**joined)

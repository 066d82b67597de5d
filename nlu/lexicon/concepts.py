"""Concept classes: synonym patterns such as "paid", "why", "restore", "no money"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nlu.lexicon.files import LEXICON_FOLDER, LexiconError, read_lexicon

SCHEMA = {
    "type": "object",
    "required": ["concepts"],
    "additionalProperties": False,
    "properties": {
        "concepts": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": "^[a-z_]+$"},
            "additionalProperties": {
                "type": "array",
                "minItems": 1,
                "items": {"type": "string", "minLength": 1},
            },
        }
    },
}


@dataclass(frozen=True)
class ConceptLexicon:
    """The compiled concept classes, by name."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    def read(self, text: str) -> tuple[str, ...]:
        """Names of the concepts in a normalised text, in order of first appearance."""
        found = []
        for name, pattern in self.patterns:
            match = pattern.search(text)
            if match:
                found.append((match.start(), match.end(), name))
        return tuple(name for _, _, name in sorted(found))


@lru_cache(maxsize=4)
def load_concepts(path: Path = LEXICON_FOLDER / "concepts.yml") -> ConceptLexicon:
    """Load and compile the concept classes.

    Raises:
        LexiconError: if a pattern is not a regular expression.
    """
    patterns = []
    for name, alternatives in read_lexicon(path, SCHEMA)["concepts"].items():
        try:
            patterns.append((name, re.compile("|".join(alternatives))))
        except re.error as error:
            raise LexiconError(f"{path.name}: concepts/{name}: {error}") from error
    return ConceptLexicon(tuple(patterns))

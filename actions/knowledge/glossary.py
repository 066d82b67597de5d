"""Words of the trade that a borrower asks the meaning of (`data/wording/glossary.yml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from actions.knowledge.words import Regex, Words
from actions.knowledge.yaml_files import Entry, read_checked

# The name under which the answering function is registered.
EXPLAIN = "explain_term"


class Term(Entry):
    """A word as a pattern, and the reply that says what it means."""

    word: Regex
    reply: str


class Asks(Entry):
    """Words that ask for a meaning: before the word in question, and after it."""

    before: Regex
    after: Regex


class GlossaryFile(Entry):
    """The content of `data/wording/glossary.yml`."""

    asks: Asks
    terms: tuple[Term, ...]


class Glossary:
    """Finds the word whose meaning a message asks for."""

    def __init__(self, asks: Asks, terms: Iterable[Term]) -> None:
        self._terms = tuple((_asked(asks, one.word.pattern), one.reply) for one in terms)

    @classmethod
    def load(cls, path: Path, words: Words) -> Glossary:
        """Raises DataError with file, line and field."""
        file = read_checked(path, GlossaryFile, words.spelled_out)
        return cls(file.asks, file.terms)

    def reply_for(self, text: str) -> str | None:
        """The key of the reply that says what the word means; None where no word is asked about."""
        return next((reply for asked, reply in self._terms if asked.search(text)), None)

    def replies(self) -> frozenset[str]:
        """Every reply that may be picked."""
        return frozenset(reply for _, reply in self._terms)


def _asked(asks: Asks, word: str) -> re.Pattern[str]:
    before, after = asks.before.pattern, asks.after.pattern
    return re.compile(f"(?:{before})(?:{word})|(?:{word})(?:{after})")

"""Clauses that ask something plain by their own words (`data/wording/further_questions.yml`)."""

from __future__ import annotations

import re
from functools import lru_cache

from actions.knowledge.words import PatternFile, Regex
from actions.knowledge.yaml_files import Entry

_NEVER = re.compile(r"(?!)")


class FurtherQuestion(Entry):
    """Words of a clause, words that must stand beside it, and the intent that answers it."""

    asks: Regex
    answer: str
    unless: Regex = _NEVER
    beside: Regex | None = None

    def fits(self, clause: str, message: str) -> bool:
        if not self.asks.search(clause) or self.unless.search(clause):
            return False
        return self.beside is None or bool(self.beside.search(message))


class FurtherWords(PatternFile):
    """The content of `data/wording/further_questions.yml`, where each entry is explained."""

    name = "further_questions.yml"

    alone: Regex
    many_sided: Regex
    questions: tuple[FurtherQuestion, ...]

    def intent_of(self, clause: str, message: str) -> str | None:
        """What a clause asks by itself; None where its own words do not say."""
        fitting = (one.answer for one in self.questions if one.fits(clause, message))
        return next(fitting, None)


@lru_cache(maxsize=1)
def further_words() -> FurtherWords:
    """The words of this process."""
    return FurtherWords.shipped()

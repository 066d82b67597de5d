"""Words that tell clauses which ask from those which tell (`data/wording/two_questions.yml`)."""

from __future__ import annotations

from functools import lru_cache

from actions.knowledge.words import PatternFile, Regex


class ClauseWords(PatternFile):
    """The content of `data/wording/two_questions.yml`, where each entry is explained."""

    name = "two_questions.yml"

    asks: Regex
    leads_in: Regex
    carried: Regex
    leaves: Regex
    later_at_once: Regex
    meant_to_ask: Regex
    of_the_plan: Regex


@lru_cache(maxsize=1)
def clause_words() -> ClauseWords:
    """The words of this process."""
    return ClauseWords.shipped()

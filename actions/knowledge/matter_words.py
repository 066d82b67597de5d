"""What an answer has to speak of if a message asks about it (`data/wording/matters.yml`)."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import root_validator

from actions.knowledge.words import PatternFile, Regex
from actions.knowledge.yaml_files import Entry

_NEVER = re.compile(r"(?!)")


class Matter(Entry):
    """One matter: how it is asked about, what speaks of it, and the plain question for it.

    Attributes:
        asked: looked for in a clause that asks, as is `unless`; `beside` in the whole message.
        told: looked for in the answers; a sum (`sums`) is told where it is printed.
        question: what stands for it, answered by the function `answer`.
        ways: questions that it may have been, where no single one stands for it.
        about: the matter in words, where there are several ways.
        opens: the negotiation form, once open, is about it.
        known: only for whoever is signed in.
    """

    asked: Regex
    unless: Regex = _NEVER
    beside: Regex | None = None
    told: Regex = _NEVER
    answer: str | None = None
    question: str | None = None
    keeps: frozenset[str] = frozenset()
    ways: tuple[str, ...] = ()
    about: str | None = None
    sums: bool = False
    opens: bool = False
    known: bool = False

    @root_validator(skip_on_failure=True)
    def one_way_or_several(cls, values: dict[str, object]) -> dict[str, object]:  # noqa: N805
        plain = values["answer"] and values["question"]
        if bool(plain) == bool(values["ways"] and values["about"]):
            raise ValueError("needs answer and question, or about and ways")
        return values

    def asked_in(self, clause: str, message: str) -> bool:
        if not self.asked.search(clause) or self.unless.search(clause):
            return False
        return self.beside is None or bool(self.beside.search(message))


class MatterWords(PatternFile):
    """The content of `data/wording/matters.yml`, where each entry is explained."""

    name = "matters.yml"

    sources: Regex
    whether: Regex
    never_beside: Regex
    kept: Regex
    matters: tuple[Matter, ...]

    def without_sources(self, text: str) -> str:
        """An answer without the note of what it rests on."""
        return self.sources.sub("", text)


@lru_cache(maxsize=1)
def matter_words() -> MatterWords:
    """The words of this process."""
    return MatterWords.shipped()

"""Which answers differ while something is arranged about a debt (`data/wording/arranged.yml`)."""

from __future__ import annotations

from functools import lru_cache

from actions.knowledge.words import PatternFile, Regex
from actions.knowledge.yaml_files import Entry


class Told(Entry):
    """The replies of a topic that an arrangement changes.

    Attributes:
        whole: whose place the topic's own text takes.
        beside: rules that go first; the text follows them.
    """

    whole: frozenset[str]
    beside: frozenset[str] = frozenset()


class ArrangedWords(PatternFile):
    """The content of the file, where each entry is explained."""

    name = "arranged.yml"

    missing: Regex
    topics: dict[str, Told]

    def topic_of(self, reply: str) -> str | None:
        """The topic that a reply belongs to; None for one that no arrangement changes."""
        found = (name for name, told in self.topics.items() if reply in told.whole | told.beside)
        return next(found, None)

    def goes_whole(self, reply: str) -> bool:
        """Whether the topic's own text takes the place of this reply."""
        return any(reply in told.whole for told in self.topics.values())


@lru_cache(maxsize=1)
def arranged_words() -> ArrangedWords:
    """The words of this process."""
    return ArrangedWords.shipped()

"""Which replies answer a question for a rule (`data/wording/rules_first.yml`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from actions.knowledge.folder import data_folder
from actions.knowledge.yaml_files import Entry, read_checked

Keys = frozenset[str]
_NONE: Keys = frozenset()


class OfUse(Entry):
    """Sides of the questions about the use of a product; each is explained in the file."""

    rules: Keys
    why_not: Keys
    back_to_use: Keys
    whether_at_all: Keys
    cause_elsewhere: Keys
    perhaps_stopped: Keys
    late_may_be_why: Keys
    temporary_limit: Keys

    def asks_when(self, side: str | None) -> bool:
        """Whether nothing but the way back to use is asked; so it is where no side was found."""
        return side is None or side in self.back_to_use

    def asks_whether(self, side: str | None) -> bool:
        """Whether or when it can be used, and no rule beside that."""
        return self.asks_when(side) or side in self.whether_at_all


class RulesFirst(Entry):
    """The content of the file, where each entry is explained; keys of replies everywhere.

    Attributes:
        before_own_line: by the topic of the own line.
        own_line_if_late: those of them that it precedes all the same where something is late.
        asked_of: by intent.
        no_wish: by where a wish would be heard.
        of_use: about the use of a product.
    """

    before_own_line: Mapping[str, Keys]
    own_line_if_late: Keys
    asked_of: Mapping[str, Keys]
    no_wish: Mapping[str, Keys]
    of_use: OfUse


def before_own_line(topic: str) -> Keys:
    """Replies after which the own line of the topic follows; none where it does not lead."""
    return rules_first().before_own_line.get(topic, _NONE)


def asked_of(intent: str) -> Keys:
    """Sides of the intent that ask for a rule. Raises KeyError for an intent without any."""
    return rules_first().asked_of[intent]


@lru_cache(maxsize=1)
def rules_first() -> RulesFirst:
    """The lists of this process. Raises DataError with file, line and field."""
    return read_checked(data_folder() / "wording" / "rules_first.yml", RulesFirst)

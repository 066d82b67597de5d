"""Which side of a topic a question is after (`data/wording/focus/`).

One intent covers several questions: "影响征信吗" and "影响房贷吗" are both ask_credit_impact. The
first pattern that the words match picks the reply. A side with `products` is only for questions
that name one of these and no other product.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from pydantic import BaseModel

from actions.knowledge.words import Regex, Words
from actions.knowledge.yaml_files import DataError, Entry, joined, read_folder


def _anywhere(words: re.Pattern[str], text: str) -> bool:
    return words.search(text) is not None


class Side(Entry):
    """Words of a question, and the reply they call for."""

    asks: Regex
    reply: str
    products: frozenset[str] = frozenset()


class FocusFile(BaseModel):
    """The content of a file of `data/wording/focus/`: the sides of some intents, in order."""

    __root__: dict[str, tuple[Side, ...]]


class SidesFile(BaseModel):
    """The content of a file of a folder named after one intent: some of its sides, in order."""

    __root__: tuple[Side, ...]


class Focus:
    """Picks a reply by intent and words."""

    def __init__(self, sides: Mapping[str, tuple[Side, ...]]) -> None:
        self.sides = sides

    @classmethod
    def load(cls, folder: Path, words: Words) -> Focus:
        """Raises DataError with file, line and field; an intent is in one file or folder only.

        The files of a folder are read by name, so that each begins with its number.
        """
        sides = joined(read_folder(folder, FocusFile, words.spelled_out))
        for part in sorted(path for path in folder.iterdir() if path.is_dir()):
            if part.name in sides:
                raise DataError(f"{part}: {part.name} is in a file beside it already")
            files = read_folder(part, SidesFile, words.spelled_out)
            sides[part.name] = tuple(side for file in files for side in file.content.__root__)
        return cls(sides)

    def reply_for(
        self,
        intent: str | None,
        text: str,
        products: Collection[str] = (),
        found: Callable[[re.Pattern[str], str], bool] = _anywhere,
    ) -> str | None:
        """The key of the reply for the first side that matches, or None.

        `products` are those that the message names, by their ids in the NLU ("huabei"). `found`
        says whether the words of a side are in the text; where one clause asks, only there.
        """
        named = frozenset(products)
        for side in self.sides.get(intent or "", ()):
            if side.products and not (named and named <= side.products):
                continue
            if found(side.asks, text):
                return side.reply
        return None

    def narrowed(self, intent: str, text: str, products: Collection[str] = ()) -> bool:
        """Whether words of the message itself pick a side, not merely the product it names."""
        picked = self.reply_for(intent, text, products)
        return picked is not None and picked != self.reply_for(intent, "", products)

    def replies(self) -> frozenset[str]:
        """Every reply that may be picked."""
        return frozenset(side.reply for sides in self.sides.values() for side in sides)

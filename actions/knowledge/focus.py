"""Which side of a topic a question is after (`data/wording/focus.yml`).

One intent covers several questions: "影响征信吗" and "影响房贷吗" are both ask_credit_impact. The
first pattern that the words match picks the reply. A side with `products` is only for questions
that name one of these and no other product.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from pydantic import BaseModel, Extra, validator

from actions.knowledge.yaml_files import read_checked


class Side(BaseModel):
    """Words of a question, and the reply they call for."""

    asks: str
    reply: str
    products: tuple[str, ...] = ()

    class Config:
        extra = Extra.forbid

    @validator("asks")
    def compiles(cls, value: str) -> str:  # noqa: N805 (pydantic 1)
        re.compile(value)
        return value


class FocusFile(BaseModel):
    """The content of `data/wording/focus.yml`."""

    focus: dict[str, tuple[Side, ...]]

    class Config:
        extra = Extra.forbid


class Focus:
    """Picks a reply by intent and words."""

    def __init__(self, sides: Mapping[str, tuple[Side, ...]]) -> None:
        self._sides = {
            intent: tuple(
                (re.compile(side.asks), frozenset(side.products), side.reply) for side in found
            )
            for intent, found in sides.items()
        }

    @classmethod
    def load(cls, path: Path) -> Focus:
        """Raises DataError with file, line and field."""
        return cls(read_checked(path, FocusFile).focus)

    def reply_for(
        self, intent: str | None, text: str, products: Collection[str] = ()
    ) -> str | None:
        """The key of the reply for the first side that matches, or None.

        `products` are those that the message names, by their ids in the NLU ("huabei").
        """
        named = frozenset(products)
        for pattern, meant, reply in self._sides.get(intent or "", ()):
            if pattern.search(text) and (not meant or (named and named <= meant)):
                return reply
        return None

    def narrowed(self, intent: str, text: str, products: Collection[str] = ()) -> bool:
        """Whether words of the message itself pick a side, not merely the product it names."""
        picked = self.reply_for(intent, text, products)
        return picked is not None and picked != self.reply_for(intent, "", products)

    def replies(self) -> frozenset[str]:
        """Every reply that may be picked."""
        return frozenset(reply for sides in self._sides.values() for *_, reply in sides)

"""The last look at every outgoing message.

What it refuses is data (`data/wording/guard.yml`) and three rules: no figure without provenance, no
figure of an account before the borrower is known, nothing empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from pydantic import validator

from actions.knowledge.yaml_files import Entry, read_checked
from actions.renderer.provenance import Origin, Provenance, numbers, plain

# A blank inside of a Chinese phrase changes nothing for the reader.
_GAPS = re.compile(r"(?<=[\u4e00-\u9fff])[ \t]+(?=[\u4e00-\u9fff])")


class Audience(str, Enum):
    """Who reads the message."""

    ANYONE = "anyone"
    BORROWER = "borrower"


class Forbidden(Entry):
    """A pattern that must not appear. `unless_known` lets it through for a known borrower."""

    code: str
    pattern: str
    why: str
    unless_known: bool = False

    @validator("pattern")
    def compiles(cls, value: str) -> str:  # noqa: N805 (pydantic 1)
        re.compile(value)
        return value


class GuardFile(Entry):
    """`data/wording/guard.yml`."""

    forbidden: tuple[Forbidden, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a message may not go out. Never contains the message itself."""

    code: str
    detail: str


class GuardRefused(Exception):
    """Raised instead of sending; the caller logs the codes and says something safe."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(", ".join(sorted({refusal.code for refusal in refusals})))
        self.refusals = refusals


class Guard:
    """Checks finished texts."""

    def __init__(self, forbidden: Iterable[Forbidden]) -> None:
        self._forbidden = tuple((item, re.compile(item.pattern)) for item in forbidden)

    @classmethod
    def load(cls, path: Path) -> Guard:
        return cls(read_checked(path, GuardFile).forbidden)

    def check(
        self, text: str, titles: Iterable[str], provenance: Provenance, audience: Audience
    ) -> None:
        """Raises GuardRefused unless text and button titles may be sent to that audience.

        Titles are wording and may name a day of the month; no template prints into them.
        """
        refusals = _figures(text, provenance)
        for shown in (text, *titles):
            refusals += self._phrases(shown, audience)
        if audience is Audience.ANYONE and provenance.of(Origin.ACCOUNT):
            refusals.append(Refusal("account_figure_to_stranger", "a figure of an account"))
        if refusals:
            raise GuardRefused(tuple(refusals))

    def _phrases(self, shown: str, audience: Audience) -> list[Refusal]:
        text = _GAPS.sub("", plain(shown))
        return [
            Refusal(item.code, item.why)
            for item, pattern in self._forbidden
            if pattern.search(text) and not (item.unless_known and audience is Audience.BORROWER)
        ]


def _figures(text: str, provenance: Provenance) -> list[Refusal]:
    unknown = numbers(text) - provenance.known()
    return [Refusal("figure_without_source", f"{len(unknown)} figures")] if unknown else []

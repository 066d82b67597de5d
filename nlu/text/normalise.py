"""Normalise a borrower's message while keeping a map back to what was typed.

Everything downstream (rules, features, entity grammars) reads the normalised
text; everything reported to the dialogue carries offsets of the original one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from nlu.lexicon.homophones import HomophoneRules
from nlu.lexicon.signs import load_signs

MAX_CHARACTERS = 400
"""Longer messages are cut for understanding: what is asked stands within this many characters."""

_PUNCTUATION = {"。": ".", "、": ",", "﹐": ",", "…": ".", "〜": "~", "～": "~", "–": "-", "—": "-"}
_INVISIBLE = {"Cf", "Cc", "Mn", "Me", "Cs", "Co", "Cn"}


@dataclass(frozen=True)
class NormalisedText:
    """A normalised message and where each of its characters came from.

    Attributes:
        text: the normalised text.
        origins: for each character of ``text``, its index in the original.
        original: what the borrower typed, untouched.
    """

    text: str
    origins: tuple[int, ...]
    original: str

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a half-open span of ``text`` to the half-open span of ``original``."""
        if start >= end:
            where = self.origins[start] if start < len(self.origins) else len(self.original)
            return where, where
        return self.origins[start], self.origins[end - 1] + 1


def normalise(original: str, homophones: HomophoneRules | None = None) -> NormalisedText:
    """Fold width, script and case, read emoji, and mend homophone typos in context.

    Args:
        original: the message as typed; may be empty.
        homophones: typo rules; every one of them replaces as many characters as it reads,
            so the map of offsets stays valid. ``None`` leaves typos alone.
    """
    characters: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(original[:MAX_CHARACTERS]):
        folded = _fold(character)
        if characters and characters[-1] == " ":
            folded = folded.removeprefix(" ")
        characters.extend(folded)
        origins.extend([index] * len(folded))
    text = "".join(characters)
    if homophones is not None:
        text = homophones.mend(text)
    return NormalisedText(text, tuple(origins), original)


@lru_cache(maxsize=8192)
def _fold(character: str) -> str:
    """Fold one character; the result has zero or more characters."""
    if character in _PUNCTUATION:
        return _PUNCTUATION[character]
    if character.isspace():
        return " "
    folded = unicodedata.normalize("NFKC", character)
    if unicodedata.category(folded[0]) in _INVISIBLE:
        return ""
    if unicodedata.category(folded[0]) == "So":
        # An emoji separates like a comma: "还不上😭怎么办" is two clauses; a few are words.
        return " " + load_signs().get(character, "")
    simplified = "".join(_simplified_characters().get(c, c) for c in folded)
    return simplified.lower()


@lru_cache(maxsize=1)
def _simplified_characters() -> dict[str, str]:
    """Traditional to simplified, one character to one (phrases would move offsets)."""
    from pathlib import Path

    import opencc

    table = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    pairs: dict[str, str] = {}
    for line in table.read_text(encoding="utf-8").splitlines():
        traditional, _, choices = line.partition("\t")
        if choices:
            pairs[traditional] = choices.split()[0]
    return pairs


_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def mask_figures(text: str) -> str:
    """Replace each run of digits by one ``0``: which figure it is tells nothing of the intent."""
    return _DIGITS.sub("0", text)

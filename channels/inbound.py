"""What a person typed, before anything else sees it.

A typed ``/intent{"slot": ...}`` would be an instruction to Rasa; from a public channel it never is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

MAX_CHARACTERS = 1000
_RASA_COMMAND = "/"
_HARMLESS_SLASH = "\N{FULLWIDTH SOLIDUS}"
_ZERO_WIDTH_JOINER = "\N{ZERO WIDTH JOINER}"  # holds emoji together
_BREAKS = "\n\t\r\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
# Three base64url parts: a token somebody pasted. It must not stay readable in the transcript.
_TOKEN = re.compile(r"[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}")


class TypedKind(str, Enum):
    """What can be done with a typed text."""

    TEXT = "text"
    EMPTY = "empty"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class TypedText:
    """A checked text.

    Attributes:
        shown: for the transcript: as typed, without what cannot be stored or must not be kept.
        for_rasa: for understanding; never begins with a slash. Empty unless ``kind`` is TEXT.
    """

    kind: TypedKind
    shown: str
    for_rasa: str


def read_typed(raw: str, limit: int = MAX_CHARACTERS) -> TypedText:
    """Checks and neutralises one typed text."""
    kept = "".join(_kept(character) for character in raw.replace("\r\n", "\n"))
    text = unicodedata.normalize("NFC", kept).strip()
    shown = _TOKEN.sub("***", text)
    if not text:
        return TypedText(TypedKind.EMPTY, "", "")
    if len(text) > limit:
        return TypedText(TypedKind.TOO_LONG, shown[:limit], "")
    return TypedText(TypedKind.TEXT, shown, _without_command(text))


def _kept(character: str) -> str:
    if character in _BREAKS:
        return "\n" if character not in "\t\r" else " "
    category = unicodedata.category(character)
    if category in ("Cc", "Cs") or (category == "Cf" and character != _ZERO_WIDTH_JOINER):
        return ""
    return character


def _without_command(text: str) -> str:
    # Joiners in front would hide the slash from this check, not from the tokenizer after it.
    bare = text.lstrip(_ZERO_WIDTH_JOINER + " \n")
    if bare.startswith(_RASA_COMMAND):
        return _HARMLESS_SLASH + bare[1:]
    return text

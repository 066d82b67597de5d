"""Small pictures that are read as the thing they show (🔪, 💊)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from nlu.lexicon.files import LEXICON_FOLDER, read_lexicon

SCHEMA = {
    "type": "object",
    "required": ["signs"],
    "additionalProperties": False,
    "properties": {
        "signs": {
            "type": "object",
            "additionalProperties": {
                "type": "array",
                "minItems": 1,
                "items": {"type": "string", "minLength": 1, "maxLength": 1},
            },
        }
    },
}


@lru_cache(maxsize=1)
def load_signs(path: Path = LEXICON_FOLDER / "signs.yml") -> Mapping[str, str]:
    """What each picture is read as.

    Raises:
        LexiconError: if the file breaks its schema.
    """
    signs = read_lexicon(path, SCHEMA)["signs"]
    return {picture: word for word, pictures in signs.items() for picture in pictures}

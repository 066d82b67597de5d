"""Compose training messages from phrase parts that borrowers combine freely.

``python -m nlu.authoring.compose`` reads ``data/phrasing/frames.yml`` and writes
``data/nlu/composed.yml``. Both are committed, so that training needs no generator.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nlu.lexicon.files import ROOT, read_lexicon

FRAMES = ROOT / "data" / "phrasing" / "frames.yml"
TARGET = ROOT / "data" / "nlu" / "composed.yml"
_TEXTS = {"type": "array", "minItems": 1, "items": {"type": "string"}}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["parts", "frames"],
    "additionalProperties": False,
    "properties": {
        "parts": {"type": "object", "additionalProperties": _TEXTS},
        "frames": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["intent", "count", "patterns"],
                "additionalProperties": False,
                "properties": {
                    "intent": {"type": "string"},
                    "count": {"type": "integer", "minimum": 1},
                    "patterns": _TEXTS,
                },
            },
        },
    },
}
_SLOT = re.compile(r"\{([^{}]+)\}")
_DUPLICATE_PRODUCT = re.compile(r"(花呗|借呗|微粒贷).*\1.*\1")


def compose(
    patterns: Sequence[str], parts: Mapping[str, Sequence[str]], count: int, chance: random.Random
) -> list[str]:
    """Draw distinct messages.

    Args:
        patterns: texts with slots: ``{name}`` draws from a part, ``{a|b|}`` from what stands there.
        parts: phrase parts by name.
        count: how many messages to draw; fewer come back where the patterns are exhausted.
        chance: source of randomness, seeded by the caller.
    """
    drawn: dict[str, None] = {}
    for attempt in range(count * 20):
        if len(drawn) == count:
            break
        text = patterns[attempt % len(patterns)]
        while _SLOT.search(text):
            text = _SLOT.sub(lambda slot: _fill(slot[1], parts, chance), text, count=1)
        text = re.sub(r"\s+", " ", text).strip(" ,，")
        if len(text) >= 4 and not _DUPLICATE_PRODUCT.search(text):
            drawn.setdefault(text)
    return list(drawn)


def _fill(slot: str, parts: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    return chance.choice(slot.split("|") if "|" in slot else list(parts[slot]))


def main() -> None:
    """Write the composed training data."""
    content = read_lexicon(FRAMES, SCHEMA)
    lines = [
        "# Composed by `python -m nlu.authoring.compose` from data/phrasing/frames.yml; edit that.",
        'version: "3.1"',
        "",
        "nlu:",
    ]
    for frame in content["frames"]:
        # Seeded by the intent: adding a frame does not reshuffle the others.
        chance = random.Random(frame["intent"])  # noqa: S311
        messages = compose(frame["patterns"], content["parts"], frame["count"], chance)
        lines += [f"- intent: {frame['intent']}", "  examples: |"]
        lines += [f"    - {message}" for message in messages] + [""]
    Path(TARGET).write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

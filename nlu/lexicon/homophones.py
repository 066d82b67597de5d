"""Homophone typos: 预期 for 逾期, 花被 for 花呗. Mended only where the context says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from nlu.lexicon.files import LEXICON_FOLDER, LexiconError, read_lexicon

SCHEMA = {
    "type": "object",
    "required": ["rules"],
    "additionalProperties": False,
    "properties": {
        "rules": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["meant", "typed"],
                "additionalProperties": False,
                "properties": {
                    "meant": {"type": "string", "minLength": 1},
                    "typed": {"type": "array", "items": {"type": "string"}, "minItems": 1},
                    "before": {"type": "string"},
                    "after": {"type": "string"},
                    "anywhere": {"type": "string"},
                },
            },
        },
        "spelled": {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z]+$"},
            "additionalProperties": {"type": "string", "minLength": 1},
        },
    },
}


_LATIN = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class HomophoneRules:
    """Typo rules; each keeps the length of the text.

    Attributes:
        replacements: pattern, what was meant, and a pattern that must occur somewhere
            else in the message (``None`` where the neighbours decide).
        spelled: words that people type as Pinyin, and what they mean.
    """

    replacements: tuple[tuple[re.Pattern[str], str, re.Pattern[str] | None], ...]
    spelled: Mapping[str, str] = field(default_factory=dict)

    def mend(self, text: str) -> str:
        """Return the text with typos mended; same length."""
        for pattern, meant, anywhere in self.replacements:
            if anywhere is None or anywhere.search(text):
                text = pattern.sub(meant, text)
        return text

    def spell_out(self, text: str) -> str:
        """Return the text with words typed as Pinyin in characters; the length changes."""
        return _LATIN.sub(lambda word: self.spelled.get(word.group(), word.group()), text)


@lru_cache(maxsize=1)
def load_homophones(path: Path = LEXICON_FOLDER / "homophones.yml") -> HomophoneRules:
    """Load and compile the typo rules.

    Raises:
        LexiconError: if a rule would change the length of the text.
    """
    content = read_lexicon(path, SCHEMA)
    rules = []
    for rule in content["rules"]:
        meant = rule["meant"]
        for typed in rule["typed"]:
            if len(typed) != len(meant):
                raise LexiconError(f"{path.name}: {typed} and {meant} differ in length")
        words = "|".join(re.escape(w) for w in sorted(rule["typed"], key=len, reverse=True))
        before = f"(?<={rule['before']})" if rule.get("before") else ""
        after = f"(?={rule['after']})" if rule.get("after") else ""
        anywhere = re.compile(rule["anywhere"]) if rule.get("anywhere") else None
        rules.append((re.compile(f"{before}(?:{words}){after}"), meant, anywhere))
    return HomophoneRules(tuple(rules), content.get("spelled", {}))

"""Safety rules: which wordings speak of self-harm, of threats, of a fraud going on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path

from nlu.lexicon.files import LEXICON_FOLDER, LexiconError, read_lexicon

LIFE_IN_DANGER = ("overdose", "loved_one", "self_harm")
"""Kinds of danger to a life: something taken or let loose already, somebody close, oneself."""

_TEXTS = {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}
SCHEMA = {
    "type": "object",
    "required": ["idioms", "going_on", "signals"],
    "additionalProperties": False,
    "properties": {
        "idioms": _TEXTS,
        "going_on": _TEXTS,
        "signals": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["kind", "tier", "patterns"],
                "additionalProperties": False,
                "properties": {
                    "kind": {"enum": [*LIFE_IN_DANGER, "threat", "fraud"]},
                    "tier": {"enum": ["explicit", "soft"]},
                    "patterns": _TEXTS,
                },
            },
        },
    },
}


class Tier(str, Enum):
    """How plainly the danger is said."""

    EXPLICIT = "explicit"
    SOFT = "soft"


@dataclass(frozen=True)
class SafetySignal:
    """A danger that a message speaks of; ``start`` and ``end`` are in the normalised text."""

    kind: str
    tier: Tier
    start: int
    end: int

    @property
    def value(self) -> str:
        """As the dialogue reads it, such as ``self_harm:explicit``."""
        return f"{self.kind}:{self.tier.value}"


@dataclass(frozen=True)
class SafetyRules:
    """Compiled rules; explicit ones stand before soft ones."""

    idioms: re.Pattern[str]
    going_on: re.Pattern[str]
    signals: tuple[tuple[str, Tier, re.Pattern[str]], ...]

    def read(self, text: str) -> tuple[SafetySignal, ...]:
        """Signals in a normalised text: at most one of each kind, the plainest.

        Idioms (穷死了, 气死我了) are blotted out first, so they never trip a rule but do
        not hide what stands beside them either.
        """
        blotted = self.idioms.sub(lambda found: "□" * len(found.group()), text)
        found: dict[str, SafetySignal] = {}
        for kind, tier, pattern in self.signals:
            match = pattern.search(blotted)
            if match and kind not in found:
                found[kind] = SafetySignal(kind, tier, match.start(), match.end())
        return tuple(found.values())

    def without_idioms(self, text: str) -> str | None:
        """A normalised text with its idioms blotted out; None where it has none."""
        blotted, count = self.idioms.subn("□", text)
        return blotted if count else None

    def life_goes_on(self, text: str) -> bool:
        """Whether a normalised text speaks of work, wages, errands or of how to pay."""
        return self.going_on.search(text) is not None


@lru_cache(maxsize=2)
def load_safety_rules(path: Path = LEXICON_FOLDER / "safety.yml") -> SafetyRules:
    """Load and compile the rules.

    Raises:
        LexiconError: if a pattern is not a regular expression or the file breaks its schema.
    """
    content = read_lexicon(path, SCHEMA)
    try:
        idioms = re.compile("|".join(content["idioms"]))
        going_on = re.compile("|".join(content["going_on"]))
        signals = [
            (s["kind"], Tier(s["tier"]), re.compile("|".join(s["patterns"])))
            for s in content["signals"]
        ]
    except re.error as error:
        raise LexiconError(f"{path.name}: {error}") from error
    signals.sort(key=lambda signal: signal[1] is not Tier.EXPLICIT)
    return SafetyRules(idioms, going_on, tuple(signals))

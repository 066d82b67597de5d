"""How two questions in one message are told apart: the words, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nlu.lexicon.files import LEXICON_FOLDER, LexiconError, read_lexicon

_PATTERN = {"type": "string", "minLength": 1}
_PATTERNS = {"type": "array", "minItems": 1, "items": _PATTERN}
_COUNT = {"type": "integer", "minimum": 1}
_FIELDS: dict[str, Any] = {
    "marks": _PATTERN,
    "openers": _PATTERNS,
    "opener_after": _COUNT,
    "particles": _PATTERN,
    "turns": _PATTERNS,
    "turn_after": _COUNT,
    "asks": _PATTERN,
    "plainly_asks": _PATTERN,
    "denied": _PATTERN,
    "shortest": _COUNT,
    "most_clauses": _COUNT,
    "longest": _COUNT,
    "carried": _PATTERNS,
    "never_second": _PATTERNS,
    "stated": _PATTERNS,
    "told": {"type": "object", "additionalProperties": _PATTERN},
    "one_question": {
        "type": "array",
        "items": {"type": "array", "minItems": 2, "maxItems": 2, "items": _PATTERN},
    },
    "still_two": {"type": "object", "additionalProperties": _PATTERN},
    "own_words": {"type": "object", "additionalProperties": _PATTERN},
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": list(_FIELDS),
    "additionalProperties": False,
    "properties": _FIELDS,
}


@dataclass(frozen=True)
class SecondQuestionWords:
    """The compiled words of ``data/lexicon/second_question.yml``, where each is explained.

    Attributes:
        breaks: a match begins a new clause and belongs to none.
        turns: a match may begin a new clause, if what stands before it asks.
        turn_after: characters that must stand before a turn.
        asks: what makes a clause a question or a request.
        plainly_asks: what makes it a question that no story holds by the way.
        denied: a clause that says what is not asked.
        shortest, most_clauses, longest: limits in characters, clauses, characters.
        carried: words that a later clause leaves out.
        never_second: intents that are never the second of two.
        stated: intents that a clause may have that asks nothing, where the whole is heard as them.
        told: by intent, the words with which such a clause counts whatever the whole is heard as.
        one_question: pairs of intents that are one question.
        still_two: by intent, what makes a clause a question even in such a pair.
        own_words: by intent, what a clause must hold to be a question of its own.
    """

    breaks: re.Pattern[str]
    turns: re.Pattern[str]
    turn_after: int
    asks: re.Pattern[str]
    plainly_asks: re.Pattern[str]
    denied: re.Pattern[str]
    shortest: int
    most_clauses: int
    longest: int
    carried: re.Pattern[str]
    never_second: frozenset[str]
    stated: frozenset[str]
    told: Mapping[str, re.Pattern[str]]
    one_question: frozenset[frozenset[str]]
    still_two: Mapping[str, re.Pattern[str]]
    own_words: Mapping[str, re.Pattern[str]]


@lru_cache(maxsize=4)
def load_second_question(
    path: Path = LEXICON_FOLDER / "second_question.yml",
) -> SecondQuestionWords:
    """Load and compile the words.

    Raises:
        LexiconError: if the file does not follow the schema or a pattern is no expression.
    """
    content = read_lexicon(path, SCHEMA)
    try:
        return _compiled(content)
    except re.error as error:
        raise LexiconError(f"{path.name}: {error}") from error


def _compiled(content: Mapping[str, Any]) -> SecondQuestionWords:
    openers = rf"(?<=.{{{content['opener_after']}}})(?={_any(content['openers'])})"
    return SecondQuestionWords(
        breaks=re.compile(f"{content['marks']}|{openers}|{content['particles']}"),
        turns=re.compile(_any(content["turns"])),
        turn_after=content["turn_after"],
        # Folded over several lines for the eye.
        asks=re.compile(re.sub(r"\s+", "", content["asks"])),
        plainly_asks=re.compile(re.sub(r"\s+", "", content["plainly_asks"])),
        denied=re.compile(content["denied"]),
        shortest=content["shortest"],
        most_clauses=content["most_clauses"],
        longest=content["longest"],
        carried=re.compile(_any(content["carried"])),
        never_second=frozenset(content["never_second"]),
        stated=frozenset(content["stated"]),
        told=_by_intent(content["told"]),
        one_question=frozenset(frozenset(pair) for pair in content["one_question"]),
        still_two=_by_intent(content["still_two"]),
        own_words=_by_intent(content["own_words"]),
    )


def _by_intent(words: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {intent: re.compile(said) for intent, said in words.items()}


def _any(patterns: Sequence[str]) -> str:
    return f"(?:{'|'.join(patterns)})"

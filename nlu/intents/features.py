"""What the classifiers see of a message: characters, words, sounds and concepts.

Four families of binary features. Each is weighted by inverse document frequency and
scaled to unit length, so that no family drowns another.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from itertools import combinations

# Phrases cost memory; single characters are enough to see what sounds alike.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")

from pypinyin import lazy_pinyin

from nlu.lexicon.concepts import ConceptLexicon
from nlu.text.normalise import mask_figures
from nlu.text.words import segment

Reader = Callable[[str], Iterator[str]]

_FILLERS = re.compile(
    r"^(?:你好|您好|请问|请教|亲|那个|麻烦问下|问一下|想问下?|那)[,.!? ]*(?=.{2})"
)
_BRAND = re.compile(r"(?:蚂蚁|支付宝|淘宝)的?(?=花呗|借呗)")
_NOT_WORDS = re.compile(r"[\s,.!?~;:()\[\]\"'“”‘’《》<>|/\\+*=&^%$#@_-]+")


def canonical(text: str) -> str:
    """Strip what never decides an intent: greetings in front, brand names, which figure.

    Args:
        text: a normalised message.
    """
    text = _FILLERS.sub("", text.strip())
    return _BRAND.sub("", mask_figures(text))


def characters(text: str) -> Iterator[str]:
    """Character 1- to 4-grams, with the edges of the message marked."""
    marked = f"^{_NOT_WORDS.sub(' ', text)}$"
    for size in (1, 2, 3, 4):
        for start in range(len(marked) - size + 1):
            yield f"c{marked[start : start + size]}"


def words(text: str) -> Iterator[str]:
    """Words, neighbouring pairs, and pairs with one word between."""
    parts = [w for w in segment(text) if not _NOT_WORDS.fullmatch(w)]
    for index, word in enumerate(parts):
        yield f"w{word}"
        if index + 1 < len(parts):
            yield f"w{word} {parts[index + 1]}"
        if index + 2 < len(parts):
            yield f"s{word} {parts[index + 2]}"


def sounds(text: str) -> Iterator[str]:
    """Syllable 2- and 3-grams: homophone typos that no rule knows sound the same."""
    syllables = lazy_pinyin(_NOT_WORDS.sub("", text))
    for size in (2, 3):
        for start in range(len(syllables) - size + 1):
            yield "p" + " ".join(syllables[start : start + size])


def concept_reader(lexicon: ConceptLexicon) -> Reader:
    """A reader of concept classes: singly, in pairs, and in order of appearance."""

    def concepts(text: str) -> Iterator[str]:
        found = lexicon.read(text)
        for name in found:
            yield f"k{name}"
        for one, other in combinations(sorted(found), 2):
            yield f"k{one}+{other}"
        for one, following in zip(("^", *found), (*found, "$"), strict=True):
            yield f"k{one}>{following}"

    return concepts


def families(lexicon: ConceptLexicon) -> dict[str, Reader]:
    """All feature families by name."""
    return {
        "characters": characters,
        "words": words,
        "sounds": sounds,
        "concepts": concept_reader(lexicon),
    }

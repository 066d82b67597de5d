"""The spaCy pipeline that reads values: jieba segments, an entity ruler, the grammars."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.pipeline import EntityRuler
from spacy.tokens import Doc

from nlu.entities.dates import find_dates
from nlu.entities.found import Found
from nlu.entities.money import find_amounts
from nlu.entities.periods import (
    find_durations,
    find_identifiers,
    find_options,
    find_percentages,
    find_terms,
)
from nlu.entities.ranges import find_ranges
from nlu.lexicon.files import DICTIONARY_FOLDER, LEXICON_FOLDER, read_lexicon
from nlu.text.words import add_dictionaries

_PRODUCT = "product"
_NAMES = {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}
SCHEMA = {
    "type": "object",
    "required": ["products"],
    "additionalProperties": False,
    "properties": {"products": {"type": "object", "additionalProperties": _NAMES}},
}

if not Doc.has_extension("values"):
    Doc.set_extension("values", default=())


@Language.component("value_grammars")
def _value_grammars(doc: Doc) -> Doc:
    """Read values that depend on no date; spans may cut tokens, so offsets are kept as such."""
    doc._.values = tuple(_without_overlaps(_undated(doc.text)))
    return doc


def _undated(text: str) -> Iterator[Found]:
    # Order is precedence: where two readings overlap the earlier one stands.
    yield from find_identifiers(text)
    yield from find_ranges(text)
    yield from find_percentages(text)
    yield from find_options(text)
    yield from find_terms(text)


def build_reader(today: Callable[[], date]) -> Callable[[str], tuple[Found, ...]]:
    """A function that reads all values of a normalised text.

    Args:
        today: gives the business date; asked anew for each message.
    """
    # Product names must be words before the entity ruler's patterns are segmented.
    add_dictionaries(DICTIONARY_FOLDER)
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    ruler = cast(EntityRuler, nlp.add_pipe("entity_ruler"))
    ruler.add_patterns(list(_product_patterns(LEXICON_FOLDER / "products.yml")))
    nlp.add_pipe("value_grammars")

    def read(text: str) -> tuple[Found, ...]:
        if not text.strip():
            return ()
        doc = nlp(text)
        products = [
            Found(_PRODUCT, ent.ent_id_, ent.start_char, ent.end_char)
            for ent in doc.ents
            if ent.label_ == _PRODUCT
        ]
        dated = list(find_dates(text, today()))
        later = [*find_durations(text), *find_amounts(text)]
        found = _without_overlaps([*doc._.values, *dated, *later])
        return tuple(sorted([*products, *found], key=lambda f: (f.start, f.end)))

    return read


def _product_patterns(path: Path) -> Iterator[dict[str, Any]]:
    for product, names in read_lexicon(path, SCHEMA)["products"].items():
        for name in names:
            yield {"label": _PRODUCT, "pattern": name, "id": product}


def _without_overlaps(found: Iterable[Found]) -> list[Found]:
    """Keep the first of overlapping readings; two readings of one same span may both stand."""
    kept: list[Found] = []
    for one in found:
        clash = any(
            one.start < k.end
            and k.start < one.end
            and ((one.start, one.end) != (k.start, k.end) or one.entity != "day_of_month")
            for k in kept
        )
        if not clash:
            kept.append(one)
    return kept

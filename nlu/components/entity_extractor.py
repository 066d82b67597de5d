"""The value reader as a Rasa component: the only extractor of every entity it gives."""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.entities.found import Found
from nlu.entities.pipeline import build_reader
from nlu.lexicon.homophones import load_homophones
from nlu.text.normalise import NormalisedText, normalise


def business_date() -> date:
    """Today for this deployment: ``YUQI_BUSINESS_DATE`` (ISO), else the date in Shanghai."""
    fixed = os.environ.get("YUQI_BUSINESS_DATE")
    return date.fromisoformat(fixed) if fixed else datetime.now(ZoneInfo("Asia/Shanghai")).date()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ValueExtractor(GraphComponent, EntityExtractorMixin):
    """Adds products, money, dates, periods and identifying numbers, in original offsets."""

    def __init__(self) -> None:
        """Build the pipeline."""
        self._homophones = load_homophones()
        self._read = build_reader(business_date)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ValueExtractor:
        """Create the component (see parent class)."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the values of each message to its entities."""
        for message in messages:
            text = message.get(TEXT) or ""
            normalised = normalise(text, self._homophones)
            found = [self._entity(f, normalised) for f in self._read(normalised.text)]
            if found:
                entities = [*message.get(ENTITIES, []), *self.add_extractor_name(found)]
                message.set(ENTITIES, entities, add_to_output=True)
        return messages

    @staticmethod
    def _entity(found: Found, normalised: NormalisedText) -> dict[str, Any]:
        start, end = normalised.original_span(found.start, found.end)
        return {
            "entity": found.entity,
            "value": found.value,
            "start": start,
            "end": end,
            "raw": normalised.original[start:end],
            **dict(found.flags),
        }

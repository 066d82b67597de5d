"""The safety stage: first in the pipeline, and its word is final."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.lexicon.homophones import load_homophones
from nlu.safety.rules import LIFE_IN_DANGER, Tier, load_safety_rules
from nlu.text.normalise import normalise

SAFETY = "safety_decided"
"""Message key: the intent is decided, no classifier may touch it."""

LIFE_GOES_ON = "life_goes_on"
"""Message key: no danger was heard, and work, wages or paying are spoken of."""

WITHOUT_IDIOMS = "without_idioms"
"""Message key: what is left of a text beside its idioms, where no danger was heard."""

DISTRESS = "express_distress"
SOFT_SELF_HARM = "self_harm:soft"
FAINT_SELF_HARM = "self_harm:faint"
_SIGNAL = "safety_signal"


def leave_a_doubt(message: Message) -> None:
    """Say that no rule heard a danger and the classifier half does.

    Too little to stop for, enough for the dialogue to ask how somebody is. The sign has no place
    of its own in the text.
    """
    entities = list(message.get(ENTITIES, []))
    if any(entity.get("entity") == _SIGNAL for entity in entities):
        return
    doubt = {"entity": _SIGNAL, "value": FAINT_SELF_HARM, "start": 0, "end": 0, "raw": ""}
    message.set(ENTITIES, [*entities, doubt], add_to_output=True)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyGuard(IntentClassifier, GraphComponent):
    """Reads every message for danger before any classifier does.

    Explicit danger to a life decides the intent (confidence 1.0). Every signal, soft ones too,
    travels as the entity ``safety_signal`` with a value such as ``self_harm:soft``.
    """

    def __init__(self) -> None:
        """Load the rules."""
        self._rules = load_safety_rules()
        self._homophones = load_homophones()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyGuard:
        """Create the component (see parent class)."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add signals; decide the intent where danger to a life is plain."""
        for message in messages:
            self._guard(message)
        return messages

    def _guard(self, message: Message) -> None:
        text = message.get(TEXT) or ""
        read = normalise(text, self._homophones)
        signals = self._rules.read(read.text)
        if not signals:
            message.set(LIFE_GOES_ON, self._rules.life_goes_on(read.text))
            message.set(WITHOUT_IDIOMS, self._rules.without_idioms(read.text))
            return
        entities = list(message.get(ENTITIES, []))
        for signal in signals:
            start, end = read.original_span(signal.start, signal.end)
            entities.append(
                {
                    "entity": _SIGNAL,
                    "value": signal.value,
                    "start": start,
                    "end": end,
                    "raw": text[start:end],
                    "extractor": self.__class__.__name__,
                }
            )
        message.set(ENTITIES, entities, add_to_output=True)
        if any(s.kind in LIFE_IN_DANGER and s.tier is Tier.EXPLICIT for s in signals):
            decision = {"name": DISTRESS, "confidence": 1.0}
            message.set(SAFETY, DISTRESS)
            message.set(INTENT, decision, add_to_output=True)
            message.set("intent_ranking", [decision], add_to_output=True)

"""The concept lexicon as a Rasa featurizer, for Rasa's own classifiers.

The assistant's classifier reads concepts itself; this component lets DIET and Rasa's
logistic regression be compared with the same knowledge (``benchmarks/nlu``).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS, TOKENS_NAMES
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.intents.features import canonical
from nlu.lexicon.concepts import load_concepts
from nlu.lexicon.files import LEXICON_FOLDER, fingerprint
from nlu.lexicon.homophones import load_homophones
from nlu.text.normalise import normalise


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class ConceptFeaturizer(DenseFeaturizer, GraphComponent):
    """One 0/1 feature for each concept class, the same on every token and the sentence."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Tokens give the shape of the sequence features."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See parent class."""
        return {**DenseFeaturizer.get_default_config()}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Digest of the lexicons."""
        return fingerprint(LEXICON_FOLDER)

    def __init__(self, config: dict[str, Any], name: str) -> None:
        """Load the lexicon."""
        super().__init__(name, config)
        self._lexicon = load_concepts()
        self._homophones = load_homophones()
        self._places = {name: i for i, (name, _) in enumerate(self._lexicon.patterns)}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ConceptFeaturizer:
        """Create the component (see parent class)."""
        return cls(config, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to check."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add features to every training message."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add features to every message that has tokens."""
        for message in messages:
            tokens = message.get(TOKENS_NAMES[TEXT])
            if tokens:
                self._add(message, len(tokens))
        return messages

    def _add(self, message: Message, length: int) -> None:
        row = np.zeros((1, len(self._places)), dtype=np.float32)
        mended = normalise(message.get(TEXT), self._homophones).text
        text = canonical(self._homophones.spell_out(mended))
        row[0, [self._places[name] for name in self._lexicon.read(text)]] = 1.0
        alias = self._config[FEATURIZER_CLASS_ALIAS]
        for kind, values in (
            (FEATURE_TYPE_SEQUENCE, np.repeat(row, length, axis=0)),
            (FEATURE_TYPE_SENTENCE, row),
        ):
            message.add_features(Features(values, kind, TEXT, alias))

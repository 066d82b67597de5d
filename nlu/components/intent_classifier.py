"""The intent model as a Rasa component."""

from __future__ import annotations

import shutil
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.safety_guard import (
    DISTRESS,
    LIFE_GOES_ON,
    SAFETY,
    SOFT_SELF_HARM,
    WITHOUT_IDIOMS,
    leave_a_doubt,
)
from nlu.intents.asked_clause import find_asked_clause
from nlu.intents.model import IntentModel, ModelSettings
from nlu.intents.second_question import Clause, Sureness, find_second_question
from nlu.lexicon.concepts import load_concepts
from nlu.lexicon.files import LEXICON_FOLDER, fingerprint
from nlu.lexicon.homophones import load_homophones
from nlu.lexicon.second_question import load_second_question
from nlu.safety.sureness import SURE_BESIDE_A_LIFE_THAT_GOES_ON, SURE_OF_DISTRESS

_LEXICONS = ("concepts.yml", "homophones.yml", "second_question.yml")
_OUT_OF_SCOPE = "out_of_scope"
_NOT_UNDERSTOOD = "nlu_fallback"
_CODE = Path(__file__).resolve().parents[1]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class BorrowerIntentClassifier(IntentClassifier, GraphComponent):
    """Classifies with :class:`nlu.intents.model.IntentModel`.

    Leaves a message alone that the safety stage has decided. Adds the entity
    ``second_intent`` where a message asks two things, and ``asked_intent`` where it asks one thing
    in one clause and tells a story in the others.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings of the model, and how many intents the ranking keeps."""
        settings = ModelSettings()
        return {f.name: getattr(settings, f.name) for f in fields(settings)} | {
            "ranking_length": 5,
            "clause_confidence": 0.5,
            "unmarked_clause_confidence": 0.8,
            "clause_against_whole_confidence": 0.75,
            "asked_clause_confidence": 0.85,
            "soft_distress_confidence": 0.25,
            "lone_distress_confidence": SURE_OF_DISTRESS,
            "faint_distress_confidence": 0.45,
            "faint_sign_confidence": 0.3,
            "doubt_of_a_clause": 0.05,
            "distress_beside_daily_life_confidence": SURE_BESIDE_A_LIFE_THAT_GOES_ON,
            "out_of_scope_confidence": 0.5,
            "instead_of_out_of_scope_confidence": 0.25,
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Digest of the lexicons and of the code that reads features from text."""
        return fingerprint(
            LEXICON_FOLDER,
            LEXICON_FOLDER.parent / "dictionary",
            _CODE / "intents",
            _CODE / "lexicon",
            _CODE / "text",
        )

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, lexicons: Path
    ) -> None:
        """Set up an untrained component.

        Args:
            config: merged configuration.
            storage: where the trained model is kept.
            resource: the component's place in it.
            lexicons: folder of the lexicon files to read messages with.
        """
        self._config = config
        self._storage = storage
        self._resource = resource
        self._lexicons = lexicons
        self._words = load_second_question(lexicons / "second_question.yml")
        self._sure = Sureness(
            config["clause_confidence"],
            config["unmarked_clause_confidence"],
            config["clause_against_whole_confidence"],
        )
        names = {f.name for f in fields(ModelSettings)}
        settings = ModelSettings(**{k: v for k, v in config.items() if k in names})
        self.model = IntentModel(
            settings,
            load_concepts(lexicons / "concepts.yml"),
            load_homophones(lexicons / "homophones.yml"),
        )

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> BorrowerIntentClassifier:
        """Create an untrained component (see parent class)."""
        return cls(config, model_storage, resource, LEXICON_FOLDER)

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the labelled messages and store the model with its lexicons."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        self.model.fit([e.get(TEXT) for e in examples], [e.get(INTENT) for e in examples])
        with self._storage.write_to(self._resource) as folder:
            self.model.save(Path(folder))
            for name in _LEXICONS:
                shutil.copy(self._lexicons / name, Path(folder) / name)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> BorrowerIntentClassifier:
        """Load the trained model with the lexicons it was trained with."""
        with model_storage.read_from(resource) as stored:
            folder = Path(stored)
            component = cls(config, model_storage, resource, folder)
            component.model = IntentModel.load(
                folder,
                load_concepts(folder / "concepts.yml"),
                load_homophones(folder / "homophones.yml"),
            )
        return component

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing to add: nothing that trains later reads the predictions."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking; add the second question where there is one."""
        for message in messages:
            if not message.get(SAFETY):
                self._classify(message)
        return messages

    def _ranking(self, row: npt.NDArray[np.float64], message: Message) -> list[dict[str, Any]]:
        """Intents by probability, with what the safety rules heard taken into account.

        Sent away is only who surely asks for something else.
        With a soft sign of self-harm distress needs less to lead, and then takes the lead's
        confidence, so that no later component reads doubt into it. Where no rule heard
        anything it needs more, or has to be likelier than all else.
        """
        order = [int(i) for i in row.argsort()[::-1]]
        confidences = [float(row[i]) for i in order]
        if DISTRESS in self.model.labels:
            distress = self.model.labels.index(DISTRESS)
            heard = any(e.get("value") == SOFT_SELF_HARM for e in message.get(ENTITIES, []))
            if heard and row[distress] >= self._config["soft_distress_confidence"]:
                order.remove(distress)
                order.insert(0, distress)
            elif not heard and row[distress] < self._enough(message, order[0] == distress):
                confidences.pop(order.index(distress))
                order.remove(distress)
                if row[distress] >= self._doubtful(message):
                    leave_a_doubt(message)
        pairs = list(zip(order, confidences, strict=True))[: self._config["ranking_length"]]
        ranking = [{"name": self.model.labels[i], "confidence": sure} for i, sure in pairs]
        lead = ranking[0]
        if (
            lead["name"] == _OUT_OF_SCOPE
            and lead["confidence"] < self._config["out_of_scope_confidence"]
        ):
            return self._kept_here(ranking)
        return ranking

    def _enough(self, message: Message, leads: bool) -> float:
        """From which probability on distress that no rule heard stays in the ranking.

        Where it leads, a fainter sign is enough: it is answered softly for what it is.
        """
        if message.get(LIFE_GOES_ON):
            return float(self._config["distress_beside_daily_life_confidence"])
        return float(self._config[f"{'faint' if leads else 'lone'}_distress_confidence"])

    def _doubtful(self, message: Message) -> float:
        """From which probability on unheard distress leaves a doubt: more where life goes on."""
        goes_on = message.get(LIFE_GOES_ON)
        return float(
            self._config["lone_distress_confidence" if goes_on else "faint_sign_confidence"]
        )

    def _kept_here(self, ranking: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The ranking of a message that is perhaps about something else.

        The likeliest matter of ours leads if it is likely enough to be answered at all;
        otherwise nothing is understood.
        """
        lead, rest = ranking[0], [r for r in ranking[1:] if r["name"] != _NOT_UNDERSTOOD]
        if rest and rest[0]["confidence"] >= self._config["instead_of_out_of_scope_confidence"]:
            return [rest[0], lead, *rest[1:]]
        return [{"name": _NOT_UNDERSTOOD, "confidence": lead["confidence"]}, lead, *rest]

    def _classify(self, message: Message) -> None:
        text = message.get(TEXT) or ""
        if not text.strip():
            message.set(INTENT, {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set("intent_ranking", [], add_to_output=True)
            return
        row = self._probabilities(text, message)
        ranking = self._ranking(row, message)
        two = find_second_question(self.model, text, ranking[0]["name"], self._sure, self._words)
        if two and ranking[0]["name"] != DISTRESS and DISTRESS in (two.first, two.second.intent):
            # Danger in a clause, and hardly any in the whole: at most a doubt beside what it asks.
            two = None
            if row[self.model.labels.index(DISTRESS)] >= self._config["doubt_of_a_clause"]:
                leave_a_doubt(message)
        if two and (two.first == ranking[0]["name"] or ranking[0]["name"] != DISTRESS):
            self._add(message, self._entity("second_intent", two.second, text))
            ranking = _led_by(two.first, ranking)
        elif asked := self._asked(text, ranking[0]["name"]):
            self._add(message, self._entity("asked_intent", asked, text))
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)

    def _probabilities(self, text: str, message: Message) -> npt.NDArray[np.float64]:
        """Probabilities of a message; what only its idioms make a danger is none."""
        row: npt.NDArray[np.float64] = self.model.probabilities([text])[0]
        rest = message.get(WITHOUT_IDIOMS)
        if rest and DISTRESS in self.model.labels:
            distress = self.model.labels.index(DISTRESS)
            row[distress] = min(row[distress], self.model.probabilities([rest])[0][distress])
        return row

    def _asked(self, text: str, whole: str) -> Clause | None:
        sure = float(self._config["asked_clause_confidence"])
        return find_asked_clause(self.model, text, whole, sure, self._words)

    def _add(self, message: Message, entity: dict[str, Any]) -> None:
        message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)

    def _entity(self, kind: str, clause: Clause, text: str) -> dict[str, Any]:
        return {
            "entity": kind,
            "value": clause.intent,
            "start": clause.start,
            "end": clause.end,
            "raw": text[clause.start : clause.end],
            "confidence_entity": clause.confidence,
            "extractor": self.__class__.__name__,
        }


def _led_by(first: str, ranking: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The ranking with an intent in front; it takes the confidence of the former lead."""
    if ranking[0]["name"] == first:
        return ranking
    lead = {"name": first, "confidence": ranking[0]["confidence"]}
    return [lead, *(r for r in ranking if r["name"] != first)]

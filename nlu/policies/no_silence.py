"""No turn ends without a word.

An action that fails (action server down, an exception, a broken answer) leaves Rasa with an
executed action and no message; the rules then listen, and the borrower sees nothing. This policy
watches for exactly that: actions ran since the last message, nothing was said, and says
`utter_service_trouble`, which Rasa speaks by itself.
"""

from __future__ import annotations

from typing import Any

from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    Event,
    UserUttered,
)
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

APOLOGY = "utter_service_trouble"
# Somebody in distress gets the help lines even when everything else is down.
APOLOGY_IN_DISTRESS = "utter_service_trouble_distress"
APOLOGIES = frozenset({APOLOGY, APOLOGY_IN_DISTRESS})
DISTRESS = "express_distress"
SIGNAL = "safety_signal"
# Above the rules (6), so that a tie goes to this policy.
PRIORITY = 10


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False
)
class NoSilencePolicy(Policy):
    """Predicts an apology where otherwise nothing would be said, and silence after it."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"priority": PRIORITY}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        featurizer: TrackerFeaturizer | None = None,
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context, featurizer)

    def train(
        self,
        training_trackers: list[TrackerWithCachedStates],
        domain: Domain,
        **kwargs: Any,
    ) -> Resource:
        """Nothing to learn."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The apology, `action_listen` after it, or no opinion."""
        action = next_action(tracker)
        scores = self._default_predictions(domain)
        if action is None:
            return self._prediction(scores)
        scores[domain.index_for_action(action)] = 1.0
        # "No user" predictions overrule the rules' own, which would listen in silence.
        return self._prediction(scores, is_no_user_prediction=True)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NoSilencePolicy:
        return cls(config, model_storage, resource, execution_context)


def next_action(tracker: DialogueStateTracker) -> str | None:
    """What this policy wants next: the apology, listening after it, or nothing (None)."""
    turn = _since_last_message(tracker)
    if any(isinstance(event, ActionExecuted) and event.action_name in APOLOGIES for event in turn):
        return str(ACTION_LISTEN_NAME)
    acted = any(isinstance(event, ActionExecuted) for event in turn)
    spoke = any(isinstance(event, BotUttered) for event in turn)
    if not acted or spoke or _goes_on(turn):
        return None
    return APOLOGY_IN_DISTRESS if _in_distress(tracker) else APOLOGY


def _in_distress(tracker: DialogueStateTracker) -> bool:
    message = tracker.latest_message
    if message is None:
        return False
    signals = [str(one.get("value")) for one in message.entities if one.get("entity") == SIGNAL]
    by_intent = message.intent.get("name") == DISTRESS
    return by_intent or any(signal.startswith("self_harm") for signal in signals)


def _since_last_message(tracker: DialogueStateTracker) -> list[Event]:
    turn: list[Event] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return turn[::-1]
        turn.append(event)
    return []  # the session's start, before anybody said anything


def _goes_on(turn: list[Event]) -> bool:
    """A form that rejected the message, or that has just ended, leaves the word to the rules."""
    if isinstance(turn[-1], ActionExecutionRejected):
        return True
    last_action = max(i for i, event in enumerate(turn) if isinstance(event, ActionExecuted))
    return any(
        isinstance(event, ActiveLoop) and event.name is None for event in turn[last_action:]
    ) and turn[last_action].as_dict()["name"].endswith("_form")

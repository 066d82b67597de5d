"""No turn ends without a word, whatever fails."""

from __future__ import annotations

from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.policies.no_silence import APOLOGY, APOLOGY_IN_DISTRESS, next_action


def tracker(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("web-1", list(events))


def message(intent: str = "ask_penalty", signal: str | None = None) -> UserUttered:
    entities = [{"entity": "safety_signal", "value": signal}] if signal else []
    return UserUttered("说点什么", intent={"name": intent}, entities=entities)


LISTEN = ActionExecuted("action_listen")


def test_an_action_that_said_nothing_is_followed_by_the_apology() -> None:
    assert next_action(tracker(LISTEN, message(), ActionExecuted("action_penalty"))) == APOLOGY


def test_after_the_apology_it_listens() -> None:
    events = (LISTEN, message(), ActionExecuted("action_penalty"), ActionExecuted(APOLOGY))
    assert next_action(tracker(*events)) == "action_listen"


def test_an_action_that_spoke_is_left_alone() -> None:
    events = (LISTEN, message(), ActionExecuted("action_penalty"), BotUttered("好的"))
    assert next_action(tracker(*events)) is None


def test_before_any_action_the_rules_have_the_word() -> None:
    assert next_action(tracker(LISTEN, message())) is None


def test_a_form_that_rejects_a_question_has_not_failed() -> None:
    events = (LISTEN, message(), ActionExecutionRejected("instalment_form"))
    assert next_action(tracker(*events)) is None


def test_a_form_that_ended_leaves_the_word_to_the_conclusion() -> None:
    events = (
        LISTEN,
        message("affirm"),
        ActionExecuted("instalment_form"),
        SlotSet("agreement", "yes"),
        ActiveLoop(None),
        SlotSet("requested_slot", None),
    )
    assert next_action(tracker(*events)) is None


def test_a_form_whose_action_server_is_dead_is_apologised_for() -> None:
    assert next_action(tracker(LISTEN, message(), ActionExecuted("instalment_form"))) == APOLOGY


def test_somebody_in_distress_gets_the_help_lines_even_then() -> None:
    by_intent = tracker(LISTEN, message("express_distress"), ActionExecuted("action_safety"))
    assert next_action(by_intent) == APOLOGY_IN_DISTRESS
    by_signal = tracker(
        LISTEN, message("inform", "self_harm:explicit"), ActionExecuted("action_manners")
    )
    assert next_action(by_signal) == APOLOGY_IN_DISTRESS


def test_the_start_of_a_session_is_no_turn() -> None:
    assert next_action(tracker(ActionExecuted("action_session_start"))) is None

"""People at risk come before everything else."""

from __future__ import annotations

from account_engine.services.outreach import HoldReason
from actions.conversation import memory
from actions.conversation.answering import answer_for, answers
from actions.conversation.desk import Desk
from actions.conversation.outreach import HELD, NOT_KNOWN_YET, hold_outreach
from actions.conversation.reply import Form, Json, Reply
from actions.conversation.topic import TopicAction
from actions.conversation.turn import Turn
from actions.topics.handoff import hand_over
from nlu.safety.sureness import SURE_OF_DISTRESS

_EXPLICIT = "explicit"
_FRAUD = "fraud"
_THREAT = "threat"
_PLAIN_HELP = "safety.explicit"
# An ambulance before anything else; somebody close who must be found and not be left alone.
_HELP = {"overdose": "safety.ambulance", "loved_one": "safety.loved_one"}
# These answers deal with fraud themselves, and more closely.
_KNOW_FRAUD = frozenset({"dispute_debt"})
_FRAUDS = frozenset({"fraud_going_on", "ask_stolen"})  # what the words themselves may tell of


class ActionSafety(TopicAction):
    """express_distress, and every safety signal whatever the intent."""

    topic = "safety"


@answers("safety")
def safety(turn: Turn, desk: Desk) -> Reply:
    """Answers the strongest signal of the message."""
    kind, level = turn.safety_signal() or ("self_harm", "soft")
    if kind == _FRAUD:
        told = desk.meaning(turn)
        name = told if told in _FRAUDS else turn.intent if turn.intent in _KNOW_FRAUD else None
        own = answer_for(name)
        return own(turn, desk) if own else Reply("authenticity.fraud_now")
    if kind == _THREAT and level == _EXPLICIT:
        return hand_over(turn, desk, "threat", key="safety.threat")
    if level == _EXPLICIT:
        return distress(turn, desk)
    return _soft(turn, desk)


@answers("express_distress")
def distress(turn: Turn, desk: Desk) -> Reply:
    """Stops all talk of debt, gives help lines, calls a person, pauses outreach."""
    signal = turn.safety_signal()
    # A guess of the classifier's offers a person and holds nothing.
    faint = turn.confidence < SURE_OF_DISTRESS if signal is None else signal[1] != _EXPLICIT
    if faint:
        return _soft(turn, desk)
    return _all_help(turn, desk, _HELP.get(signal[0], _PLAIN_HELP) if signal else _PLAIN_HELP)


@answers("danger_to_self")
def danger_to_self(turn: Turn, desk: Desk) -> Reply:
    """Words that ask how one dies, or leave a farewell: help as for the plainest signal."""
    return _all_help(turn, desk, _PLAIN_HELP)


@answers("danger_to_another")
def danger_to_another(turn: Turn, desk: Desk) -> Reply:
    """Somebody close is in danger: who finds them, who stays with them."""
    return _all_help(turn, desk, _HELP["loved_one"])


@answers("something_taken")
def something_taken(turn: Turn, desk: Desk) -> Reply:
    """Pills, gas or blood: the ambulance first."""
    return _all_help(turn, desk, _HELP["overdose"])


def _all_help(turn: Turn, desk: Desk, key: str) -> Reply:
    """Help lines, a person called, outreach paused, and nothing of the debt."""
    called = hand_over(turn, desk, "self_harm")
    held = hold_outreach(turn, desk, HoldReason.WELLBEING)
    paused = HELD if held else NOT_KNOWN_YET
    return Reply(
        key,
        {"held": held, "queued": "case_number" in called.values, **called.values},
        card=_help_lines(desk),
        slots={memory.PAUSED: paused, **dict.fromkeys(memory.NEGOTIATION)},
        form=Form.LEAVE,
    )


@answers("soft_distress")
def worn_down(turn: Turn, desk: Desk) -> Reply:
    """Somebody at the end of their strength who asks nothing: no rule and no figure."""
    return _soft(turn, desk)


@answers("threatens_others")
def threatens_others(turn: Turn, desk: Desk) -> Reply:
    """Calm, a person, the emergency number."""
    return hand_over(turn, desk, "threat", key="safety.threat")


def _soft(turn: Turn, desk: Desk) -> Reply:
    return Reply("safety.soft", card=_help_lines(desk), form=Form.LEAVE)


def _help_lines(desk: Desk) -> Json:
    words = desk.renderer.labels["card"]
    numbers = desk.renderer.labels["help_line"]
    return {
        "type": "help_lines",
        "rows": [
            {"name": words[f"help_{name}"], "number": number, "hours": words[f"help_{name}_hours"]}
            for name, number in numbers.items()
        ],
    }

"""Talk of the debt stops after words of self-harm, until a person has closed the case.

What is asked plainly and calmly meanwhile is answered shortly, behind the help lines.
"""

from __future__ import annotations

from collections.abc import Mapping

from account_engine.services.outreach import HoldReason
from actions.conversation import memory
from actions.conversation.desk import Desk
from actions.conversation.outreach import HELD, NOT_KNOWN_YET, hold_outreach
from actions.conversation.registry import Answer, answer_for
from actions.conversation.turn import Turn
from nlu.safety.sureness import SURE_OF_DISTRESS

_SPOKEN_WHILE_PAUSED = frozenset(
    {"greet", "thank", "goodbye", "bot_challenge", "request_human", "express_distress"}
    # Help against other dangers is no talk of a debt.
    | {"report_fraud", "ask_authenticity", "dispute_debt"}
)

# What a plain question is called; what is owed and what a death leaves wait while somebody is at
# risk.
_PLAIN = ("ask_", "query_", "dispute_payment")
_NOT_NOW = frozenset({"ask_family_liability", "query_amount_due"})


def debt_talk_paused(turn: Turn, desk: Desk) -> bool:
    """After explicit distress, until a person has closed the case; small talk goes on."""
    return turn.intent not in _SPOKEN_WHILE_PAUSED and _held(turn, desk)


def asked_calmly(turn: Turn) -> bool:
    """Whether a plain question follows an alarm, with no sign of danger: it is not refused."""
    if turn.safety_signal() or turn.danger_not_ruled_out() or turn.confidence < SURE_OF_DISTRESS:
        return False
    intent = turn.intent or ""
    return intent.startswith(_PLAIN) and intent not in _NOT_NOW


def _held(turn: Turn, desk: Desk) -> bool:
    return bool(turn.slots.get(memory.PAUSED)) and desk.people.current(turn.sender_id) is not None


def new_danger(turn: Turn, desk: Desk) -> Answer | None:
    """The help against another danger, told after distress; harm meant by the person goes first."""
    kind, level = turn.safety_signal() or (None, None)
    if not _held(turn, desk):
        return None
    if kind == "fraud":
        return answer_for("danger:fraud")
    return None if level == "explicit" else answer_for(desk.situations.danger(turn.text))


def place_in_the_queue(turn: Turn, desk: Desk) -> Mapping[str, int]:
    case = desk.people.current(turn.sender_id)
    return {"ahead": case.position} if case is not None and case.position else {}


def held_at_last(turn: Turn, desk: Desk) -> Mapping[str, str]:
    """Somebody who signs in after speaking of self-harm is left alone as well."""
    unheld = turn.slots.get(memory.PAUSED) == NOT_KNOWN_YET
    if unheld and hold_outreach(turn, desk, HoldReason.WELLBEING):
        return {memory.PAUSED: HELD}
    return {}

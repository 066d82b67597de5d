"""The one way from a tracker to sent messages, shared by every answering action.

1. Who speaks is asked of the identity service. 2. A safety signal goes before everything. 3. A
message that leans on what was said before becomes the question it stands for. 4. The intent's
answering function calls one service. 5. A second question in the message is answered too. 6. The
renderer prints and guards. 7. If a form is open, it asks its question again (the one mechanism for
every digression).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from account_engine.services.outreach import HoldReason
from actions.conversation import accounts, memory
from actions.conversation.beside import wish_beside
from actions.conversation.desk import Desk
from actions.conversation.led_to import FollowUp
from actions.conversation.outreach import HELD, NOT_KNOWN_YET, hold_outreach
from actions.conversation.reply import Form, Reply
from actions.conversation.sending import NEGOTIATION_FORM as NEGOTIATION_FORM
from actions.conversation.sending import apologise as apologise
from actions.conversation.sending import send as send
from actions.conversation.turn import Clock, Turn, read_turn
from actions.conversation.two_questions import asked_before, questions_of
from actions.negotiation.hearing import decision

logger = logging.getLogger(__name__)

Answer = Callable[[Turn, Desk], Reply]
PAUSED_REPLY = "safety.paused"
NOT_UNDERSTOOD = "nlu_fallback"
DISTRESS = "express_distress"
_ELSEWHERE = "out_of_scope"
_SPOKEN_WHILE_PAUSED = frozenset(
    {"greet", "thank", "goodbye", "bot_challenge", "request_human", "express_distress"}
    # Help against other dangers is no talk of a debt.
    | {"report_fraud", "ask_authenticity", "dispute_debt"}
)

_answers: dict[str, Answer] = {}


def answers(*intents: str) -> Callable[[Answer], Answer]:
    """Registers the function that answers these intents."""

    def register(function: Answer) -> Answer:
        for intent in intents:
            if intent in _answers:
                raise ValueError(f"{intent} is answered twice")
            _answers[intent] = function
        return function

    return register


def answer_for(intent: str | None) -> Answer | None:
    return _answers.get(intent) if intent else None


# Intents that say nothing of their own about what was asked.
_EMPTY = frozenset(
    {"out_of_scope", "deny", "affirm", "stop", "inform", "correct", "choose_option", None}
    | {"nlu_fallback", "query_plan", "ask_plan_breach", "express_anger", "request_negotiation"}
    # Answers that only a situation or a follow-up leads to: they ask by_intent themselves.
    | {"withdraw_plan", "ask_less", "ask_longest", "ask_named_offer", "resume_choice"}
    | {"think_it_over", "ask_rest", "ask_waiver_amount", "tell_more_of_complaint"}
)


def by_intent(turn: Turn, desk: Desk, otherwise: str) -> Reply:
    """The intent's own answer, for a situation that turns out not to be one."""
    own = None if turn.intent in _EMPTY else answer_for(turn.intent)
    return own(turn, desk) if own is not None else Reply(otherwise)


def answered_intents() -> frozenset[str]:
    return frozenset(_answers)


def read(tracker: Any, desk: Desk) -> Turn:
    """The turn behind a tracker."""
    now = desk.wall_clock()
    identity = desk.identity.current(tracker.sender_id, now)
    if identity.borrower_id and not identity.display_name:
        name = desk.engine.borrower(identity.borrower_id).display_name
        identity = replace(identity, display_name=name)
    return read_turn(tracker, identity, Clock(now=now, today=desk.today()))


def respond(
    dispatcher: CollectingDispatcher,
    tracker: Any,
    desk: Desk,
    answer: Answer,
    *,
    asks: bool = False,
) -> list[EventType]:
    """Runs one answering function and everything around it; never raises.

    `asks`: the answer is an open form's own question, so nothing follows after it.
    """
    try:
        turn = read(tracker, desk)
        if not asks:
            meant = _meant(turn, desk)
            turn = meant.turn if meant else turn
            replies = [_leaning(meant, desk)] if meant else list(_replies(turn, desk, answer))
            return send(dispatcher, turn, desk, replies)
        replies = [answer(turn, desk)]
        form = Form.LEAVE if replies[0].form is Form.LEAVE else Form.STAY
        return send(dispatcher, turn, desk, [replies[0].changed(form=form)])
    except Exception:  # the borrower gets a kind sentence, the log gets the trace
        logger.exception("answer failed")
        return apologise(dispatcher, tracker, desk)


def _meant(turn: Turn, desk: Desk) -> FollowUp | None:
    """What a message that leans on another stands for; danger and decisions are heard as such."""
    if turn.safety_signal() or turn.intent == DISTRESS:
        return None
    if debt_talk_paused(turn, desk) or _new_danger(turn, desk) or _on_pending(turn):
        return None
    if turn.slots.get(memory.AGREEMENT) is not None:  # the yes that ends the form is being booked
        return None
    found = desk.follow_ups.read(turn)
    if found is None or not (found.reply or answer_for(found.answer)):
        return None
    return found.without(_not_held(found.turn, desk) - set(turn.values("product")))


def _not_held(turn: Turn, desk: Desk) -> set[str]:
    """Products carried over that are none of the borrower's: they were told so already."""
    if turn.borrower_id is None or turn.entity("product") is None:
        return set()
    return set(accounts.absent(turn, desk.engine.state(turn.borrower_id)))


def _leaning(meant: FollowUp, desk: Desk) -> Reply:
    answer = answer_for(meant.answer)
    if answer is None:
        return Reply(meant.reply or "")
    return _remembered(answer(meant.turn, desk), meant.answer, meant.turn, desk)


def _remembered(reply: Reply, answer: str | None, asked: Turn, desk: Desk) -> Reply:
    """The reply with its question kept for follow-ups; an open form is leant on by its stage."""
    kept = desk.follow_ups.remembered(answer, asked) if answer else None
    if kept is None or reply.form is Form.START:
        return reply
    return reply.changed(slots={**reply.slots, memory.LAST_QUESTION: kept.slot()})


def _named(turn: Turn, meaning: str | None, answer: Answer) -> str | None:
    """The name under which the answering function is registered."""
    names = (meaning, turn.intent)
    return next((name for name in names if answer_for(name) is answer), None)


def _replies(turn: Turn, desk: Desk, answer: Answer) -> Iterable[Reply]:
    if helped := _new_danger(turn, desk):
        reply = helped(turn, desk)
        yield reply.changed(slots={**reply.slots, **_held_at_last(turn, desk)}, form=Form.LEAVE)
        return
    urgent = _answers.get("safety") if turn.safety_signal() else None
    if urgent is not None:
        yield urgent(turn, desk)
        return
    if debt_talk_paused(turn, desk):
        slots, place = _held_at_last(turn, desk), _place_in_the_queue(turn, desk)
        yield Reply(PAUSED_REPLY, place, slots=slots, form=Form.LEAVE)
        return
    if decided := _on_pending(turn):
        yield decided(turn, desk)
        return
    yield from _answered(turn, desk, answer)


def _answered(turn: Turn, desk: Desk, answer: Answer) -> Iterator[Reply]:
    """One or two questions, each by its own words, in the order in which they were asked."""
    meaning = desk.meaning(turn)
    wish = wish_beside(turn, desk) if meaning is None else None
    if wish is not None and wish.alone:
        yield wish.reply
        return
    first_question, second_question = questions_of(turn, desk, meaning)
    whole = meaning
    if second_question is not None and meaning is not None:
        meaning = desk.meaning(first_question)  # what one of them means says nothing of the other
    elif meaning is None and turn.intent == _ELSEWHERE and desk.follow_ups.is_hollow(turn.text):
        answer = answer_for(NOT_UNDERSTOOD) or answer  # no word of it is about anything else
    answer = answer_for(meaning) or answer
    first_question = _of_topic(first_question, desk, meaning)
    first = answer(first_question, desk)
    first = _remembered(first, _named(first_question, meaning, answer), first_question, desk)
    other = _second(second_question, first_question, answer, whole, desk)
    if other is None or second_question is None:
        yield first
        if wish is not None and first.form is Form.RESUME:
            yield wish.reply
        return
    # What opens a form comes last, so that its question ends the exchange.
    turned = first.form is Form.START or asked_before(second_question, first_question)
    yield from (other, first) if turned and other.form is not Form.START else (first, other)


def _second(
    question: Turn | None, first: Turn, answer: Answer, whole: str | None, desk: Desk
) -> Reply | None:
    """The answer to a second question; None where the first answer is its answer too.

    What the whole message means is answered here where only these words mean it.
    """
    if question is None:
        return None
    meaning = desk.meaning(question)
    question = _of_topic(question, desk, meaning)
    meant = answer_for(whole) if whole == meaning else None
    own = meant or answer_for(question.intent)
    if own is None or (own is answer and (meant or question.intent != first.intent)):
        return None
    return _remembered(own(question, desk), _named(question, meaning, own), question, desk)


def _of_topic(turn: Turn, desk: Desk, meaning: str | None) -> Turn:
    """The turn as a question of the topic its words mean: its side is one of that topic's."""
    return replace(turn, intent=meaning) if meaning in desk.focus.sides else turn


def _on_pending(turn: Turn) -> Answer | None:
    """The function for a yes or no to a question that was asked outside of a form."""
    pending = turn.slots.get(memory.PENDING)
    if not isinstance(pending, Mapping) or turn.active_form:
        return None
    said = decision(turn)
    return answer_for(f"{said}:{pending['about']}") if said else None


def debt_talk_paused(turn: Turn, desk: Desk) -> bool:
    """After explicit distress, until a person has closed the case; small talk goes on."""
    return turn.intent not in _SPOKEN_WHILE_PAUSED and _held(turn, desk)


def _held(turn: Turn, desk: Desk) -> bool:
    return bool(turn.slots.get(memory.PAUSED)) and desk.people.current(turn.sender_id) is not None


def _new_danger(turn: Turn, desk: Desk) -> Answer | None:
    """The help against another danger, told after distress; harm meant by the person goes first."""
    kind, level = turn.safety_signal() or (None, None)
    if not _held(turn, desk):
        return None
    if kind == "fraud":
        return answer_for("danger:fraud")
    return None if level == "explicit" else answer_for(desk.situations.danger(turn.text))


def _place_in_the_queue(turn: Turn, desk: Desk) -> Mapping[str, int]:
    case = desk.people.current(turn.sender_id)
    return {"ahead": case.position} if case is not None and case.position else {}


def _held_at_last(turn: Turn, desk: Desk) -> Mapping[str, str]:
    """Somebody who signs in after speaking of self-harm is left alone as well."""
    unheld = turn.slots.get(memory.PAUSED) == NOT_KNOWN_YET
    if unheld and hold_outreach(turn, desk, HoldReason.WELLBEING):
        return {memory.PAUSED: HELD}
    return {}

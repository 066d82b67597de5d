"""The one way from a tracker to sent messages, shared by every answering action.

1. Who speaks is asked of the identity service. 2. A safety signal goes before everything. 3. A
message that leans on what was said before becomes the question it stands for. 4. The intent's
answering function calls one service. 5. A second question in the message is answered too. 6. The
renderer prints and guards. 7. If a form is open, it asks its question again (the one mechanism for
every digression).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import accounts, memory
from actions.conversation.arranged import as_arranged
from actions.conversation.beside import wish_beside
from actions.conversation.danger import asks_beside_a_soft_sign, danger_told
from actions.conversation.desk import Desk
from actions.conversation.each_week import without_how_often
from actions.conversation.evidence import only_guessed, only_guessed_beside
from actions.conversation.hearing_case import hearing_own_case, only_tells_a_case
from actions.conversation.leaving import (
    answer_to_the_rest,
    asked_on_leaving,
    with_the_form_left,
)
from actions.conversation.led_to import FollowUp
from actions.conversation.pause import (
    debt_talk_paused as debt_talk_paused,
)
from actions.conversation.pause import held_at_last, new_danger, place_in_the_queue
from actions.conversation.registry import Answer as Answer
from actions.conversation.registry import answer_for as answer_for
from actions.conversation.registry import answered_intents as answered_intents
from actions.conversation.registry import answers as answers
from actions.conversation.registry import by_intent as by_intent
from actions.conversation.registry import the_answer as the_answer
from actions.conversation.reply import Form, Reply
from actions.conversation.sending import NEGOTIATION_FORM as NEGOTIATION_FORM
from actions.conversation.sending import apologise as apologise
from actions.conversation.sending import send as send
from actions.conversation.turn import Clock, Turn, read_turn
from actions.conversation.two_questions import asked_before, leaning_second, questions_of
from actions.negotiation.hearing import decision
from nlu.safety.sureness import SURE_OF_DISTRESS

logger = logging.getLogger(__name__)

PAUSED_REPLY = "safety.paused"
SOFT_BESIDE = "safety.beside"
NOT_UNDERSTOOD = "nlu_fallback"
DISTRESS = "express_distress"
OWN_CASE = "ask_case"
_ELSEWHERE = "out_of_scope"


def read(tracker: Any, desk: Desk) -> Turn:
    """The turn behind a tracker."""
    now = desk.wall_clock()
    identity = desk.identity.current(tracker.sender_id, now)
    if identity.borrower_id and not identity.display_name:
        name = desk.engine.borrower(identity.borrower_id).display_name
        identity = replace(identity, display_name=name)
    return without_how_often(read_turn(tracker, identity, Clock(now=now, today=desk.today())))


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
        turn = hearing_own_case(read(tracker, desk))
        if not asks:
            return _answer_sent(dispatcher, turn, desk, answer)
        replies = [answer(turn, desk)]
        form = Form.LEAVE if replies[0].form is Form.LEAVE else Form.STAY
        return send(dispatcher, turn, desk, [replies[0].changed(form=form)])
    except Exception:  # the borrower gets a kind sentence, the log gets the trace
        logger.exception("answer failed")
        return apologise(dispatcher, tracker, desk)


def _answer_sent(
    dispatcher: CollectingDispatcher, turn: Turn, desk: Desk, answer: Answer
) -> list[EventType]:
    """The answer of a topic, whether the form goes on after it or was left by the message."""
    form, rest = turn.active_form, asked_on_leaving(turn)
    if rest is not None:
        turn, answer = answer_to_the_rest(rest, answer)
    meant = _meant(turn, desk)
    turn = meant.turn if meant else turn
    replies = [_leaning(meant, desk)] if meant else list(_replies(turn, desk, answer))
    if rest is not None:
        turn, replies = replace(turn, active_form=form), with_the_form_left(replies)
    return send(dispatcher, turn, desk, replies)


def _meant(turn: Turn, desk: Desk) -> FollowUp | None:
    """What a message that leans on another stands for; danger and decisions are heard as such."""
    if turn.safety_signal() or turn.intent == DISTRESS or danger_told(turn, desk):
        return None
    if debt_talk_paused(turn, desk) or new_danger(turn, desk) or _on_pending(turn):
        return None
    if turn.slots.get(memory.AGREEMENT) is not None:  # the yes that ends the form is being booked
        return None
    if only_tells_a_case(turn) and not turn.active_form:
        return FollowUp(turn, answer=OWN_CASE)
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
        return Reply(meant.reply or "", act=meant.act)
    told = as_arranged(answer(meant.turn, desk), meant.turn, desk).changed(act=meant.act)
    return told if meant.aside else _remembered(told, meant.answer, meant.turn, desk)


def _remembered(reply: Reply, answer: str | None, asked: Turn, desk: Desk) -> Reply:
    """The reply with its question kept for follow-ups; an open form is leant on by its stage."""
    if answer == "ask_rest" and reply.supposes is not None:
        answer = "ask_left"  # of a payment, and no longer of what is due
    if answer == "ask_repay_priority" and reply.supposes is not None:
        answer = "ask_partial_payment"  # "先还一千七吧": its effect was told
    kept = desk.follow_ups.remembered(answer, asked, reply.key) if answer else None
    if kept is None or reply.form is Form.START:
        return reply
    return reply.changed(slots={**reply.slots, memory.LAST_QUESTION: kept.slot()})


def _replies(turn: Turn, desk: Desk, answer: Answer) -> Iterable[Reply]:
    if helped := new_danger(turn, desk):
        reply = helped(turn, desk)
        yield reply.changed(slots={**reply.slots, **held_at_last(turn, desk)}, form=Form.LEAVE)
        return
    heard = answer_for("safety") if turn.safety_signal() else None
    told = danger_told(turn, desk)
    if told is None and asks_beside_a_soft_sign(turn) and not debt_talk_paused(turn, desk):
        yield Reply(SOFT_BESIDE)
    elif (urgent := told or heard) is not None:
        yield urgent(turn, desk)
        return
    if debt_talk_paused(turn, desk):
        slots, place = held_at_last(turn, desk), place_in_the_queue(turn, desk)
        yield Reply(PAUSED_REPLY, place, slots=slots, form=Form.LEAVE)
        return
    if decided := _on_pending(turn):
        yield decided(turn, desk)
        return
    yield from _answered(turn, desk, answer)


def _answered(turn: Turn, desk: Desk, answer: Answer) -> Iterator[Reply]:
    """One or two questions, each by its own words, in the order in which they were asked."""
    at_risk = turn.intent == DISTRESS  # nothing of the debt is said beside it
    sure = at_risk and turn.confidence >= SURE_OF_DISTRESS
    whole = None if sure else desk.meaning(turn)  # danger by its words was heard before
    wish = wish_beside(turn, desk) if whole is None and not at_risk else None
    if wish is not None and wish.alone:
        yield wish.reply
        return
    first, second = (turn, None) if at_risk else questions_of(turn, desk, whole)
    if second is not None and whole is None and only_guessed_beside(first):
        first, second = (
            second,
            None,
        )  # "我在陪床，回不了消息，能等我出院吗": one question, told in a story
        whole, answer = desk.meaning(first), answer_for(first.intent) or answer
    asked = _first(first, whole, answer, desk)
    if whole is not None and second is not None:  # one of them says nothing of the other
        asked = _first(first, desk.meaning(first), answer, desk)
    other = _other(asked, second, whole, desk) if second is not None else None
    if second is not None and asked.answers_all_of(second):
        asked = replace(asked, question=replace(turn, intent=asked.question.intent))
    reply = asked.answered(desk)
    leaning = leaning_second(turn, reply, desk) if _asks_more(turn, other, reply) else None
    if leaning is not None:
        yield from _both(reply, _leaning(leaning, desk))
        return
    if other is None:
        yield reply
        if wish is not None and reply.form is Form.RESUME:
            yield wish.reply
        return
    # What opens a form comes last, so that its question ends the exchange.
    told = other.answered(desk)
    if told.key == reply.key and told.form is reply.form:  # both clauses call for the same words
        yield reply
        return
    turned = reply.form is Form.START or asked_before(other.question, asked.question)
    yield from (told, reply) if turned and told.form is not Form.START else (reply, told)


def _asks_more(turn: Turn, other: _Asked | None, reply: Reply) -> bool:
    """Whether a last clause may ask further of the answer: nothing else was heard in it."""
    started = reply.form in (Form.START, Form.LEAVE)
    return other is None and not started and not turn.active_form and turn.intent != DISTRESS


def _both(first: Reply, second: Reply) -> Iterator[Reply]:
    """The two answers, or the first alone where the second says the same."""
    yield first
    if second.key != first.key and second.form is not Form.START:
        yield second


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, what its words mean where the talk stands (if anything), and who answers it."""

    question: Turn
    meaning: str | None
    answer: Answer

    def answered(self, desk: Desk) -> Reply:
        """The answer, and the question kept for follow-ups."""
        names = (self.meaning, self.question.intent)
        name = next((name for name in names if answer_for(name) is self.answer), None)
        told = as_arranged(self.answer(self.question, desk), self.question, desk)
        return _remembered(told, name, self.question, desk)

    def answers_all_of(self, other: Turn) -> bool:
        """Whether one function answers both, of two intents: "为什么冻结，多久能用"."""
        return self.question.intent != other.intent and answer_for(other.intent) is self.answer


def _first(question: Turn, meaning: str | None, answer: Answer, desk: Desk) -> _Asked:
    """`answer` is the intent's own, for words that mean nothing else."""
    if meaning is None and (_hollow(question, desk) or only_guessed(question, desk)):
        answer = answer_for(NOT_UNDERSTOOD) or answer
    return _Asked(_of_topic(question, desk, meaning), meaning, answer_for(meaning) or answer)


def _hollow(question: Turn, desk: Desk) -> bool:
    """Sent elsewhere, though no word of it is about anything else."""
    return question.intent == _ELSEWHERE and desk.follow_ups.is_hollow(question.text)


def _other(first: _Asked, question: Turn, whole: str | None, desk: Desk) -> _Asked | None:
    """The second question; None where the answer to the first is its answer too.

    What the whole message means is answered here where only these words mean it.
    """
    meaning = desk.meaning(question)
    if meaning is None and only_guessed_beside(question):
        return None
    question = _of_topic(question, desk, meaning)
    meant = answer_for(whole) if whole == meaning else None
    own = meant or answer_for(question.intent)
    same = own is first.answer and (meant or question.intent != first.question.intent)
    return None if own is None or same else _Asked(question, meaning, own)


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

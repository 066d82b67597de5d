"""The one way from a tracker to sent messages, shared by every answering action.

1. Who speaks is asked of the identity service. 2. A safety signal goes before everything. 3. A
message that leans on what was said before becomes the question it stands for. 4. The intent's
answering function calls one service. 5. A second question in the message is answered too. 6. The
renderer prints and guards. 7. If a form is open, it asks its question again (the one mechanism for
every digression).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import accounts, memory
from actions.conversation.danger import (
    asks_beside_a_soft_sign,
    condoled,
    danger_told,
    kind_words_before,
    softly,
)
from actions.conversation.desk import Desk
from actions.conversation.each_question import DISTRESS, answer_each, answer_leaning, remembered
from actions.conversation.each_week import without_how_often
from actions.conversation.hearing_case import hearing_own_case, nothing_else, only_tells_a_case
from actions.conversation.leaving import (
    answer_to_the_rest,
    asked_on_leaving,
    with_the_form_left,
)
from actions.conversation.led_to import FollowUp
from actions.conversation.matters import speaking_of_all
from actions.conversation.pause import asked_calmly, held_at_last, new_danger, place_in_the_queue
from actions.conversation.pause import (
    debt_talk_paused as debt_talk_paused,
)
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
from actions.negotiation.hearing import decision

logger = logging.getLogger(__name__)

PAUSED_REPLY, BESIDE_PAUSE = "safety.paused", "safety.beside_pause"
OWN_CASE = "ask_case"
OF_A_FRAUD = "authenticity."


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
    said = kind_words_before(turn)
    replies = [*said, answer_leaning(meant, desk)] if meant else list(_replies(turn, desk, answer))
    replies = speaking_of_all(turn, desk, replies)
    if rest is not None:
        turn, replies = replace(turn, active_form=form), with_the_form_left(replies)
    return send(dispatcher, turn, desk, condoled(turn, desk, replies))


def _meant(turn: Turn, desk: Desk) -> FollowUp | None:
    """What a message that leans on another stands for; danger and decisions are heard as such."""
    if turn.safety_signal() or turn.intent == DISTRESS or danger_told(turn, desk):
        return None
    if debt_talk_paused(turn, desk) or new_danger(turn, desk) or _on_pending(turn):
        return None
    if turn.slots.get(memory.AGREEMENT) is not None:  # the yes that ends the form is being booked
        return None
    if not turn.active_form and only_tells_a_case(turn) and not _means_more(turn, desk):
        return FollowUp(turn, answer=OWN_CASE)
    found = desk.follow_ups.read(turn)
    if found is None or not (found.reply or answer_for(found.answer)):
        return None
    return found.without(_not_held(found.turn, desk) - set(turn.values("product")))


def _means_more(turn: Turn, desk: Desk) -> bool:
    """ "账单3000，还了200，算逾期不": its words mean a question, whatever they tell of a debt."""
    meaning = None if nothing_else(turn) else desk.meaning(turn)
    return meaning is not None and not meaning.startswith(OWN_CASE)


def _not_held(turn: Turn, desk: Desk) -> set[str]:
    """Products carried over that are none of the borrower's: they were told so already."""
    if turn.borrower_id is None or turn.entity("product") is None:
        return set()
    return set(accounts.absent(turn, desk.engine.state(turn.borrower_id)))


def _replies(turn: Turn, desk: Desk, answer: Answer) -> Iterable[Reply]:
    if helped := new_danger(turn, desk):
        reply = helped(turn, desk)
        yield reply.changed(slots={**reply.slots, **held_at_last(turn, desk)}, form=Form.LEAVE)
        return
    paused = debt_talk_paused(turn, desk)
    answered_beside = asks_beside_a_soft_sign(turn) and not paused
    safety = turn.safety_signal() and not answered_beside
    heard = answer_for("safety") if safety else softly(turn, desk)
    if (urgent := danger_told(turn, desk) or heard) is not None:
        yield _with_a_fraud_kept(urgent(turn, desk), turn, desk)
        return
    if paused:
        yield from _while_paused(turn, desk, answer)
        return
    yield from kind_words_before(turn)
    if decided := _on_pending(turn):
        yield decided(turn, desk)
        return
    yield from answer_each(turn, desk, answer)


def _while_paused(turn: Turn, desk: Desk, answer: Answer) -> Iterable[Reply]:
    """The help lines; behind them the first answer to a calm question, and no form."""
    slots, place = held_at_last(turn, desk), place_in_the_queue(turn, desk)
    calm = asked_calmly(turn)
    yield Reply(BESIDE_PAUSE if calm else PAUSED_REPLY, place, slots=slots, form=Form.LEAVE)
    if calm:
        yield from (r.changed(form=Form.LEAVE) for r in islice(answer_each(turn, desk, answer), 1))


def _with_a_fraud_kept(reply: Reply, turn: Turn, desk: Desk) -> Reply:
    """ "我还没转" after a warning is about that fraud, and no promise to pay."""
    warned = reply.key.startswith(OF_A_FRAUD)
    return remembered(reply, "report_fraud", turn, desk) if warned else reply


def _on_pending(turn: Turn) -> Answer | None:
    """The function for a yes or no to a question that was asked outside of a form."""
    pending = turn.slots.get(memory.PENDING)
    if not isinstance(pending, Mapping) or turn.active_form:
        return None
    said = decision(turn)
    return answer_for(f"{said}:{pending['about']}") if said else None

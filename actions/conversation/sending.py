"""Replies as messages and as events: printed, guarded, remembered, and the open form after them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import memory
from actions.conversation.acts import ACT
from actions.conversation.desk import Desk
from actions.conversation.last_question import LastQuestion
from actions.conversation.later_day import only_if_possible
from actions.conversation.own_case import CASE, OwnCase
from actions.conversation.reply import Form, Reply
from actions.conversation.supposed import Supposed, kept_beside
from actions.conversation.turn import Turn
from actions.renderer.guard import GuardRefused
from actions.renderer.renderer import Message

logger = logging.getLogger(__name__)

NEGOTIATION_FORM = "instalment_form"
_LEFT = "ask_left"  # what a payment leaves is what is spoken of once one was supposed
TROUBLE = "service.trouble"
REFUSED = "guard.refused"


def send(
    dispatcher: CollectingDispatcher, turn: Turn, desk: Desk, replies: list[Reply]
) -> list[EventType]:
    """Prints the replies and returns the events that follow from them."""
    events: list[EventType] = []
    messages: list[Message] = []
    for reply in replies:
        if not reply.key:  # nothing to say: a form's question follows
            events += [SlotSet(name, value) for name, value in reply.slots.items()]
            continue
        before = messages[-1].text if messages else None
        messages.append(printed(reply, turn, desk, before))
        events += _slots(reply, messages[-1], turn, desk)
    for message in _each_button_once(messages):
        _utter(dispatcher, message)
    beside = _beside_the_question(replies, turn, desk)
    return [*events, *_kept_beside(beside, events, turn), *_form_events(replies, turn, desk)]


def _beside_the_question(replies: Iterable[Reply], turn: Turn, desk: Desk) -> dict[str, Any]:
    """What a visitor told of an own debt, and the act that the answer is about."""
    told, acts = OwnCase.of(turn), desk.follow_ups.acts
    about = [act for one in replies if (act := acts.about(one.key) or one.act)]
    case = {CASE: told.slot()} if told else {}
    return {**case, ACT: about[-1]} if about else case


def _kept_beside(beside: dict[str, Any], events: list[EventType], turn: Turn) -> list[EventType]:
    """What goes on beside the question asked."""
    if not beside:
        return []
    set_now = [one for one in events if one.get("name") == memory.LAST_QUESTION]
    kept = set_now[-1]["value"] if set_now else turn.slots.get(memory.LAST_QUESTION)
    slot = {**(kept if isinstance(kept, Mapping) else {}), **beside}
    return [SlotSet(memory.LAST_QUESTION, slot)]


def _each_button_once(messages: Iterable[Message]) -> list[Message]:
    """Two answers at once: a button that both would bring stands below the last of them."""
    kept: list[Message] = []
    offered: set[str] = set()
    for message in reversed(list(messages)):
        buttons = tuple(one for one in message.buttons if one["payload"] not in offered)
        offered |= {one["payload"] for one in message.buttons}
        kept.append(replace(message, buttons=buttons))
    return kept[::-1]


def printed(reply: Reply, turn: Turn, desk: Desk, before: str | None = None) -> Message:
    """The message for a reply; `before` is the text that was sent last."""
    try:
        return desk.renderer.render(only_if_possible(reply, turn, desk), turn, before)
    except GuardRefused as refused:
        logger.error("guard refused %s: %s", reply.key, refused)
        return desk.renderer.render(Reply(REFUSED), turn, before)


def _utter(dispatcher: CollectingDispatcher, message: Message) -> None:
    payload = {"card": message.card} if message.card else {}
    dispatcher.utter_message(
        text=message.text,
        buttons=[dict(button) for button in message.buttons],
        json_message=payload,
    )


def _slots(reply: Reply, message: Message, turn: Turn, desk: Desk) -> list[EventType]:
    events: list[EventType] = [SlotSet(name, value) for name, value in _kept(reply, turn).items()]
    if turn.slots.get(memory.PENDING) and memory.PENDING not in reply.slots:
        events.append(SlotSet(memory.PENDING, None))  # a question of ours holds for one message
    if (topic := desk.follow_ups.topics.opened_by(reply.key)) is not None:
        opened = desk.follow_ups.topics[topic]
        asked = turn.intent if turn.intent in opened.of else topic  # what "again" would ask
        kept = LastQuestion(topic, "", (), turn.turns)
        if opened.carries:
            kept = LastQuestion.asked(asked or topic, turn)
        beside = kept_beside(kept.slot(), reply.supposes or Supposed.held(turn))
        events.append(SlotSet(memory.LAST_QUESTION, beside))
    if not reply.trouble and turn.slots.get("trouble_count"):
        events.append(SlotSet("trouble_count", 0))
    if message.facts or message.more or reply.details or reply.clauses:
        remembered = {
            "facts": list(message.facts),
            "details": reply.details,
            "clauses": list(reply.clauses),
            "more": message.more,
            "topic": reply.key.partition(".")[0],
            "products": list(turn.values("product")),
        }
        events.append(SlotSet("last_answer", remembered))
    return events


def _kept(reply: Reply, turn: Turn) -> dict[str, Any]:
    """The slots of the reply; the payment that is supposed goes on beside the question asked."""
    slots = dict(reply.slots)
    asked = slots.get(memory.LAST_QUESTION)
    if asked is None and reply.supposes is not None:
        asked = LastQuestion.asked(_LEFT, turn).slot()
    if isinstance(asked, Mapping):
        supposed = reply.supposes or Supposed.held(turn)
        slots[memory.LAST_QUESTION] = kept_beside(asked, supposed)
    return slots


def _form_events(replies: Iterable[Reply], turn: Turn, desk: Desk) -> list[EventType]:
    wishes = {
        Form.LEAVE if reply.key and desk.renderer.wording.replies[reply.key].closes_form else form
        for reply in replies
        for form in (reply.form,)
    }
    if Form.LEAVE in wishes:
        return [ActiveLoop(None), SlotSet("requested_slot", None)] if turn.active_form else []
    if Form.STAY in wishes:
        return []
    if Form.START in wishes:
        return [FollowupAction(NEGOTIATION_FORM)]
    return [FollowupAction(turn.active_form)] if turn.active_form else []


def apologise(dispatcher: CollectingDispatcher, tracker: Any, desk: Desk) -> list[EventType]:
    """A kind sentence when something of ours failed; an open form stays open."""
    turn = Turn.stranger(tracker.sender_id, desk.wall_clock())
    _utter(dispatcher, desk.renderer.render(Reply(TROUBLE, trouble=True), turn))
    return []

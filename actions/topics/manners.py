"""Small talk, mood, stopping, starting again, and what was not understood."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import memory
from actions.conversation.answering import answer_for, answers, read, respond, send
from actions.conversation.desk import Desk, open_desk
from actions.conversation.last_question import LastQuestion
from actions.conversation.memory import FORGOTTEN_ON_STOP
from actions.conversation.reply import Button, Form, Reply
from actions.conversation.topic import (
    TopicAction,
    asked_as,
    fixed,
    general,
    side,
    special_side,
    with_own_line,
)
from actions.conversation.turn import Turn
from actions.knowledge.conduct import dialogue
from actions.negotiation.hearing import hear
from actions.topics.access import own_stopped
from actions.topics.handoff import hand_over
from actions.topics.late_product import with_what_is_late
from actions.topics.own_product import of_ones_own
from actions.topics.told_debts import just_told
from actions.topics.withdrawal import withdrawn

_AGREED = "plan"  # the topic that a concluded plan or a request leaves behind
_LOOKED_AT = 2
# Heard as elsewhere's by a faint guess, while the words are after a topic of ours.
_HEARD_FAINTLY = {
    "partial.general": "ask_partial_payment",
    "restricted.general": "ask_account_restricted",
}
# What may be asked where the talk about a plan stands is offered instead of guesses.
_OF_THE_FORM = {
    memory.CONSENT: "unclear.asking",
    memory.MONTHLY: "unclear.asking",
    memory.START: "unclear.asking",
    memory.CHOSEN: "unclear.choosing",
    memory.AGREEMENT: "unclear.choosing",
}
# How much likelier "out of scope" has to be to go first.
_RARER = 1.8
_HALF_SURE = 0.1


class ActionManners(TopicAction):
    """greet, goodbye, thank, affirm, deny, bot_challenge, inform, stop, express_anger, …"""

    topic = "manners"


answers("greet")(general("greet"))
answers("goodbye")(general("goodbye"))
answers("thank")(general("thank"))
answers("bot_challenge")(general("bot.challenge"))
answers("express_anger")(general("anger"))
answers("only_angry")(fixed("anger"))
answers("ask_help")(general("help"))
answers("ask_who_decides")(fixed("bot.who_decides"))
answers("ask_chat_private")(fixed("bot.chat_private"))
answers("complain_at_once")(fixed("anger.complaint"))
answers("feedback_good")(general("feedback.good"))
answers("feedback_bad")(general("feedback.bad"))


@answers("affirm")
def affirm(turn: Turn, desk: Desk) -> Reply:
    """A yes where nothing is open; after an agreement it only says that it was heard."""
    last = LastQuestion.of(turn)
    if last is not None and last.answer == _AGREED and last.turn == turn.turns - 1:
        return Reply("affirm.agreed")
    return Reply(side(turn, desk, "affirm.nothing"))


@answers("only_heard")
def only_heard(turn: Turn, desk: Desk) -> Reply:
    """ "哦", "明白了": what was said has been read, and no yes is meant."""
    return affirm(replace(turn, intent="affirm"), desk)


_elsewhere = general("out_of_scope")
_LIMIT_GONE = "out_of_scope.temporary_gone"
_WHY_STOPPED = "access.why"
_OF_USE = "restore."  # replies about using a product again: the own standing goes with them


@answers("out_of_scope")
def out_of_scope(turn: Turn, desk: Desk) -> Reply:
    """What is handled elsewhere; "四万给借呗" is a payment, and told as one."""
    if (meant := _HEARD_FAINTLY.get(special_side(turn, desk) or "")) is not None:
        return asked_as(meant)(turn, desk)
    in_the_form = turn.active_form and turn.requested_slot in _OF_THE_FORM
    if in_the_form and not side(turn, desk, ""):
        return not_understood(turn, desk)  # a faint guess; it is rather about the plan
    if side(turn, desk, "") == _LIMIT_GONE and (stopped := own_stopped(turn, desk)):
        return stopped.changed(key=_WHY_STOPPED)
    found = of_ones_own(turn, desk) or with_what_is_late(_elsewhere(turn, desk), turn, desk)
    return with_own_line(found, turn, desk) if found.key.startswith(_OF_USE) else found


@answers("deny")
def deny(turn: Turn, desk: Desk) -> Reply:
    """A no that the open form did not take as an answer ends it."""
    return stop(turn, desk) if turn.active_form else Reply(side(turn, desk, "deny.nothing"))


@answers("stop")
def stop(turn: Turn, desk: Desk) -> Reply:
    """Closes what is open, else takes back a request that waits; nothing was agreed."""
    if taken_back := withdrawn(turn, desk):
        return taken_back
    key = "stop.form" if turn.active_form else "stop.nothing"
    return Reply(key, slots=dict.fromkeys(FORGOTTEN_ON_STOP), form=Form.LEAVE)


@answers("complain_in_form")
def complain_in_form(turn: Turn, desk: Desk) -> Reply:
    """ "不签，我要投诉": the way of a complaint; with a no beside it nothing is offered again."""
    if not hear(turn).declines:
        return Reply("anger.complaint")
    return Reply("anger.complaint_no_plan", slots=dict.fromkeys(FORGOTTEN_ON_STOP), form=Form.LEAVE)


@answers("nlu_fallback")
def not_understood(turn: Turn, desk: Desk) -> Reply:
    """Two stages with buttons, then a person."""
    trouble = int(turn.slots.get("trouble_count") or 0) + 1
    slots = {"trouble_count": trouble}
    if not turn.text.strip():
        return Reply("unclear.empty", trouble=True)
    if len(turn.text) > dialogue().longest_message:
        return Reply("unclear.long", trouble=True)
    if (plain := just_told(turn, desk) or _plain_after_all(turn, desk)) is not None:
        return plain
    if trouble >= dialogue().tries_before_a_person:
        return hand_over(turn, desk, "not_understood", key="handoff.trouble")
    if turn.requested_slot in _OF_THE_FORM and trouble == 1:
        return Reply(_OF_THE_FORM[turn.requested_slot], slots=slots, trouble=True)
    guesses = _guesses(turn, desk)
    if trouble > 1 or not guesses:
        return Reply("unclear.again", slots=slots, trouble=True)
    return Reply("unclear.first", buttons=(*guesses, "person"), slots=slots, trouble=True)


def _plain_after_all(turn: Turn, desk: Desk) -> Reply | None:
    """The answer of the likeliest intent, where the words fit one of its sides as well.

    The classifier alone was not sure enough, and neither are words alone; both together are.
    """
    # A topic of ours goes before what is handled elsewhere: its words are rarer.
    likely = sorted(
        turn.ranking[: _LOOKED_AT + 1],
        key=lambda one: one[1] / (_RARER if one[0] == "out_of_scope" else 1),
        reverse=True,
    )
    for name, confidence in likely:
        answer = answer_for(name)
        if name == turn.intent or answer is None or confidence < _HALF_SURE:
            continue
        asked = replace(turn, intent=name, confidence=confidence)
        if desk.focus.narrowed(name, turn.text, tuple(turn.values("product"))):
            return answer(asked, desk)
    return None


def _guesses(turn: Turn, desk: Desk) -> tuple[Button, ...]:
    near = desk.follow_ups.suggestions(turn) if desk.follow_ups.is_hollow(turn.text) else ()
    if near:  # what was spoken of last says more than the words
        return tuple(Button(question, question) for question in near[: dialogue().most_suggestions])
    titles = desk.renderer.labels["intent"]
    likely = [name for name, _ in turn.ranking if name in titles and answer_for(name)]
    return tuple(Button(titles[name], f"/{name}") for name in likely[: dialogue().most_suggestions])


def _then_listen(events: list[EventType]) -> list[EventType]:
    """No rule follows these actions, and without one Rasa would fall back again and again."""
    follows = any(event.get("event") == "followup" for event in events)
    return events if follows else [*events, FollowupAction("action_listen")]


class ActionDefaultFallback(TopicAction):
    """Rasa's fallback, in our words."""

    topic = "default_fallback"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        return _then_listen(respond(dispatcher, tracker, open_desk(), not_understood))


class ActionRestart(TopicAction):
    """`/restart`: a fresh start of the talk; account, plans and identity stay as they are."""

    topic = "restart"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        def fresh(turn: Turn, desk: Desk) -> Reply:
            return Reply("restart.done", slots=dict.fromkeys(FORGOTTEN_ON_STOP), form=Form.LEAVE)

        return _then_listen(respond(dispatcher, tracker, open_desk(), fresh))


class ActionBack(TopicAction):
    """`/back`: the last sentence does not count. Nothing agreed can be undone by it."""

    topic = "back"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        return _then_listen(respond(dispatcher, tracker, open_desk(), general("back.done")))


class ActionSessionStart(TopicAction):
    """Greets with the AI label; coming back keeps what was being talked about."""

    topic = "session_start"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        desk = open_desk()
        turn = read(tracker, desk)
        kept = [SlotSet(name, value) for name, value in turn.slots.items() if value is not None]
        send(dispatcher, turn, desk, [_greeting(turn)])
        started: list[EventType] = [{"event": "session_started"}, *kept]
        if turn.active_form:
            # The question is asked again when the borrower wants it, not out of the blue.
            started += [ActiveLoop(None), SlotSet("requested_slot", None)]
        return [*started, {"event": "action", "name": "action_listen"}]


def _greeting(turn: Turn) -> Reply:
    if not turn.turns:
        return Reply("session.first")
    return Reply("session.returning_form" if turn.active_form else "session.returning")

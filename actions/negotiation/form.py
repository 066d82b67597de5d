"""The negotiation form: what can be paid a month, from when, which offer, agreed or not.

Rasa runs the form; `validate_instalment_form` hears a message, the `action_ask_…` actions ask. A
question in between is not heard: the form rejects it, a topic's action answers it, and the form
asks again.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from account_engine.domain.negotiation.option import Option
from account_engine.domain.negotiation.policy import Tool
from actions.conversation import memory
from actions.conversation.answering import NEGOTIATION_FORM, read, respond
from actions.conversation.desk import Desk, open_desk
from actions.conversation.reply import Button, Form, Reply
from actions.conversation.turn import Turn
from actions.negotiation.cards import agreement_card, choice_payload, disclosure_rows, runs
from actions.negotiation.hearing import ANY, Heard, answers_the_form, hear
from actions.negotiation.offers import find, offers_reply, proposal_for, titles
from actions.negotiation.wishes import answered, merged

YES = "yes"
PERSON = "person"
_PATIENCE = 3
_PLAIN = frozenset({Tool.PAY_NOW, Tool.PAY_MINIMUM})
_SILENT = frozenset({"action_listen", "action_extract_slots", NEGOTIATION_FORM})


class ValidateInstalmentForm(Action):
    """Turns a message into slots. Nothing heard: no event, and Rasa's form rejects the message."""

    def name(self) -> str:
        return f"validate_{NEGOTIATION_FORM}"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        if _answered_by_others(tracker):
            return []
        desk = open_desk()
        turn = read(tracker, desk)
        if not turn.known:
            return [ActiveLoop(None), SlotSet("requested_slot", None)]
        if not answers_the_form(turn):
            return []
        return [SlotSet(name, value) for name, value in slots_from(turn, hear(turn)).items()]


def _answered_by_others(tracker: Tracker) -> bool:
    """True when another action has already answered this message (the form only asks again)."""
    for event in reversed(tracker.events):
        kind = event.get("event")
        if kind == "user":
            return False
        if kind == "action_execution_rejected":
            return True
        if kind == "action" and event.get("name") not in _SILENT:
            return True
    return False


def slots_from(turn: Turn, heard: Heard) -> dict[str, Any]:
    """The slots that a message sets, by the question that was asked."""
    if heard.past_date is not None:
        return _note("note.past_date", date=heard.past_date.isoformat())
    stage = turn.requested_slot
    wishes = merged(turn, heard)
    if heard.wishes and stage not in (memory.MONTHLY, memory.START):
        return {**_counter_offer(wishes), **answered(wishes)}
    slots: dict[str, Any] = {}
    if heard.wishes:
        slots = {memory.WISHES: wishes, **answered(wishes)}
    if stage == memory.MONTHLY and memory.MONTHLY not in slots:
        slots |= _shrug(memory.MONTHLY, heard) or _noted(heard)
    elif stage == memory.START and memory.START not in slots:
        slots |= _shrug(memory.START, heard) or _noted(heard)
    elif stage == memory.CHOSEN:
        slots |= _choice(turn, heard)
    elif stage == memory.AGREEMENT:
        slots |= _agreement(turn, heard)
    if not slots or (slots.keys() == {memory.WISHES} and wishes == turn.slots.get(memory.WISHES)):
        return _not_heard(turn)
    return {memory.INVALID: 0, **slots}


def _note(key: str, **values: Any) -> dict[str, Any]:
    return {memory.NOTE: {"key": key, **values}}


def _noted(heard: Heard) -> dict[str, Any]:
    """A wish that does not answer the question is still acknowledged."""
    if not heard.wishes:
        return {}
    return _note("note.noted", **heard.wishes)


def _counter_offer(wishes: dict[str, Any]) -> dict[str, Any]:
    return {
        memory.WISHES: wishes,
        memory.OFFERS: None,
        memory.CHOSEN: None,
        memory.AGREEMENT: None,
        memory.INVALID: 0,
    }


def _shrug(slot: str, heard: Heard) -> dict[str, Any]:
    """ "说不准" and "可以" leave it to the engine."""
    return {slot: ANY} if heard.unsure or (heard.agrees and slot == memory.START) else {}


def _choice(turn: Turn, heard: Heard) -> dict[str, Any]:
    offers = list(turn.slots.get(memory.OFFERS) or ())
    number = heard.choice
    if number is None and heard.agrees and len(offers) == 1:
        number = 1
    if number is not None:
        if number == -1 or 1 <= number <= len(offers):
            return {memory.CHOSEN: offers[number - 1 if number > 0 else -1]} if offers else {}
        return _note("note.no_such_option")
    if heard.agrees:
        return _note("note.which_one")
    if heard.declines:
        return _note("note.what_else")
    return {}


def _agreement(turn: Turn, heard: Heard) -> dict[str, Any]:
    if heard.choice is not None:
        return {**_choice(turn, heard), memory.AGREEMENT: None}
    if heard.agrees:
        return {memory.AGREEMENT: YES}
    if heard.declines:
        return {memory.CHOSEN: None, memory.AGREEMENT: None, **_note("note.choose_other")}
    return {}


def _not_heard(turn: Turn) -> dict[str, Any]:
    """Explains what is needed; after three tries a person takes over."""
    tries = int(turn.slots.get(memory.INVALID) or 0) + 1
    if tries >= _PATIENCE:
        return {
            memory.INVALID: tries,
            memory.MONTHLY: turn.slots.get(memory.MONTHLY) or ANY,
            memory.START: turn.slots.get(memory.START) or ANY,
            memory.CHOSEN: turn.slots.get(memory.CHOSEN) or PERSON,
            memory.AGREEMENT: PERSON,
        }
    return {memory.INVALID: tries, **_note("note.not_heard")}


class _Ask(Action):
    """Asks for one slot; a note from the last message comes first, once."""

    slot = ""

    def name(self) -> str:
        return f"action_ask_{NEGOTIATION_FORM}_{self.slot}"

    def question(self, turn: Turn, desk: Desk, borrower_id: str) -> Reply:
        return Reply("negotiation.person_only")

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        def ask(turn: Turn, desk: Desk) -> Reply:
            if turn.borrower_id is None:
                return Reply("sign_in.needed", form=Form.LEAVE)
            return with_note(self.question(turn, desk, turn.borrower_id), turn)

        return respond(dispatcher, tracker, open_desk(), ask, asks=True)


def with_note(reply: Reply, turn: Turn) -> Reply:
    """Puts the note of the last message before the question."""
    note = turn.slots.get(memory.NOTE)
    if not isinstance(note, dict):
        return reply
    values = {**reply.values, "note": note}
    return reply.changed(
        lead=str(note["key"]), values=values, slots={**reply.slots, memory.NOTE: None}
    )


class AskMonthly(_Ask):
    """What can be paid each month?"""

    slot = memory.MONTHLY

    def question(self, turn: Turn, desk: Desk, borrower_id: str) -> Reply:
        again = turn.requested_slot == self.slot
        return Reply("negotiation.ask_monthly_again" if again else "negotiation.ask_monthly")


class AskStart(_Ask):
    """From which day?"""

    slot = memory.START

    def question(self, turn: Turn, desk: Desk, borrower_id: str) -> Reply:
        again = turn.requested_slot == self.slot
        return Reply(
            "negotiation.ask_start_again" if again else "negotiation.ask_start",
            {"wishes": turn.slots.get(memory.WISHES) or {}},
        )


class AskChosenOffer(_Ask):
    """Shows the options; asked again after a question in between, only the choice."""

    slot = memory.CHOSEN

    def question(self, turn: Turn, desk: Desk, borrower_id: str) -> Reply:
        offers = turn.slots.get(memory.OFFERS)
        wishes = turn.slots.get(memory.WISHES) or {}
        if not offers:
            return offers_reply(turn, desk, borrower_id, wishes)
        words = desk.renderer.labels
        buttons = tuple(
            Button(
                words["card"]["choose"].format(title=words["ordinal"][str(number)]),
                choice_payload(number),
            )
            for number in range(1, len(offers) + 1)
        )
        return Reply("negotiation.ask_choice", buttons=(*buttons, "stop"))


class AskAgreement(_Ask):
    """Restates the offer with its cost table and asks for a yes."""

    slot = memory.AGREEMENT

    def question(self, turn: Turn, desk: Desk, borrower_id: str) -> Reply:
        wishes = turn.slots.get(memory.WISHES) or {}
        chosen = turn.slots.get(memory.CHOSEN)
        proposal = proposal_for(desk, borrower_id, wishes)
        found = find(proposal, chosen)
        if found is None:  # the account moved: what was shown cannot be agreed on any more
            moved = offers_reply(turn, desk, borrower_id, wishes)
            return moved.changed(lead="note.moved")
        number, option = found
        values = {
            "option": option,
            "title": titles(proposal, desk)[number - 1],
            "runs": runs(option.schedule),
            "disclosure": disclosure_rows(option, desk.renderer.labels),
        }
        key = _confirmation(option, turn)
        full = key == "negotiation.confirm"
        return Reply(
            key,
            values,
            card=agreement_card(option, desk.renderer.labels) if full else None,
            slots={memory.SHOWN: option.offer_id},
        )


def _confirmation(option: Option, turn: Turn) -> str:
    """The whole cost table once; for paying what is due anyway a plain question will do."""
    if turn.slots.get(memory.SHOWN) == option.offer_id:
        return "negotiation.confirm_again"
    return "negotiation.confirm_pay" if option.tool in _PLAIN else "negotiation.confirm"

"""What the negotiation form asks, one action per slot."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from account_engine.domain.negotiation.option import Option, ReasonCode
from account_engine.domain.negotiation.policy import Tool
from actions.conversation import memory
from actions.conversation.answering import NEGOTIATION_FORM, respond
from actions.conversation.desk import Desk, open_desk
from actions.conversation.reply import Form, Reply
from actions.conversation.turn import Turn
from actions.negotiation.cards import agreement_card, runs, told_rows
from actions.negotiation.consent import QUESTION, sensitive_kind
from actions.negotiation.offers import (
    choice_buttons,
    find,
    offers_reply,
    proposal_for,
)
from actions.negotiation.ways import only_for_a_reason

_PLAIN = frozenset({Tool.PAY_NOW, Tool.PAY_MINIMUM})
# Questions that were asked before, in the words for asking once more.
_ONCE_MORE = frozenset(
    {"negotiation.ask_monthly_again", "negotiation.ask_start_again", "negotiation.ask_choice"}
    | {"negotiation.confirm_again", "consent.again"}
)
_ASKED_AGAIN = 1
_RuledOut = tuple[str, frozenset[ReasonCode]]
_TOO_LOW: _RuledOut = ("monthly", frozenset({ReasonCode.MONTHLY_TOO_LOW}))
_NO_SUCH_TERMS: _RuledOut = ("terms", frozenset({ReasonCode.TERMS_NOT_OFFERED}))
_PART_TOO_LOW: _RuledOut = ("down_payment", frozenset({ReasonCode.DOWN_PAYMENT_TOO_LOW}))
_NOT_THEN: _RuledOut = ("first_date", frozenset({ReasonCode.FIRST_DATE_TOO_LATE}))
_NO_QUESTION_AFTER = frozenset({"thank", "goodbye", "feedback_good"})


class _Ask(Action, ABC):
    """Asks for one slot; a note from the last message comes first, once."""

    slot = ""

    def name(self) -> str:
        return f"action_ask_{NEGOTIATION_FORM}_{self.slot}"

    @abstractmethod
    def question(self, turn: Turn, desk: Desk, borrower_id: str) -> Reply:
        """The question, as it stands with what was heard so far."""

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        def ask(turn: Turn, desk: Desk) -> Reply:
            if turn.borrower_id is None:
                return Reply("sign_in.needed", form=Form.LEAVE)
            return _without_nagging(
                with_note(self.question(turn, desk, turn.borrower_id), turn), turn
            )

        return respond(dispatcher, tracker, open_desk(), ask, asks=True)


def _without_nagging(reply: Reply, turn: Turn) -> Reply:
    """After a first question in between the form asks again; after more, or a "谢谢", it waits.

    It stays open: an answer is heard whenever it comes.
    """
    if reply.key not in _ONCE_MORE or turn.slots.get(memory.NOTE):
        return reply.changed(slots={**reply.slots, memory.DIGRESSIONS: 0})
    times = int(turn.slots.get(memory.DIGRESSIONS) or 0) + 1
    counted = {**reply.slots, memory.DIGRESSIONS: times}
    if times > _ASKED_AGAIN or turn.intent in _NO_QUESTION_AFTER:
        return Reply("", slots=counted)
    return reply.changed(slots=counted)


def with_note(reply: Reply, turn: Turn) -> Reply:
    """Puts the note of the last message before the question."""
    note = turn.slots.get(memory.NOTE)
    if not isinstance(note, dict):
        return reply
    if reply.form is Form.LEAVE:  # "two cannot be laid upon each other": nothing was noted
        return reply
    values = {**reply.values, "note": _with_its_day(note)}
    return reply.changed(
        lead=str(note["key"]), values=values, slots={**reply.slots, memory.NOTE: None}
    )


def _with_its_day(note: dict[str, Any]) -> dict[str, Any]:
    """The note with its first day as a date; slots keep it as text."""
    first = note.get("first_date")
    return {**note, "first_date": date.fromisoformat(str(first))} if first else note


class AskConsent(_Ask):
    """May a sensitive fact be recorded?"""

    slot = memory.CONSENT

    def question(self, turn: Turn, desk: Desk, borrower_id: str) -> Reply:
        kind = sensitive_kind(desk, turn.wishes)
        again = turn.requested_slot == self.slot
        return Reply("consent.again" if again else QUESTION, {"kind": kind})


class AskMonthly(_Ask):
    """What can be paid each month? Where no instalments can be had: is there a hardship?"""

    slot = memory.MONTHLY

    def question(self, turn: Turn, desk: Desk, borrower_id: str) -> Reply:
        if turn.requested_slot == self.slot:
            return Reply("negotiation.ask_monthly_again")
        wishes = turn.wishes
        if (why := _not_to_be_had(desk, borrower_id, wishes, _NOT_THEN)) is not None:
            return Reply("negotiation.ask_monthly_not_then", why)
        no_month = only_for_a_reason(desk, borrower_id, wishes)
        return Reply("negotiation.ask_reason" if no_month else "negotiation.ask_monthly")


class AskStart(_Ask):
    """From which day?"""

    slot = memory.START

    def question(self, turn: Turn, desk: Desk, borrower_id: str) -> Reply:
        wishes = turn.wishes
        if (why := _first_part_too_low(turn, desk, borrower_id)) is not None:
            return Reply("negotiation.ask_start_first_part_too_low", why)
        if turn.requested_slot == self.slot:
            return Reply("negotiation.ask_start_again", {"wishes": wishes})
        if (why := _not_to_be_had(desk, borrower_id, wishes, _TOO_LOW)) is not None:
            return Reply("negotiation.ask_start_too_low", why)
        if (why := _not_to_be_had(desk, borrower_id, wishes, _NO_SUCH_TERMS)) is not None:
            return Reply("negotiation.ask_start_no_such_terms", why)
        return Reply("negotiation.ask_start", {"wishes": wishes})


def _first_part_too_low(turn: Turn, desk: Desk, borrower_id: str) -> dict[str, Any] | None:
    """Why a first part that was said in the last message is not enough."""
    note = turn.slots.get(memory.NOTE)
    if not isinstance(note, dict) or "down_payment" not in note:
        return None
    return _not_to_be_had(desk, borrower_id, turn.wishes, _PART_TOO_LOW)


def _not_to_be_had(
    desk: Desk, borrower_id: str, wishes: Mapping[str, Any], ruled_out: _RuledOut
) -> dict[str, Any] | None:
    """What cannot be had of the wish named, with the reason: said before anything else is asked."""
    wish, codes = ruled_out
    if wish not in wishes:
        return None
    proposal = proposal_for(desk, borrower_id, wishes)
    reason = next((one for one in proposal.reasons if one.code in codes), None)
    if reason is None:
        return None
    return {"wishes": wishes, "reason": reason, "proposal": proposal}


class AskChosenOffer(_Ask):
    """Shows the options; asked again after a question in between, only the choice."""

    slot = memory.CHOSEN

    def question(self, turn: Turn, desk: Desk, borrower_id: str) -> Reply:
        offers = turn.slots.get(memory.OFFERS)
        wishes = turn.wishes
        if not offers:
            return offers_reply(turn, desk, borrower_id, wishes)
        buttons = choice_buttons(len(offers), desk)
        return Reply("negotiation.ask_choice", buttons=(*buttons, "stop"))


class AskAgreement(_Ask):
    """Restates the offer with its cost table and asks for a yes."""

    slot = memory.AGREEMENT

    def question(self, turn: Turn, desk: Desk, borrower_id: str) -> Reply:
        wishes = turn.wishes
        chosen = turn.slots.get(memory.CHOSEN)
        proposal = proposal_for(desk, borrower_id, wishes)
        found = find(proposal, chosen)
        kept = None if found else _kept_from_before(turn, desk, borrower_id)
        found = found or kept
        if found is None:  # the account moved: what was shown cannot be agreed on any more
            moved = offers_reply(turn, desk, borrower_id, wishes)
            return moved.changed(lead="note.moved")
        number, option = found
        values = {
            "option": option,
            "title": desk.renderer.labels["ordinal"][str(number)],
            "runs": runs(option.schedule),
            "disclosure": told_rows(option, desk.renderer.labels),
        }
        key = _confirmation(option, turn)
        full = key == "negotiation.confirm"
        return Reply(
            key,
            values,
            card=agreement_card(option, desk.renderer.labels) if full else None,
            slots={memory.SHOWN: option.offer_id},
            lead="note.still_offered" if kept and full else None,
        )


def _kept_from_before(turn: Turn, desk: Desk, borrower_id: str) -> tuple[int, Option] | None:
    """An offer of an earlier day: it stands as it was shown until it expires.

    To pay what is due is no offer of ours: the amount due is always today's.
    """
    offers = list(turn.slots.get(memory.OFFERS) or ())
    chosen = str(turn.slots.get(memory.CHOSEN))
    if chosen not in offers:
        return None
    now = desk.engine.clock.now()
    option = desk.engine.negotiation.still_offered(borrower_id, chosen, now)
    if option is None or option.tool in _PLAIN:
        return None
    return offers.index(chosen) + 1, option


def _confirmation(option: Option, turn: Turn) -> str:
    """The whole cost table once; for paying what is due anyway a plain question will do."""
    if turn.slots.get(memory.SHOWN) == option.offer_id:
        return "negotiation.confirm_again"
    return "negotiation.confirm_pay" if option.tool in _PLAIN else "negotiation.confirm"

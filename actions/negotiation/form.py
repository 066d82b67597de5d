"""The negotiation form: what can be paid a month, from when, which offer, agreed or not.

Rasa runs the form; `validate_instalment_form` here hears a message, `slots` says what it sets,
`questions` asks. A question in between is not heard: the form rejects it, a topic's action answers
it, and the form asks again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from account_engine.domain.negotiation.codes import Character
from actions.conversation import memory
from actions.conversation.answering import NEGOTIATION_FORM, read
from actions.conversation.desk import Desk, open_desk
from actions.conversation.leaving import asked_on_leaving
from actions.conversation.turn import Turn
from actions.negotiation.amounts import with_a_bare_sum, with_a_sum_a_month
from actions.negotiation.another_deal import (
    another_deal,
    best_asked_for,
    by_terms,
    chosen_and_asked,
    least_at_once,
    longest,
    said_at_once,
    splits,
    taken,
    takes_it,
    wants_offers,
    why_no_parts,
    with_terms,
)
from actions.negotiation.before_offers import longer_or_shorter
from actions.negotiation.beyond_the_form import meant_beyond_the_form
from actions.negotiation.consent import answered_consent, refuses_the_record, settled
from actions.negotiation.for_the_form import answers_the_form
from actions.negotiation.heard import ANY, Heard
from actions.negotiation.hearing import hear
from actions.negotiation.offers import best_at, find, proposal_for
from actions.negotiation.relative import (
    months_to_spread_over,
    offered_terms,
    shifted,
    terms_now,
)
from actions.negotiation.shares import share_paid_first, with_share
from actions.negotiation.slots import DECLINED, not_heard, slots_from
from actions.negotiation.ways import only_for_a_reason
from actions.negotiation.which_offer import offers_named
from actions.negotiation.wishes import answered
from actions.topics.opening import about_the_product

# Asked for with a reason that was not told before, these are had where there is one.
_OPENED_BY_A_REASON = frozenset({"ask_no_down_payment", "ask_down_payment_day", "ask_less"})
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
        turn = with_a_sum_a_month(with_a_bare_sum(read(tracker, desk)))
        if not turn.known:
            return [ActiveLoop(None), SlotSet("requested_slot", None)]
        turn = chosen_and_asked(turn, desk)
        if not _for_the_form(turn, desk):
            return []
        heard = _on_the_table(turn, desk, with_share(turn, desk, hear(turn)))
        if _declined_for_good(turn, desk, heard):
            return []  # `deny` ends it
        slots = _with_consent(turn, desk, heard)
        return [SlotSet(name, value) for name, value in slots.items()]


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


def _for_the_form(turn: Turn, desk: Desk) -> bool:
    """Whether the message answers the form, and is neither a question nor leans on one."""
    if turn.safety_signal() is not None or desk.situations.urgent(turn.text):
        return False
    if refuses_the_record(turn):
        return True
    if wants_offers(turn, desk) or another_deal(turn):
        return not _starts_another(turn, desk)
    if asked_on_leaving(turn) is not None:
        return False
    if share_paid_first(turn) is not None or months_to_spread_over(turn) is not None:
        return True
    if _tells_why(turn, desk):
        return True
    if desk.follow_ups.read(turn) is not None or desk.meaning(turn) is not None:
        return False
    if desk.follow_ups.changes_a_value(turn):
        return True
    return answers_the_form(turn) and meant_beyond_the_form(turn, desk) is None


def _tells_why(turn: Turn, desk: Desk) -> bool:
    """ "首付能不能免，我现在没收入": the reason that opens more is heard, and that answers it."""
    said = hear(turn).wishes.get("hardship")
    news = said is not None and said != turn.wishes.get("hardship")
    return news and desk.meaning(turn) in _OPENED_BY_A_REASON


def _starts_another(turn: Turn, desk: Desk) -> bool:
    """ "还是延期吧" that none on the table is meant by: request_extension works it out."""
    if wants_offers(turn, desk) or turn.borrower_id is None:
        return False
    wishes = turn.wishes
    if splits(turn):
        return False
    return taken(turn, proposal_for(desk, turn.borrower_id, wishes)) is None


def _declined_for_good(turn: Turn, desk: Desk, heard: Heard) -> bool:
    """A no before there are offers; all offers turned down, asked what else, and no again."""
    if not heard.declines or heard.wishes or heard.choice or heard.shift or heard.unsure:
        return False
    if wants_offers(turn, desk) or splits(turn):
        return False
    if turn.requested_slot in (memory.MONTHLY, memory.START):
        return True
    return turn.requested_slot == memory.CHOSEN and turn.slots.get(memory.INVALID) == DECLINED


def _with_consent(turn: Turn, desk: Desk, heard: Heard) -> dict[str, Any]:
    """What the message sets, and whether a sensitive fact in it has to be asked about first."""
    if turn.requested_slot == memory.CONSENT:
        slots = answered_consent(turn, desk, heard)
        if not slots:
            return not_heard(turn)
        return {memory.INVALID: 0, **slots, **answered(slots.get(memory.WISHES) or {})}
    slots = _offers_asked_for(turn, desk, heard) or slots_from(turn, heard)
    if memory.MONTHLY in slots and turn.borrower_id and not turn.slots.get(memory.START):
        wished = slots.get(memory.WISHES) or turn.wishes
        if only_for_a_reason(desk, turn.borrower_id, wished):  # nothing that begins on a day
            slots = {memory.START: ANY, **slots}
    if memory.WISHES in slots and heard.wishes:
        slots |= about_the_product(turn, desk, slots[memory.WISHES], slots)
    if memory.WISHES in slots:
        slots[memory.WISHES], slots[memory.CONSENT] = settled(turn, desk, slots[memory.WISHES])
    return {**slots, **_taken_at_once(turn, desk, heard, slots)}


def _taken_at_once(
    turn: Turn, desk: Desk, heard: Heard, slots: Mapping[str, Any]
) -> dict[str, Any]:
    """ "那就3期" is a choice, where there is just one such offer: it is confirmed next."""
    if not takes_it(turn) or turn.requested_slot != memory.CHOSEN or turn.borrower_id is None:
        return {}
    wishes = slots.get(memory.WISHES) or {}
    proposal = proposal_for(desk, turn.borrower_id, wishes)
    ids = [one.offer_id for one in proposal.options]
    meant = list(proposal.options) if wishes == turn.wishes else []  # "就等到25号", once more
    if heard.wishes.keys() == {"terms"}:
        meant = [one for one in proposal.options if one.terms == heard.wishes["terms"]]
    return {memory.OFFERS: ids, memory.CHOSEN: meant[0].offer_id} if len(meant) == 1 else {}


def _offers_asked_for(turn: Turn, desk: Desk, heard: Heard) -> dict[str, Any] | None:
    """ "每月多少", "还是分期吧": nothing else need be known to work the offers out."""
    chosen = heard.choice is not None and turn.slots.get(memory.OFFERS)
    if chosen or heard.wishes or turn.borrower_id is None:
        return None
    wishes = turn.wishes
    wanted = wants_offers(turn, desk)
    slots = said_at_once(turn, wishes, wanted=wanted)
    if slots is None:
        return None
    policy = desk.engine.negotiation.policy
    if memory.WISHES not in slots:
        proposal = proposal_for(desk, turn.borrower_id, wishes)
        return why_no_parts(turn, slots, proposal, offered_terms(policy, proposal))
    if only_for_a_reason(desk, turn.borrower_id, slots[memory.WISHES]):
        return slots
    proposal = proposal_for(desk, turn.borrower_id, slots[memory.WISHES])
    return with_terms(turn, slots, offered_terms(policy, proposal), wanted=wanted)


def _just_compared(turn: Turn) -> Character | None:
    """ "哪个便宜" … "那就那个": what the offers were compared by a message ago; none was named."""
    if turn.requested_slot != memory.CHOSEN or offers_named(turn.said_before):
        return None
    return best_asked_for(turn.said_before)


def _on_the_table(turn: Turn, desk: Desk, heard: Heard) -> Heard:
    """ "选最便宜的" as the number of that offer; "多分两期" as a number of terms."""
    if turn.borrower_id is None:
        return heard
    if not turn.slots.get(memory.OFFERS):
        return longer_or_shorter(turn, desk, turn.borrower_id, heard)
    wishes = turn.wishes
    proposal = proposal_for(desk, turn.borrower_id, wishes)
    number = taken(turn, proposal) or least_at_once(turn, proposal) or longest(turn, proposal)
    if number is None and heard.wishes.keys() == {"terms"}:
        number = by_terms(turn, proposal, heard.wishes["terms"])
    if number is not None:
        return replace(heard, choice=number, wishes={}, declines=False)
    if heard.agrees and (best := _just_compared(turn)) is not None:
        return replace(heard, choice=best_at(proposal, best, wishes))
    if heard.shift is not None:
        chosen = find(proposal, turn.slots.get(memory.CHOSEN))
        now = terms_now(proposal, chosen[1] if chosen else None, heard.shift)
        terms = shifted(heard.shift, now, offered_terms(desk.engine.negotiation.policy, proposal))
        if terms is None:
            return replace(heard, no_more_terms=now)
        return replace(heard, wishes={**heard.wishes, "terms": terms})
    number = best_at(proposal, heard.best, wishes) if heard.best else None
    return replace(heard, choice=number, wishes={}) if number else heard

"""The end of a negotiation: an agreement becomes an event, or a person takes over."""

from __future__ import annotations

from account_engine.domain.negotiation.policy import Tool
from account_engine.domain.payloads import HardshipKind
from account_engine.services.offers import Acceptance, AcceptanceStatus, UnknownOffer
from actions.conversation import memory
from actions.conversation.desk import Desk
from actions.conversation.foreign_offers import note_foreign_offer
from actions.conversation.reply import Form, Reply
from actions.conversation.turn import Turn
from actions.negotiation.cards import plan_card
from actions.negotiation.heard import ANY
from actions.negotiation.wishes import answered
from actions.topics.handoff import hand_over
from actions.topics.withdrawal import until_when

_YES = "yes"
_WITHOUT_PLAN = {
    Tool.PAY_NOW: "negotiation.promised",
    Tool.PAY_MINIMUM: "negotiation.promised",
    Tool.BILL_INSTALMENT: "negotiation.accepted_bill",
}
_DONE = dict.fromkeys(memory.NEGOTIATION)


def concluded(turn: Turn, desk: Desk) -> Reply:
    """Accepts the offer under the identity's borrower; the engine checks everything again."""
    chosen = turn.slots.get(memory.CHOSEN)
    if turn.slots.get(memory.AGREEMENT) != _YES or not chosen:
        return hand_over(turn, desk, "negotiation_trouble", key="handoff.trouble").changed(
            slots=_DONE
        )
    if turn.borrower_id is None:
        return Reply("sign_in.needed", slots=_DONE, form=Form.LEAVE)
    return accepted(turn, desk, turn.borrower_id, str(chosen))


def accepted(turn: Turn, desk: Desk, borrower_id: str, offer_id: str) -> Reply:
    """What became of the acceptance, in words."""
    try:
        result = desk.engine.accept(borrower_id, offer_id, desk.engine.clock.now())
    except UnknownOffer:  # answered like an offer that time has overtaken: it reveals nothing
        note_foreign_offer(turn, desk)
        return _offered_again(turn)
    if result.status in (AcceptanceStatus.ACCEPTED, AcceptanceStatus.ALREADY_ACCEPTED):
        return _with_hardship(_stands(turn, desk, result, borrower_id), turn, desk, borrower_id)
    if result.status is AcceptanceStatus.NEEDS_APPROVAL:
        values = {"option": result.option}
        reply = Reply("negotiation.needs_approval", values, slots=_DONE, form=Form.LEAVE)
        return _with_hardship(reply, turn, desk, borrower_id)
    if result.status is AcceptanceStatus.DECLINED:
        return Reply("negotiation.declined", slots=_DONE, form=Form.LEAVE)
    return _offered_again(turn)


def _offered_again(turn: Turn) -> Reply:
    """The account or the date moved: new offers for the same wishes."""
    wishes = turn.wishes
    slots = _DONE | {memory.WISHES: wishes, memory.NOTE: {"key": "note.moved"}} | answered(wishes)
    slots |= {name: slots[name] or ANY for name in (memory.MONTHLY, memory.START)}
    return Reply("", slots=slots, form=Form.START)


def _with_hardship(reply: Reply, turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """Records the hardship the agreement rests on, and says which papers it takes.

    A sensitive one was recorded when the borrower said yes to it, or is not recorded at all.
    """
    named = turn.wishes.get("hardship")
    if not named:
        return reply
    hardship = HardshipKind(named)
    if hardship is HardshipKind.OTHER:  # what a sensitive one becomes without consent
        return reply.changed(coda="hardship.not_recorded")
    if desk.engine.proof_rule(hardship).separate_consent:
        return reply
    receipt = desk.engine.declare_hardship(borrower_id, hardship)
    values = {**reply.values, "proof_due": receipt.proof_due, "proofs": receipt.documents}
    return reply.changed(coda="hardship.recorded", values=values)


def _stands(turn: Turn, desk: Desk, result: Acceptance, borrower_id: str) -> Reply:
    values = {
        "name": turn.display_name,
        "plan": result.plan,
        "option": result.option,
        "withdrawable": until_when(desk, borrower_id, result.offer_id),
    }
    if result.plan is not None:
        card = plan_card(result.plan, desk.renderer.labels)
        return Reply("negotiation.accepted", values, card=card, slots=_DONE, form=Form.LEAVE)
    key = "negotiation.accepted_extension"
    if result.option is not None:
        key = _WITHOUT_PLAN.get(result.option.tool, key)
    return Reply(key, values, slots=_DONE, form=Form.LEAVE)

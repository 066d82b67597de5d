"""Answers that only follow-ups ask for: is that so, why these offers, what if nothing is done."""

from __future__ import annotations

from account_engine.domain.negotiation.option import Option, Proposal
from actions.conversation import memory
from actions.conversation.answering import answers, by_intent
from actions.conversation.desk import Desk
from actions.conversation.last_question import LastQuestion
from actions.conversation.reply import Reply
from actions.conversation.topic import asked_as
from actions.conversation.turn import Turn
from actions.negotiation.offers import find, proposal_for, titles
from actions.topics.evidence import details, further, source

_SURE = "follow_up.sure"
_NOTHING_BEHIND_IT = "evidence.nothing"
# What a wish costs is told by; any other by the penalty of the days until then.
_PRICES = {"request_instalment": "ask_instalment_fee", "request_negotiation": "ask_instalment_fee"}


@answers("ask_whether_sure")
def whether_sure(turn: Turn, desk: Desk) -> Reply:
    """ "真的吗": what the answer before rests on; figures are said to be those of the contract."""
    grounds = source(turn, desk)
    return Reply(_SURE) if grounds.key == _NOTHING_BEHIND_IT else grounds.changed(lead=_SURE)


@answers("ask_wish_price")
def wish_price(turn: Turn, desk: Desk) -> Reply:
    """ "要手续费吗" of a wish that was answered: of instalments their fee, else penalty."""
    last = LastQuestion.of(turn)
    name = _PRICES.get(last.answer if last else "", "ask_penalty")
    return asked_as(name)(turn, desk)


@answers("tell_more")
def tell_more(turn: Turn, desk: Desk) -> Reply:
    """ "还有呢", "具体点": the answer before at length, its figures by line, or its grounds."""
    before = turn.remembered()
    longer = before.get("more") or before.get("details")
    if longer:
        return details(turn, desk)
    return further(turn, desk) or source(turn, desk)


@answers("ask_doing_nothing")
def doing_nothing(turn: Turn, desk: Desk) -> Reply:
    """ "要是我一直不还呢" before anything was agreed: what is owed then, beside the offers."""
    if turn.borrower_id is None:
        return by_intent(turn, desk, "overdue.refuse")
    proposal = _on_the_table(turn, desk, turn.borrower_id)
    if not proposal.do_nothing:
        return Reply("overdue.refuse")
    beside = turn.slots.get(memory.OFFERS) and turn.active_form
    named = list(zip(titles(proposal, desk), proposal.options, strict=True)) if beside else []
    return Reply("offers.nothing_done", {"proposal": proposal, "named": named})


@answers("explain_offers")
def explain_offers(turn: Turn, desk: Desk) -> Reply:
    """ "为什么这么多": what an offer's total is made of, and why it is not as it was wished."""
    if turn.borrower_id is None:
        return Reply("wish.none")
    proposal = _on_the_table(turn, desk, turn.borrower_id)
    named = list(zip(titles(proposal, desk), proposal.options, strict=True))
    if not named:
        return Reply("choose.nothing")
    chosen = find(proposal, turn.slots.get(memory.CHOSEN))
    meant: list[tuple[str, Option]] = [named[chosen[0] - 1]] if chosen else named
    reasons = () if chosen else proposal.reasons
    return Reply(
        "offers.explained",
        {"named": meant, "reasons": reasons, "proposal": proposal},
    )


def _on_the_table(turn: Turn, desk: Desk, borrower_id: str) -> Proposal:
    return proposal_for(desk, borrower_id, turn.wishes)

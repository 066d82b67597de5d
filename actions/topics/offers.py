"""Questions about the offers on the table: which is cheapest, and what a missed payment does."""

from __future__ import annotations

from account_engine.domain.negotiation.codes import Character
from actions.conversation import memory
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.negotiation.offers import best_at, find, proposal_for, titles
from actions.topics.amount import sign_in_first
from actions.topics.plan import plan_breach


@answers("compare_offers")
def compare_offers(turn: Turn, desk: Desk) -> Reply:
    """All offers by what they cost, the cheapest first, and which is lightest a month."""
    if turn.borrower_id is None:
        return sign_in_first(desk)
    proposal = proposal_for(desk, turn.borrower_id, turn.slots.get(memory.WISHES) or {})
    if not proposal.options:
        return Reply("choose.nothing")
    named = list(zip(titles(proposal, desk), proposal.options, strict=True))
    spread = sum(len(option.schedule) > 1 for _, option in named)
    lightest = best_at(proposal, Character.LEAST_MONTHLY) if spread > 1 else None
    return Reply(
        "offers.compared",
        {
            "named": sorted(named, key=lambda pair: pair[1].total_cost.fen),
            "lightest": named[lightest - 1][0] if lightest else None,
        },
        buttons=(),
    )


@answers("ask_plan_breach")
def breach(turn: Turn, desk: Desk) -> Reply:
    """Of the offer on the table while one is, else of the plan that stands."""
    offers = turn.slots.get(memory.OFFERS)
    if turn.borrower_id is None or not turn.active_form or not offers:
        return plan_breach(turn, desk)
    proposal = proposal_for(desk, turn.borrower_id, turn.slots.get(memory.WISHES) or {})
    found = find(proposal, turn.slots.get(memory.CHOSEN) or offers[0])
    if found is None or len(found[1].schedule) < 2:  # what is paid at once has no rows to miss
        return plan_breach(turn, desk)
    number, option = found
    return Reply("offers.breach", {"title": titles(proposal, desk)[number - 1], "option": option})

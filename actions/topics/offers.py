"""Questions about the offers on the table: cost, first payment, how long, a missed payment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from account_engine.domain.negotiation.codes import Character
from account_engine.domain.negotiation.option import Option, Proposal
from actions.conversation import memory
from actions.conversation.answering import answers, by_intent, the_answer
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.signing_in import signed_in
from actions.conversation.turn import Turn
from actions.negotiation.another_deal import best_asked_for, least_at_once
from actions.negotiation.another_deal import longest as longest_of
from actions.negotiation.offers import AT_ANY_TIME, best_at, find, proposal_for, titles
from actions.negotiation.relative import offered_terms
from actions.negotiation.which_offer import LAST, offer_named
from actions.negotiation.wishes import to_engine
from actions.topics.plan import plan_breach

_PAIR = 2
# Wishes that a number of terms takes the place of.
_HOW_MUCH = frozenset({"monthly", "settlement", "principal_only"})


@answers("compare_offers")
@signed_in
def compare_offers(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """All offers by what they cost, the cheapest first, and which is lightest a month."""
    proposal = proposal_for(desk, borrower_id, turn.wishes)
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


@answers("compare_two")
@signed_in
def compare_two(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "第二个跟第一个差多少钱": how much more the dearer one costs."""
    proposal = proposal_for(desk, borrower_id, turn.wishes)
    names = titles(proposal, desk)
    said = {int(one) for one in turn.values("option_number") if one.isdigit()}
    meant = said if len(said) == _PAIR else set(range(1, len(names) + 1))
    if len(meant) != _PAIR or max(meant) > len(names):
        return compare_offers(turn, desk)
    pair = [(names[number - 1], proposal.options[number - 1]) for number in sorted(meant)]
    cheap, dear = sorted(pair, key=lambda one: one[1].total_cost.fen)
    more = dear[1].total_cost - cheap[1].total_cost
    values = {"named": [cheap, dear], "dear": dear[0], "cheap": cheap[0], "more": more}
    return Reply("offers.difference", values, buttons=())


@answers("ask_plan_breach")
def breach(turn: Turn, desk: Desk) -> Reply:
    """Of the offer on the table while one is, else of the plan that stands."""
    offers = turn.slots.get(memory.OFFERS)
    if turn.borrower_id is None or not turn.active_form or not offers:
        return plan_breach(turn, desk)
    proposal = proposal_for(desk, turn.borrower_id, turn.wishes)
    found = find(proposal, turn.slots.get(memory.CHOSEN)) or _first_agreement(proposal)
    if found is None or found[1].tool in AT_ANY_TIME:  # what is due anyway is no agreement to break
        return plan_breach(turn, desk)
    number, option = found
    return Reply("offers.breach", {"title": titles(proposal, desk)[number - 1], "option": option})


def _first_agreement(proposal: Proposal) -> tuple[int, Option] | None:
    """The first offer that is paid in rows, else the first that puts something off."""
    agreed = [
        (number, one)
        for number, one in enumerate(proposal.options, 1)
        if one.tool not in AT_ANY_TIME
    ]
    return min(agreed, key=lambda pair: (len(pair[1].schedule) < _PAIR, pair[0]), default=None)


@answers("ask_first_payment")
@signed_in
def first_payment(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "第一笔什么时候付": the first row of the offer in question, else of every offer."""
    proposal = proposal_for(desk, borrower_id, turn.wishes)
    named = list(zip(titles(proposal, desk), proposal.options, strict=True))
    if not named:
        return Reply("choose.nothing")
    chosen = find(proposal, turn.slots.get(memory.CHOSEN))
    return Reply("offers.first_payment", {"named": [named[chosen[0] - 1]] if chosen else named})


@answers("ask_named_offer")
def named_offer(turn: Turn, desk: Desk) -> Reply:
    """ "方案二一共要付多少", "那第二个呢": that offer told by itself, and not yet chosen."""
    return _told(turn, desk, "offers.one")


@answers("ask_offer_cost")
def offer_cost(turn: Turn, desk: Desk) -> Reply:
    """ "第二个一共多还多少": what that offer adds to the debt comes first."""
    return _told(turn, desk, "offers.cost")


def _told(turn: Turn, desk: Desk, key: str) -> Reply:
    if turn.borrower_id is None:
        return by_intent(turn, desk, "choose.nothing")
    proposal = proposal_for(desk, turn.borrower_id, turn.wishes)
    number = offer_named(turn.text) or _named_by_what_it_is(turn, proposal, turn.wishes)
    if number is None:
        return compare_offers(turn, desk)
    names = titles(proposal, desk)
    if not names:
        return Reply("choose.nothing")
    number = len(names) if number == LAST else number
    if number > len(names):
        return Reply("note.no_such_option")
    return Reply(key, {"title": names[number - 1], "option": proposal.options[number - 1]})


def _named_by_what_it_is(turn: Turn, proposal: Proposal, wishes: Mapping[str, Any]) -> int | None:
    """ "期数最长的那个", "最便宜的那个", "首付少的": the number of the offer that is it."""
    if number := longest_of(turn, proposal) or least_at_once(turn, proposal):
        return number
    quality = best_asked_for(turn.text)
    return best_at(proposal, quality, wishes) if quality else None


@answers("ask_longest")
def longest(turn: Turn, desk: Desk) -> Reply:
    """ "那最长多久": the most terms policy has here, and what a term of them would be.

    Who asked for a later day is told the latest day instead.
    """
    if turn.borrower_id is None:
        return by_intent(replace(turn, intent=None), desk, "offers.longest_stranger")
    wishes = dict(turn.wishes)
    if "extension_days" in wishes:
        return the_answer("ask_longest_extension")(replace(turn, entities=()), desk)
    negotiation = desk.engine.negotiation
    proposal = proposal_for(desk, turn.borrower_id, wishes)
    offered = offered_terms(negotiation.policy, proposal)
    if not offered:
        return Reply("offers.no_terms")
    most = max(offered)
    asked = {name: wishes[name] for name in wishes if name not in _HOW_MUCH} | {"terms": most}
    found = negotiation.preview(turn.borrower_id, to_engine(asked), turn.today).options
    spread = next((one for one in found if one.terms == most), None)
    return Reply("offers.longest", {"most": most, "option": spread})


@answers("ask_not_at_once")
def not_at_once(turn: Turn, desk: Desk) -> Reply:
    """ "一下子还完不可能": nobody has to; how far it can be spread."""
    told = longest(turn, desk)
    return told.changed(lead="note.not_at_once") if told.key == "offers.longest" else told


@answers("ask_how_to_split")
@signed_in
def how_to_split(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "能怎么分": the offers, or where all of them are paid at once, how far it can be spread."""
    proposal = proposal_for(desk, borrower_id, turn.wishes)
    spread = any(len(option.schedule) > 1 for option in proposal.options)
    return compare_offers(turn, desk) if spread else longest(turn, desk)

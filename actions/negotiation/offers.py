"""Asks the engine for options and makes a reply of the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from account_engine.domain.money import Money
from account_engine.domain.negotiation.codes import Character
from account_engine.domain.negotiation.errors import InvalidWish
from account_engine.domain.negotiation.option import Option, Proposal, Reason, ReasonCode, Verdict
from account_engine.domain.negotiation.policy import Tool
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.quote import Component, QuoteKind
from actions.conversation import memory
from actions.conversation.desk import Desk
from actions.conversation.reply import Button, Form, Reply
from actions.conversation.turn import Turn
from actions.knowledge.conduct import dialogue
from actions.negotiation.cards import choice_payload, offers_card
from actions.negotiation.news import outline, says, to_tell
from actions.negotiation.part_paid import part_payment, part_supposed
from actions.negotiation.wishes import to_engine

_ALREADY = frozenset({ReasonCode.PLAN_RUNNING, ReasonCode.EXTENSION_RUNNING})
_MEASURES: Mapping[Character, Callable[[Option], int]] = {
    Character.LEAST_COST: lambda option: option.total_cost.fen,
    Character.LEAST_MONTHLY: lambda option: option.instalment.fen,
    Character.SOONEST_DONE: lambda option: option.last_due.toordinal(),
}
# To pay what is due, or the minimum: always possible, and nothing to break.
AT_ANY_TIME = frozenset({Tool.PAY_NOW, Tool.PAY_MINIMUM})
_INSTALMENT_WISHES = {"monthly", "terms"}
_FEWEST_TERMS = 2  # what is paid at once has no month
# By how often the same offers came out: told in full, in short, and at last only why not.
_SHOWN_BEFORE = ("negotiation.options", "negotiation.options_same", "negotiation.options_still")
_HARDSHIPS = ("lost_job", "less_income", "ill")
# Whoever asks for a discount, and says no more than why, asked for no list of plans.
_A_DISCOUNT = "negotiation.options_waiver"
_SAYS_NO_PLAN = frozenset({"waiver", "principal_only", "hardship", "scope"})


def proposal_for(desk: Desk, borrower_id: str, wishes: Mapping[str, Any]) -> Proposal:
    """The engine's answer; a wish that makes no sense is left out, the rest stands."""
    return _asked(desk, borrower_id, wishes)[1]


def _asked(desk: Desk, borrower_id: str, wishes: Mapping[str, Any]) -> tuple[Wishes, Proposal]:
    kept = dict(wishes)
    while True:
        try:
            asked = to_engine(kept)
            return asked, _truly_called(_without_twins(desk.engine.propose(borrower_id, asked)))
        except InvalidWish as wrong:
            if wrong.field not in kept:
                raise
            kept.pop(wrong.field)


def _without_twins(proposal: Proposal) -> Proposal:
    """Settling today without a waiver is paying what is due: one of two equal offers is enough."""
    paid_now = {one.total for one in proposal.options if one.tool is Tool.PAY_NOW}
    kept = tuple(
        one
        for one in proposal.options
        if not (one.tool is Tool.LUMP_SUM and not one.waived and one.total in paid_now)
    )
    return replace(proposal, options=kept)


def _truly_called(proposal: Proposal) -> Proposal:
    """No offer is called the cheapest, lightest or soonest beside the wished one that is more so.

    The engine compares the ways at the least down payment; one with the larger down payment that
    was wished for may cost less than the cheapest of these.
    """
    nearest = [one for one in proposal.options if Character.CLOSEST in one.characters]

    def holds(option: Option, called: Character) -> bool:
        measure = _MEASURES.get(called)
        return measure is None or all(measure(option) <= measure(one) for one in nearest)

    return replace(
        proposal,
        options=tuple(
            replace(one, characters=tuple(c for c in one.characters if holds(one, c)))
            for one in proposal.options
        ),
    )


def best_at(
    proposal: Proposal, quality: Character, wishes: Mapping[str, Any] = MappingProxyType({})
) -> int | None:
    """The number of the offer that is best at something, by what was shown.

    An offer that is called the cheapest is meant by that word. Whoever wished for instalments, or
    speaks of a month, does not mean paying all at once; else the cheapest is the cheapest of all.
    """
    numbered = list(enumerate(proposal.options, 1))
    if quality is Character.LEAST_COST and not _INSTALMENT_WISHES & wishes.keys():
        return min(numbered, key=lambda pair: pair[1].total_cost.fen, default=(None,))[0]
    called = (
        number
        for number, one in numbered
        if one.characters[:1] == (quality,)
        and not (quality is Character.LEAST_MONTHLY and one.terms < _FEWEST_TERMS)
    )
    if (number := next(called, None)) is not None:
        return number
    spread = [pair for pair in numbered if len(pair[1].schedule) > 1] or numbered
    figure = _MEASURES.get(quality)
    if figure is None or not spread:
        return next((number for number, one in numbered if quality in one.characters), None)
    return min(spread, key=lambda pair: figure(pair[1]))[0]


def titles(proposal: Proposal, desk: Desk) -> tuple[str, ...]:
    """方案一, 方案二, …"""
    words = desk.renderer.labels["ordinal"]
    return tuple(words[str(number)] for number in range(1, len(proposal.options) + 1))


def find(proposal: Proposal, offer_id: str | None) -> tuple[int, Option] | None:
    """The option of that id with its number from one."""
    for number, option in enumerate(proposal.options, 1):
        if option.offer_id == offer_id:
            return number, option
    return None


def offers_reply(turn: Turn, desk: Desk, borrower_id: str, wishes: Mapping[str, Any]) -> Reply:
    """The options to choose from; or, when there are none, why, and the form is left.

    Options that were on the table already are not read out again: only what is new is said.
    """
    asked, proposal = _asked(desk, borrower_id, wishes)
    if not proposal.options:
        return _no_options(turn, proposal)
    names = titles(proposal, desk)
    labels = desk.renderer.labels
    seen = turn.slots.get(memory.SEEN) or {}
    shown = outline(proposal)
    same = seen.get("options") == shown["options"]
    times = int(seen.get("times") or 0) + 1 if same else 0
    reasons = to_tell(proposal, seen.get("reasons", ()), same=same)
    discount = asked.waiver and turn.on_web and not seen and wishes.keys() <= _SAYS_NO_PLAN
    part = part_payment(desk, borrower_id, asked, proposal)
    return Reply(
        _A_DISCOUNT if discount else _SHOWN_BEFORE[min(times, len(_SHOWN_BEFORE) - 1)],
        {
            "proposal": proposal,
            "reasons": reasons,
            "titles": names,
            "wishes": dict(wishes),
            "asked": asked,
            "late": not says(proposal, ReasonCode.NOTHING_OVERDUE),
            "first_time": not seen,
            "shown": _spelt_out(turn, asked, len(names)),
            "lightest": best_at(proposal, Character.LEAST_MONTHLY, {"terms": 0}),
            "expires": offer_expiry(proposal),
            "part": part,
            "penalty": penalty_so_far(desk, borrower_id) if asked.waiver else None,
        },
        card=offers_card(
            proposal, names, labels, labels["card"]["options"], offer_expiry(proposal)
        ),
        buttons=(
            *choice_buttons(len(names), desk),
            *_hardship_buttons(reasons),
            *(("person",) if same or says(proposal, ReasonCode.MONTHLY_TOO_LOW) else ()),
            "stop",
        ),
        # What such a part leaves may be asked about next.
        supposes=part_supposed(part, asked, turn),
        slots={
            memory.OFFERS: [one.offer_id for one in proposal.options],
            memory.CHOSEN: None,
            memory.SHOWN: None,
            memory.SEEN: {**shown, "times": times},
        },
    )


def _spelt_out(turn: Turn, asked: Wishes, offers: int) -> int:
    """How many offers the text tells; the page has all of them in a card.

    Whoever asks for a discount asked for no list: two examples are enough to begin with.
    """
    if not turn.on_web:
        return offers
    told = dialogue()
    return told.offers_as_examples if asked.waiver else told.offers_told


def offer_expiry(proposal: Proposal) -> datetime:
    """Until when the arrangements hold; to pay what is due is only as good as today's amount."""
    arranged = [one for one in proposal.options if one.tool not in AT_ANY_TIME]
    return min(one.expires_at for one in arranged or proposal.options)


def choice_buttons(offers: int, desk: Desk) -> tuple[Button, ...]:
    """选方案一, 选方案二, …"""
    words = desk.renderer.labels
    return tuple(
        Button(
            words["card"]["choose"].format(title=words["ordinal"][str(number)]),
            choice_payload(number),
        )
        for number in range(1, offers + 1)
    )


def _hardship_buttons(reasons: Sequence[Reason]) -> tuple[str, ...]:
    """Naming a reason would open more: it should take one tap."""
    wanted = any(one.code is ReasonCode.HARDSHIP_WANTED for one in reasons)
    return _HARDSHIPS if wanted else ()


def penalty_so_far(desk: Desk, borrower_id: str) -> Money | None:
    """The penalty so far, for whoever asks to be spared it; None where there is none."""
    sums = desk.engine.quote(borrower_id, QuoteKind.OVERDUE).by_component()
    found = sums.get(Component.PENALTY, Money.zero) + sums.get(Component.CAP, Money.zero)
    return found if found.fen > 0 else None


def _no_options(turn: Turn, proposal: Proposal) -> Reply:
    codes = {reason.code for reason in proposal.reasons}
    if codes & _ALREADY:
        key = "negotiation.plan_running"
    elif proposal.verdict is Verdict.NOTHING_DUE:
        key = "negotiation.nothing_due"
    elif proposal.verdict is Verdict.HUMAN_ONLY:
        key = "negotiation.person_only"
    else:
        key = "negotiation.no_option"
    values = {"proposal": proposal, "name": turn.display_name}
    return Reply(key, values, slots=dict.fromkeys(memory.NEGOTIATION), form=Form.LEAVE)

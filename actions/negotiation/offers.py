"""Asks the engine for options and makes a reply of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from account_engine.domain.negotiation.errors import InvalidWish
from account_engine.domain.negotiation.option import Option, Proposal, ReasonCode, Verdict
from account_engine.domain.negotiation.wishes import Wishes
from actions.conversation import memory
from actions.conversation.desk import Desk
from actions.conversation.reply import Button, Form, Reply
from actions.conversation.turn import Turn
from actions.negotiation.cards import choice_payload, offers_card
from actions.negotiation.wishes import to_engine

_ALREADY = frozenset({ReasonCode.PLAN_RUNNING, ReasonCode.EXTENSION_RUNNING})


def proposal_for(desk: Desk, borrower_id: str, wishes: Mapping[str, Any]) -> Proposal:
    """The engine's answer; a wish that makes no sense is left out, the rest stands."""
    return _asked(desk, borrower_id, wishes)[1]


def _asked(desk: Desk, borrower_id: str, wishes: Mapping[str, Any]) -> tuple[Wishes, Proposal]:
    kept = dict(wishes)
    while True:
        try:
            asked = to_engine(kept)
            return asked, desk.engine.propose(borrower_id, asked)
        except InvalidWish as wrong:
            if wrong.field not in kept:
                raise
            kept.pop(wrong.field)


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
    """The options to choose from; or, when there are none, why, and the form is left."""
    asked, proposal = _asked(desk, borrower_id, wishes)
    if not proposal.options:
        return _no_options(turn, proposal)
    names = titles(proposal, desk)
    labels = desk.renderer.labels
    buttons = tuple(
        Button(labels["card"]["choose"].format(title=name), choice_payload(number))
        for number, name in enumerate(names, 1)
    )
    return Reply(
        "negotiation.options",
        {
            "proposal": proposal,
            "titles": names,
            "wishes": dict(wishes),
            "asked": asked,
        },
        card=offers_card(proposal, names, labels, labels["card"]["options"]),
        buttons=(*buttons, "stop"),
        slots={
            memory.OFFERS: [one.offer_id for one in proposal.options],
            memory.CHOSEN: None,
            memory.SHOWN: None,
        },
    )


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

"""Handing over to a person, with a summary so that nothing has to be told twice."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from account_engine.domain.quote import QuoteKind
from actions.conversation import memory
from actions.conversation.answering import answers
from actions.conversation.cards import money
from actions.conversation.desk import Desk
from actions.conversation.reply import Form, Reply
from actions.conversation.topic import TopicAction, special_side
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words

logger = logging.getLogger(__name__)


class ActionHandoff(TopicAction):
    """request_human."""

    topic = "handoff"


@answers("request_human")
def request_human(turn: Turn, desk: Desk) -> Reply:
    """A place in the queue; only the number of a hotline when that was asked for."""
    key = special_side(turn, desk)
    if key is not None:
        return Reply(key)
    return hand_over(turn, desk, "asked_for_person")


@answers("ask_queue")
def ask_queue(turn: Turn, desk: Desk) -> Reply:
    """ "人呢": the place in the queue; whoever is in none is told how to get there."""
    if desk.people.current(turn.sender_id) is not None:
        return hand_over(turn, desk, "asked_for_person")
    of_people = figure_words().waits_for_what.search(turn.text) is None
    return Reply("handoff.not_queued", {"of_people": of_people})


def hand_over(
    turn: Turn,
    desk: Desk,
    reason: str,
    key: str = "handoff.waiting",
    told: Mapping[str, Any] | None = None,
) -> Reply:
    """Queues the conversation; asked twice, the first case stands and hears of the new reason.

    `told` goes into the summary for the person.
    """
    try:
        open_case = desk.people.current(turn.sender_id)
        case = desk.people.request_handoff(
            turn.sender_id,
            reason,
            {**summary(turn, desk, reason), **(told or {})},
            desk.wall_clock(),
        )
    except Exception:  # the queue is not worth losing the borrower's turn for
        logger.exception("handoff failed")
        return Reply("handoff.unavailable", form=Form.LEAVE)
    words = desk.renderer.labels["card"]
    return Reply(
        "handoff.already" if open_case else key,
        {"case_number": case.case_number, "ahead": max(case.position, 1)},
        card={
            "type": "handoff",
            "state": case.state.value,
            "position": case.position,
            "case_number": case.case_number,
            "expected": words["handoff_expected"],
        },
        slots={memory.TROUBLE: 0},
        form=Form.LEAVE,
        trouble=True,
    )


def summary(turn: Turn, desk: Desk, reason: str) -> dict[str, Any]:
    """What the person should know first. Staff only; never shown to the borrower."""
    told: dict[str, Any] = {
        "reason": reason,
        "signed_in": turn.known,
        "display_name": turn.display_name,
        "last_turns": [{"who": who, "text": text} for who, text in turn.transcript],
        "wishes": turn.slots.get(memory.WISHES),
        "offers": turn.slots.get(memory.OFFERS),
    }
    if turn.borrower_id is not None:
        told |= _figures_or_none(desk, turn.borrower_id)
    return told


def _figures_or_none(desk: Desk, borrower_id: str) -> dict[str, Any]:
    """A person is called even when the accounts cannot be read."""
    try:
        return _figures(desk, borrower_id)
    except Exception:
        logger.exception("summary without figures")
        return {"borrower_id": borrower_id}


def _figures(desk: Desk, borrower_id: str) -> dict[str, Any]:
    due = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW)
    payoff = desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL)
    state = desk.engine.state(borrower_id)
    return {
        "borrower_id": borrower_id,
        "due_now": money(due.total),
        "payoff_all": money(payoff.total),
        "as_of": due.as_of.isoformat(),
        "accounts": [
            {
                "account_id": one.account_id,
                "product": one.display_name,
                "days_past_due": one.dpd,
                "recall": one.recall.stage.value,
            }
            for one in state.accounts
        ],
    }

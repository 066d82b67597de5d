"""Full recall (全额回收): which step, which date, what stops it."""

from __future__ import annotations

from collections.abc import Mapping

from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import AccountState
from actions.conversation.answering import answers
from actions.conversation.cards import Card, timeline_card
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import (
    TopicAction,
    about_what_there_is,
    personal,
    special_side,
)
from actions.conversation.turn import Turn
from actions.topics import brief


class ActionRecall(TopicAction):
    """ask_full_recall."""

    topic = "recall"


def _recall(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    values = {"name": turn.display_name, **brief.recall_values(turn, desk, borrower_id)}
    found = values["recalled"]
    if not found:
        return Reply("recall.none_yet", values)
    return Reply(
        "recall.personal",
        values,
        card=_steps(found, desk.renderer.labels["card"]),
        details=f"quote:{QuoteKind.DUE_NOW.value}",
        clauses=tuple(one.terms.clause("recall") for one in found),
    )


def _steps(found: tuple[AccountState, ...], words: Mapping[str, str]) -> Card:
    rows = [
        (day, words[name], account.display_name, name)
        for account in found
        for name, day in (
            ("recall_warned", account.recall.warned_on),
            ("recall_noticed", account.recall.noticed_on),
            ("recall_effective", account.recall.effective_on),
        )
        if day is not None
    ]
    return timeline_card(words["recall"], rows)


_own = personal("recall.general", _recall)


@answers("ask_full_recall")
def full_recall(turn: Turn, desk: Desk) -> Reply:
    """Whether and why it comes is for a borrower how far it has come."""
    return own_recall(turn, desk) or _own(turn, desk)


def own_recall(turn: Turn, desk: Desk) -> Reply | None:
    """How far it has come, for whoever asks whether it will or why it did; None for the others."""
    side = special_side(turn, desk)
    if turn.borrower_id is None or side not in ("recall.whether", "recall.early"):
        return None
    found = _recall(turn, desk, turn.borrower_id)
    if side == "recall.early" and not found.values["recalled"]:
        return None
    return about_what_there_is(turn, desk, found)

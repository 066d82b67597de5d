"""Full recall (全额回收): which step, which date, what stops it."""

from __future__ import annotations

from collections.abc import Mapping

from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import AccountState
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.cards import Card, timeline_card
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import TopicAction, personal
from actions.conversation.turn import Turn
from actions.topics import brief
from actions.topics.brief import owed


class ActionRecall(TopicAction):
    """ask_full_recall."""

    topic = "recall"


def _recall(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    state = desk.engine.state(borrower_id)
    chosen = accounts.asked(turn, state)
    found = accounts.recalled(chosen)
    if not found:
        values = {"name": turn.display_name, "overdue": accounts.overdue(chosen)}
        return Reply("recall.none_yet", values)
    arrears = owed(desk, borrower_id)
    return Reply(
        "recall.personal",
        {
            "name": turn.display_name,
            "recalled": found,
            "others": tuple(one for one in chosen if one not in found),
            "cure": brief.cures(found, arrears),
        },
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


answers("ask_full_recall")(personal("recall.general", _recall, brief=brief.recall))

"""One product's default and the others."""

from __future__ import annotations

from account_engine.domain.payloads import RecallTrigger
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import TopicAction, personal, special_side
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.topics.brief import owed
from actions.topics.recall import recalled_already

_IN_FULL = "linkage.recall"


class ActionLinkage(TopicAction):
    """ask_cross_product."""

    topic = "linkage"


def _linkage(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    state = desk.engine.state(borrower_id)
    cross = tuple(
        account
        for account in accounts.recalled(state.accounts)
        if account.recall.trigger is RecallTrigger.CROSS_DEFAULT
    )
    if not state.linkage_effects and not cross:
        values = {
            "name": turn.display_name,
            "absent": accounts.absent(turn, state),
            "late": accounts.overdue(state.accounts),
            "owed": owed(desk, borrower_id),
        }
        return Reply("linkage.none_yet", values)
    return Reply(
        "linkage.personal",
        {
            "name": turn.display_name,
            "effects": state.linkage_effects,
            "names": accounts.names(state),
            "cross_recalled": cross,
        },
        details="quote:due_now",
    )


_own = personal("linkage.general", _linkage)


@answers("ask_cross_product")
def cross_product(turn: Turn, desk: Desk) -> Reply:
    """Whether one must be repaid in full because of the other is, once it is so, the own recall.

    So is what paying the one does to the other: "把借呗补上，花呗那边会怎样".
    """
    in_full = special_side(turn, desk) == _IN_FULL or figure_words().makes_up.search(turn.text)
    return (recalled_already(turn, desk) if in_full else None) or _own(turn, desk)

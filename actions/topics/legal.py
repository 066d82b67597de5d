"""Courts, lists, time limits, and whether the family has to pay."""

from __future__ import annotations

from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import (
    TopicAction,
    fixed,
    general,
    own_line,
    ruled,
    special_side,
)
from actions.conversation.turn import Turn

# Steps that only come of being late. Of a letter or a summons that came, the rule alone is told.
_FEARED = frozenset(
    {None, "legal.prison", "legal.how_long", "legal.list", "legal.freeze", "legal.home"}
)


class ActionLegal(TopicAction):
    """ask_legal_risk, ask_family_liability."""

    topic = "legal"


answers("ask_legal_risk")(ruled("legal.general"))
answers("ask_children")(fixed("legal.children"))
answers("ask_family_liability")(general("family.general"))


@own_line("legal", first=True)
def nothing_late(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """That nothing is late, for whoever fears a step that is far away."""
    if special_side(turn, desk) not in _FEARED:
        return None
    late = accounts.overdue(desk.engine.state(borrower_id).accounts)
    return None if late else Reply("brief.not_late")

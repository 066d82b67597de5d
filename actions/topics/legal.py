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

_HOW_LONG = "legal.how_long"
_NOT_LATE = "brief.not_late"
_WILL_THEY_SUE = frozenset({None, _HOW_LONG, "legal.how_much"})
# Steps that only come of being late. Of a letter or a summons that came, the rule alone is told.
_FEARED = frozenset({None, "legal.prison", _HOW_LONG, "legal.list", "legal.freeze", "legal.home"})


class ActionLegal(TopicAction):
    """ask_legal_risk, ask_family_liability."""

    topic = "legal"


_ruled = ruled("legal.general")


@answers("ask_legal_risk")
def legal_risk(turn: Turn, desk: Desk) -> Reply:
    """The rule; whether they will be sued is a short answer where nothing is late.

    How long it takes is answered for everybody, then behind it: a letter may have come, of
    whatever truth.
    """
    side = special_side(turn, desk)
    if side in _WILL_THEY_SUE and _nothing_late(turn, desk):
        how_long = side == _HOW_LONG
        return Reply(_HOW_LONG, lead=_NOT_LATE) if how_long else Reply("legal.not_late")
    return _ruled(turn, desk)


def _nothing_late(turn: Turn, desk: Desk) -> bool:
    """Whether a borrower asks for themselves, and none of their accounts is late."""
    if turn.borrower_id is None or desk.situations.about_somebody_else(turn):
        return False
    return not accounts.overdue(desk.engine.state(turn.borrower_id).accounts)


answers("ask_children")(fixed("legal.children"))
answers("ask_family_liability")(general("family.general"))


@own_line("legal", first=True)
def nothing_late(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """That nothing is late, for whoever fears a step that is far away; else how late it is."""
    side = special_side(turn, desk)
    late = accounts.overdue(desk.engine.state(borrower_id).accounts)
    if late and side in _WILL_THEY_SUE:
        return Reply("brief.legal", {"late": late})
    return None if late or side not in _FEARED else Reply(_NOT_LATE)

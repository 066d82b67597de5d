"""Whether policy has a later day for a borrower: none is offered where there is none.

"来不及的，点晚几天还" is no help to somebody whose whole debt was called in. The engine is asked
before a sentence or a button speaks of it.
"""

from __future__ import annotations

from account_engine.domain.negotiation.errors import InvalidWish
from account_engine.domain.negotiation.policy import Tool
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.payloads import HardshipKind
from actions.conversation import accounts
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn

LATER_DAY = "may_wait"  # what templates ask
_BUTTON = "extension"
_INSTEAD = "negotiate"
_LONGER_THAN_ANY = 365


def only_if_possible(reply: Reply, turn: Turn, desk: Desk) -> Reply:
    """`reply` without the button for a later day where this borrower can have none."""
    standing = desk.renderer.wording.replies[reply.key].buttons
    buttons = standing if reply.buttons is None else reply.buttons
    if _BUTTON not in buttons or turn.borrower_id is None:
        return reply
    possible = can_wait(turn, desk, turn.borrower_id)
    values = {**reply.values, LATER_DAY: possible}
    if possible:
        return reply.changed(values=values)
    instead = () if turn.active_form else (_INSTEAD,)
    kept = (name for one in buttons for name in (instead if one == _BUTTON else (one,)))
    return reply.changed(values=values, buttons=tuple(dict.fromkeys(kept)))


def can_wait(turn: Turn, desk: Desk, borrower_id: str) -> bool:
    """Whether what is due could all be paid on one later day, with the hardship that was told."""
    told = turn.wishes.get("hardship")
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    wishes = Wishes(
        extension_days=_LONGER_THAN_ANY,
        hardship=HardshipKind(told) if told else None,
        scope=tuple(one.account_id for one in chosen),
    )
    try:
        proposal = desk.engine.propose(borrower_id, wishes)
    except InvalidWish:
        return False
    return any(option.tool is Tool.EXTENSION for option in proposal.options)

"""What collection may and may not do, and what a borrower reports of it."""

from __future__ import annotations

from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Form, Reply
from actions.conversation.topic import TopicAction, side
from actions.conversation.turn import Turn
from actions.topics.handoff import hand_over

_HARASSMENT = "report_harassment"
_ON_RECORD = "collection.harassed"


class ActionCollection(TopicAction):
    """ask_collection."""

    topic = "collection"


@answers("ask_collection")
def collection(turn: Turn, desk: Desk) -> Reply:
    """The rules; abuse that is reported goes on record at once, with a number."""
    reported = desk.focus.reply_for(_HARASSMENT, turn.text)
    if reported is None:
        return Reply(side(turn, desk, "collection.general"))
    opened = hand_over(turn, desk, "harassment", key=_ON_RECORD)
    if opened.key != _ON_RECORD:  # there is a case already, or the queue cannot be reached
        return Reply(reported)
    return opened.changed(form=Form.RESUME, trouble=False)

"""Whether, when and how somebody was told that all is to be paid at once."""

from __future__ import annotations

from actions.conversation.answering import answers, by_intent
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.topics.recall import standing

_RULE = "recall.dispute"
_OF_A_RECALL = "ask_full_recall"


@answers("ask_notice_sent")
def notice_sent(turn: Turn, desk: Desk) -> Reply:
    """The notice on record; where none is and no recall was spoken of, what the intent says."""
    if turn.borrower_id is None:
        return by_intent(turn, desk, _RULE)
    found = standing(turn, desk, turn.borrower_id)
    if found["recalled"]:
        return Reply("recall.noticed", found)
    if turn.intent == _OF_A_RECALL:
        return Reply("recall.not_noticed", found)
    return by_intent(turn, desk, _RULE)

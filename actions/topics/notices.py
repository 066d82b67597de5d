"""Whether, when and how somebody was told that all is to be paid at once."""

from __future__ import annotations

from dataclasses import replace

from actions.conversation.answering import answers, by_intent
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import asked_as
from actions.conversation.turn import Turn
from actions.topics.recall import recalled_already, standing

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


@answers("ask_notice_meaning")
def notice_meaning(turn: Turn, desk: Desk) -> Reply:
    """ "收到个通知看不懂": what the notice on record says; where none is, what the intent says."""
    found = recalled_already(replace(turn, intent=_OF_A_RECALL), desk)
    return found or by_intent(turn, desk, _RULE)


@answers("ask_still_in_time")
def still_in_time(turn: Turn, desk: Desk) -> Reply:
    """ "还来得及补吗": until when a notice that runs can be stopped, else what paying now does."""
    if turn.borrower_id is not None and not desk.situations.about_somebody_else(turn):
        found = standing(turn, desk, turn.borrower_id)
        if found["cure"]:
            return Reply("recall.ends", found, details="quote:overdue")
    return asked_as("ask_overdue_consequences")(turn, desk)

"""What a word of the trade means ("什么是 DPD")."""

from __future__ import annotations

from actions.conversation.answering import answers, by_intent
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.knowledge.glossary import EXPLAIN


@answers(EXPLAIN)
def explain(turn: Turn, desk: Desk) -> Reply:
    """The word's meaning; nothing of the borrower's own, which was not asked for."""
    key = desk.glossary.reply_for(turn.text)
    return Reply(key) if key is not None else by_intent(turn, desk, "unclear.first")

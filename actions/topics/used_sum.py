"""What a sum that was spent makes: a rule, where it is no part of a bill that is known."""

from __future__ import annotations

from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import ruled
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words

USED = "amount.used"
_BILLED = "huabei"
_rule = ruled(USED)


def of_a_used_sum(turn: Turn, desk: Desk) -> Reply | None:
    """ "花呗刷了八百，到时候还多少"; None where the own books answer: a loan, all that is owed."""
    if set(turn.values("product")) != {_BILLED} or figure_words().in_all.search(turn.text):
        return None
    return _rule(turn, desk)

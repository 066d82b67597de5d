"""A part paid ahead, and what is debited on the due day all the same."""

from __future__ import annotations

from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import with_own_line
from actions.conversation.turn import Turn
from actions.topics.partial import early_though_late


@answers("ask_part_then_debit")
def part_then_debit(turn: Turn, desk: Desk) -> Reply:
    """ "先还一部分，到期还会扣吗": the rule; of what is late, that nothing of it is early."""
    late = early_though_late(turn, desk)
    if late is not None:
        return late.changed(coda="partial.late_then_debit")
    return with_own_line(Reply("partial.then_debit"), turn, desk)

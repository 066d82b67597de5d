"""Is it genuine, and fraud going on."""

from __future__ import annotations

from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import TopicAction, fixed, general
from actions.conversation.turn import Turn

# What the call or message says of the borrower, in `focus/authenticity.yml`.
_TOLD_TO_BE_LATE = "told_to_be_late"


class ActionAuthenticity(TopicAction):
    """ask_authenticity, report_fraud."""

    topic = "authenticity"


@answers("ask_authenticity")
def authenticity(turn: Turn, desk: Desk) -> Reply:
    """Whoever is called though nothing is late is told so first: no sign is better."""
    told = general("authenticity.general")(turn, desk)
    lead = desk.focus.reply_for(_TOLD_TO_BE_LATE, turn.text)
    if turn.borrower_id is None or lead is None or told.lead:
        return told
    late = accounts.overdue(desk.engine.state(turn.borrower_id).accounts)
    return told if late else told.changed(lead=lead)


answers("report_fraud")(general("authenticity.fraud_now"))
answers("fraud_going_on")(fixed("authenticity.fraud_now"))

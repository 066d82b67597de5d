"""Is it genuine, and fraud going on."""

from __future__ import annotations

from actions.conversation.answering import answers
from actions.conversation.topic import TopicAction, fixed, general


class ActionAuthenticity(TopicAction):
    """ask_authenticity, report_fraud."""

    topic = "authenticity"


answers("ask_authenticity")(general("authenticity.general"))
answers("report_fraud")(general("authenticity.fraud_now"))
answers("fraud_going_on")(fixed("authenticity.fraud_now"))

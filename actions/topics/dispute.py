"""Paid but still asked for, and "not my loan"."""

from __future__ import annotations

from actions.conversation.answering import answers
from actions.conversation.topic import TopicAction, general


class ActionDispute(TopicAction):
    """dispute_payment, dispute_debt."""

    topic = "dispute"


answers("dispute_payment")(general("dispute_payment.general"))
answers("dispute_debt")(general("dispute_debt.general"))

"""How to pay, early, in part, in which order; debits; proof."""

from __future__ import annotations

from actions.conversation.answering import answers
from actions.conversation.topic import TopicAction, general, personal
from actions.topics.amount import payoff


class ActionRepayment(TopicAction):
    """ask_repayment_method, ask_auto_debit, ask_early_settlement, ask_partial_payment, …"""

    topic = "repayment"


answers("ask_repayment_method")(general("method.general"))
answers("ask_auto_debit")(general("autodebit.general"))
answers("ask_early_settlement")(personal("early.general", payoff))
answers("ask_partial_payment")(general("partial.general"))
answers("ask_repay_priority")(general("priority.general"))
answers("request_proof")(general("proof.general"))

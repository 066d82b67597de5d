"""How to pay, early, in part, in which order; debits; proof."""

from __future__ import annotations

from account_engine.domain.quote import QuoteKind
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.cards import quote_card
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import TopicAction, general, personal
from actions.conversation.turn import Turn


class ActionRepayment(TopicAction):
    """ask_repayment_method, ask_auto_debit, ask_early_settlement, ask_partial_payment, …"""

    topic = "repayment"


def _early(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """Everything, if it were all paid today."""
    state = desk.engine.state(borrower_id)
    ids = tuple(account.account_id for account in accounts.asked(turn, state))
    quote = desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL, account_ids=ids)
    if quote.total.fen <= 0:
        return Reply("amount.nothing", {"name": turn.display_name})
    names, labels = accounts.names(state), desk.renderer.labels
    return Reply(
        "early.personal",
        {"name": turn.display_name, "quote": quote, "names": names},
        card=quote_card(quote, names, labels, labels["card"]["payoff"]),
        details="quote:payoff_all",
    )


answers("ask_repayment_method")(general("method.general"))
answers("ask_auto_debit")(general("autodebit.general"))
answers("ask_early_settlement")(personal("early.general", _early))
answers("ask_partial_payment")(general("partial.general"))
answers("ask_repay_priority")(general("priority.general"))
answers("request_proof")(general("proof.general"))

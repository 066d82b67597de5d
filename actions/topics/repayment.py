"""How to pay, what is debited by itself, and proof of having paid."""

from __future__ import annotations

from actions.conversation import accounts
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import TopicAction, asked_as, own_line, ruled, special_side
from actions.conversation.turn import Turn
from actions.topics.settled import settled


class ActionRepayment(TopicAction):
    """ask_repayment_method, ask_auto_debit, ask_early_settlement, ask_partial_payment, …"""

    topic = "repayment"


_own_method = ruled("method.general")


@answers("ask_repayment_method")
def method(turn: Turn, desk: Desk) -> Reply:
    """How to pay; who has nothing to pay with is asked what can be borne instead."""
    in_need = special_side(turn, desk) == "hardship.general" and turn.known
    return the_answer("state_hardship")(turn, desk) if in_need else _own_method(turn, desk)


_debit = ruled("autodebit.general")


@answers("ask_auto_debit")
def auto_debit(turn: Turn, desk: Desk) -> Reply:
    """As the side asked; but "not debited yet" is a failure once the due date has passed."""
    reply = _debit(turn, desk)
    if reply.key != "autodebit.not_yet" or turn.borrower_id is None:
        return reply
    late = accounts.overdue(accounts.asked(turn, desk.engine.state(turn.borrower_id)))
    return reply.changed(key="autodebit.failed") if late else reply


answers("request_proof")(ruled("proof.general"))
answers("ask_how_to_pay")(asked_as("ask_repayment_method"))


@own_line("proof")
def _settled(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """Only a settlement certificate depends on what is still owed."""
    return None if special_side(turn, desk) else settled(turn, desk, borrower_id)

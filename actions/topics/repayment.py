"""How to pay, what is debited by itself, and proof of having paid."""

from __future__ import annotations

from actions.conversation import accounts
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import TopicAction, asked_as, own_line, ruled, special_side
from actions.conversation.turn import Turn
from actions.topics import brief
from actions.topics.settled import settled


class ActionRepayment(TopicAction):
    """ask_repayment_method, ask_auto_debit, ask_early_settlement, ask_partial_payment, …"""

    topic = "repayment"


_own_method = ruled("method.general")
# Asked of a payment that was made, or debited: what the books have of it goes first.
_OF_A_PAYMENT = frozenset({"autodebit.card_paid", "method.paid_nothing_due"})
# What is still overdue can be paid, so that a page which lets nobody pay has another reason.
_IF_LATE = {"method.paid_nothing_due": "method.fails"}


@answers("ask_repayment_method")
def method(turn: Turn, desk: Desk) -> Reply:
    """How to pay; who has nothing to pay with is asked what can be borne instead."""
    in_need = special_side(turn, desk) == "hardship.general" and turn.known
    if in_need:
        return the_answer("state_hardship")(turn, desk)
    return _with_the_payment(_own_method(turn, desk), turn, desk)


def _with_the_payment(reply: Reply, turn: Turn, desk: Desk) -> Reply:
    """The last payment in the books before the rule; None of it for a product that is not held."""
    if reply.key not in _OF_A_PAYMENT or reply.coda is None or turn.borrower_id is None:
        return reply
    seen = brief.payment(turn, desk, turn.borrower_id)
    key = reply.key
    if accounts.overdue(seen.values["accounts"]):
        key = _IF_LATE.get(key, key)
    values = {**reply.values, **seen.values}
    return reply.changed(key=key, values=values, lead=seen.key, coda=None)


_debit = ruled("autodebit.general")
_PROOF_HOW = "proof.how"  # how to get the certificate that all is settled


@answers("ask_auto_debit")
def auto_debit(turn: Turn, desk: Desk) -> Reply:
    """As the side asked; but "not debited yet" is a failure once the due date has passed."""
    reply = _with_the_payment(_debit(turn, desk), turn, desk)
    if reply.key != "autodebit.not_yet" or turn.borrower_id is None:
        return reply
    late = accounts.overdue(accounts.asked(turn, desk.engine.state(turn.borrower_id)))
    return reply.changed(key="autodebit.failed") if late else reply


answers("request_proof")(ruled("proof.general"))
answers("ask_how_to_pay")(asked_as("ask_repayment_method"))


@own_line("proof")
def _settled(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """Only a settlement certificate depends on what is still owed."""
    of_another = special_side(turn, desk) not in (None, _PROOF_HOW)
    return None if of_another else settled(turn, desk, borrower_id)

"""How to pay, what is debited by itself, and proof of having paid."""

from __future__ import annotations

from collections.abc import Sequence

from account_engine.domain.state import AccountState
from actions.conversation import accounts
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import (
    TopicAction,
    asked_as,
    own_line,
    ruled,
    special_side,
    with_own_line,
)
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
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
_NOT_YET = "autodebit.not_yet"
_NOT_TODAY = "autodebit.not_today"
# What is said of the due day itself.
_HOURS = frozenset({"autodebit.time", "autodebit.again"})
_OF_THE_DAY = frozenset(_HOURS | {_NOT_YET, "autodebit.failed", "autodebit.failed_with_money"})


@answers("ask_auto_debit")
def auto_debit(turn: Turn, desk: Desk) -> Reply:
    """As the side asked; but "not debited yet" is a failure once the due date has passed."""
    reply = _with_the_payment(_debit(turn, desk), turn, desk)
    if turn.borrower_id is None:
        return reply
    told = _of_another_day(reply, turn, desk, turn.borrower_id)
    if told.key != _NOT_YET or told.lead or figure_words().due_today.search(turn.text):
        return told
    late = accounts.overdue(accounts.asked(turn, desk.engine.state(turn.borrower_id)))
    return told.changed(key="autodebit.failed") if late else told


def _of_another_day(reply: Reply, turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "今天还款日怎么没扣", where nothing of theirs falls due today: that goes first."""
    said = figure_words().due_today.search(turn.text)
    if reply.key not in _OF_THE_DAY or reply.lead or not said:
        return reply
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    if not chosen or any(row.due == turn.today for one in chosen for row in one.schedule):
        return reply
    if not accounts.overdue(chosen):
        return Reply(_NOT_TODAY, {"accounts": chosen}) if _to_come(chosen) else reply
    return reply.changed(lead="autodebit.due_before") if reply.key in _HOURS else reply


def _to_come(chosen: Sequence[AccountState]) -> bool:
    return any(one.next_due for one in chosen)


@answers("ask_debit_not_yet")
def debit_not_yet(turn: Turn, desk: Desk) -> Reply:
    """ "今天是还款日，怎么还没扣": the rule of that day, unless it is another one."""
    told = with_own_line(Reply(_NOT_YET), turn, desk)
    return told if turn.borrower_id is None else _of_another_day(told, turn, desk, turn.borrower_id)


answers("request_proof")(ruled("proof.general"))
answers("ask_how_to_pay")(asked_as("ask_repayment_method"))


@own_line("proof")
def _settled(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """Only a settlement certificate depends on what is still owed."""
    of_another = special_side(turn, desk) not in (None, _PROOF_HOW)
    return None if of_another else settled(turn, desk, borrower_id)

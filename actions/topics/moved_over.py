"""What the minimum of one product leaves in hand, beside the next payment of the other."""

from __future__ import annotations

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import AccountState
from actions.conversation import accounts
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.topics.after_part import revolves


@answers("ask_spared_for_other")
def spared_for_other(turn: Turn, desk: Desk) -> Reply:
    """ "花呗省下来的先还借呗 够吗": the bill less its minimum beside the loan's next payment."""
    if turn.borrower_id is None:
        return the_answer("ask_minimum_payment")(turn, desk)
    held = desk.engine.state(turn.borrower_id).accounts
    bills = [one for one in held if revolves(one)]
    loans = [one for one in held if not revolves(one)]
    if len(bills) != 1 or len(loans) != 1:
        return the_answer("ask_repay_priority")(turn, desk)
    bill, loan = bills[0], loans[0]
    to_pay, least = _to_pay(desk, turn.borrower_id, bill), _least(desk, turn.borrower_id, bill)
    wanted = _to_pay(desk, turn.borrower_id, loan)
    spared = to_pay - least
    if least.fen <= 0 or wanted.fen <= 0:
        return the_answer("ask_repay_priority")(turn, desk)
    values = {
        "bill": bill,
        "loan": loan,
        "least": least,
        "to_pay": to_pay,
        "spared": spared,
        "wanted": wanted,
        "short": max(wanted - spared, Money.zero),
        "over": max(spared - wanted, Money.zero),
        "late": accounts.overdue(held),
    }
    return Reply("minimum.spared", values)


def _to_pay(desk: Desk, borrower_id: str, account: AccountState) -> Money:
    """What is due on the account; before that the next payment."""
    ids = (account.account_id,)
    due = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, account_ids=ids).total
    return due if due.fen > 0 else account.next_due_amount


def _least(desk: Desk, borrower_id: str, account: AccountState) -> Money:
    ids = (account.account_id,)
    return desk.engine.quote(borrower_id, QuoteKind.MINIMUM, account_ids=ids).total

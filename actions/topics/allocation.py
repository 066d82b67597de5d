"""How a payment is applied: on the borrower's own debt, part by part."""

from __future__ import annotations

from account_engine.domain.money import Money
from account_engine.domain.state import AccountState, BorrowerState
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import about_what_there_is, with_own_line
from actions.conversation.turn import Turn
from actions.topics.sum_to_pay import sum_to_pay

_RULE = "priority.allocation"


@answers("ask_allocation")
def allocation(turn: Turn, desk: Desk) -> Reply:
    """ "先还五万，先算利息还是本金": what that sum would pay today; without one, the rule.

    On one account only: of several the borrower says which.
    """
    fen = sum_to_pay(turn)
    if turn.borrower_id is None or not fen:
        return with_own_line(Reply(_RULE), turn, desk)
    state = desk.engine.state(turn.borrower_id)
    chosen = accounts.overdue(accounts.asked(turn, state)) or accounts.asked(turn, state)
    found = tuple(_paid(desk, turn, one, fen) for one in chosen)
    values = {"amount": fen, "found": found}
    return about_what_there_is(turn, desk, Reply("partial.allocated", values))


def _paid(
    desk: Desk, turn: Turn, account: AccountState, fen: int
) -> tuple[AccountState, dict[str, Money]]:
    """What the sum pays on that account, by the part of the debt."""
    paid = desk.engine.what_if_payment(
        str(turn.borrower_id), Money(fen), turn.today, account.account_id
    )
    before, after = (_so_far(one, account.account_id) for one in (paid.before, paid.after))
    return account, {name: after[name] - before[name] for name in after}


def _so_far(state: BorrowerState, account_id: str) -> dict[str, Money]:
    """All that was ever paid on the account, by the part of the debt."""
    of_it = [
        each for one in state.accounts if one.account_id == account_id for each in one.payments
    ]
    return {
        "fee": Money.total(one.fee for one in of_it),
        "penalty": Money.total(one.penalty for one in of_it),
        "interest": Money.total(one.interest for one in of_it),
        "principal": Money.total(one.principal for one in of_it),
    }

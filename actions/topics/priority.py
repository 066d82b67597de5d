"""Which debt to pay first, and what is urgent because of a recall."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.repay_order import RankedDebt
from account_engine.domain.state import RecallStage
from account_engine.domain.terms import ProductKind
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.supposed import Supposed
from actions.conversation.topic import asked_as, personal, with_own_line
from actions.conversation.turn import Turn
from actions.negotiation.values import SHORT
from actions.topics.own_case import case_first
from actions.topics.partial import effect_of_a_part
from actions.topics.stops import stops


def _threatened(debt: RankedDebt, recalled: Mapping[str, bool]) -> bool:
    """Whether paying the arrears can still keep the whole from being called in."""
    open_to_it = debt.recall_in_days is not None and not recalled[debt.account_id]
    return open_to_it and debt.arrears.fen > 0


def _priority(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """Dearest first, and what is urgent because of a recall."""
    amounts = tuple(turn.values("amount"))
    order = desk.engine.repay_order(borrower_id)
    fen = turn.amount_fen() if len(amounts) == 1 else None
    if fen and (len(order.cheapest) == 1 or _names_its_product(turn)):
        return effect_of_a_part(turn, desk, borrower_id)
    if len(amounts) > 1:  # a list of debts, many of them with other lenders
        return Reply("priority.general")
    if not order.cheapest:
        return Reply("amount.nothing", {"name": turn.display_name})
    state = desk.engine.state(borrower_id)
    recalled = {one.account_id: one in accounts.recalled(state.accounts) for one in state.accounts}
    threatened = (one for one in order.against_recall if _threatened(one, recalled))
    absent = accounts.absent(turn, state)
    called_in = tuple(one for one in state.accounts if one.recall.stage is RecallStage.EFFECTIVE)
    arrears = desk.engine.quote(borrower_id, QuoteKind.OVERDUE).by_account()
    first, on = order.cheapest[0], max(turn.coming_date() or turn.today, turn.today)
    return Reply(
        "priority.personal",
        {
            "amount": fen if first.arrears.fen > 0 else None,
            "on": on,
            "first": first,
            "left": _left_overdue(desk, borrower_id, Money(fen or 0), on, first.account_id),
            "called_in": called_in,
            "overdue": accounts.overdue(state.accounts),
            "stops": stops(desk, borrower_id, state, called_in, arrears),
            "name": turn.display_name,
            "absent": absent,
            "order": order,
            "names": accounts.names(state),
            "recalled": recalled,
            "urgent": next(threatened, None),
        },
        details="quote:overdue",
        supposes=Supposed(fen, on, first.account_id, turn.turns) if fen else None,
    )


def _names_its_product(turn: Turn) -> bool:
    """ "还给借呗" after a sum: chosen already."""
    return len(turn.text) <= SHORT and len(set(turn.values("product"))) == 1


def _left_overdue(
    desk: Desk, borrower_id: str, amount: Money, on: date, account_id: str
) -> Money | None:
    """What stays overdue on the account after that payment; None where nothing is paid."""
    if amount.fen <= 0:
        return None
    paid = desk.engine.what_if_payment(borrower_id, amount, on, account_id)
    return paid.after_quotes[QuoteKind.OVERDUE].by_account().get(account_id, Money.zero)


_own_priority = personal("priority.general", _priority)


@answers("ask_repay_priority")
def priority(turn: Turn, desk: Desk) -> Reply:
    """Which debt first: of the own ones, of those that a visitor told, else the rule."""
    of_the_case = None if turn.known else case_first(turn, desk)
    return of_the_case or _own_priority(turn, desk)


_most_pressing = personal("priority.general", _priority, sides=False)
answers("ask_most_pressing")(_most_pressing)
answers("ask_which_first")(asked_as("ask_repay_priority"))


@answers("ask_instalment_or_bill")
def instalment_or_bill(turn: Turn, desk: Desk) -> Reply:
    """ "分期的和当月的先还哪边": one bill with one minimum, for whoever has such a bill to pay.

    Where there is none, or all of it was called in, the order of the own debts.
    """
    if turn.borrower_id is not None:
        held = desk.engine.state(turn.borrower_id).accounts
        bills = (one for one in held if one.terms.kind is ProductKind.REVOLVING)
        if all(one.recall.stage is RecallStage.EFFECTIVE for one in bills):
            return asked_as("ask_repay_priority")(turn, desk)
    return with_own_line(Reply("priority.instalment_and_bill"), turn, desk)

"""What a figure of the borrower's own holds: the minimum, and all the interest of a loan."""

from __future__ import annotations

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import AccountState, RowOrigin, RowState
from actions.conversation import accounts
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import about_what_there_is
from actions.conversation.turn import Turn
from actions.topics.after_part import After, revolves

_NOT_COMING = frozenset({RowState.PAID, RowState.RECALLED, RowState.MOVED_TO_PLAN})


@answers("ask_why_minimum")
def why_minimum(turn: Turn, desk: Desk) -> Reply:
    """ "为什么我的最低还款是三百多": part by part; for visitors and loans the rule."""
    if turn.borrower_id is None:
        return Reply("minimum.meaning")
    state = desk.engine.state(turn.borrower_id)
    chosen = tuple(one for one in accounts.asked(turn, state) if revolves(one))
    if not chosen or accounts.missing(turn, state):
        return the_answer("ask_least_to_pay")(turn, desk)  # a loan has none
    ids = tuple(one.account_id for one in chosen)
    least = desk.engine.quote(turn.borrower_id, QuoteKind.MINIMUM, account_ids=ids)
    if least.total.fen <= 0 or accounts.recalled(chosen):
        return the_answer("ask_least_to_pay")(turn, desk)
    values = {"least": least, "names": accounts.names(state)}
    return Reply("minimum.explained", values, details="quote:minimum")


@answers("ask_minimum_cost")
def minimum_cost(turn: Turn, desk: Desk) -> Reply:
    """ "只还最低会多出多少利息": what a day adds to the rest once the minimum is paid."""
    told = the_answer("ask_least_to_pay")(turn, desk)
    supposes = told.supposes
    if turn.borrower_id is None or supposes is None:
        return told
    after = After(desk, turn.borrower_id, supposes)
    values = {
        "amount": supposes.fen,
        "a_day": after.a_day(),
        "still_late": accounts.overdue(after.on().after.accounts),
    }
    return Reply("minimum.cost", values, details="quote:minimum", supposes=supposes)


@answers("ask_whole_interest")
def whole_interest(turn: Turn, desk: Desk) -> Reply:
    """ "借呗利息一共要付多少": of all instalments, those that are paid, and those to come."""
    if turn.borrower_id is None:
        return the_answer("ask_price")(turn, desk)
    chosen = accounts.asked(turn, desk.engine.state(turn.borrower_id))
    loans = tuple(one for one in chosen if any(_of_loan(one)))
    if not loans:
        return the_answer("ask_own_penalty")(turn, desk)
    sums = {one.account_id: _interest(one) for one in loans}
    told = Reply("ledger.interest", {"accounts": loans, "sums": sums}, details="quote:payoff_all")
    return about_what_there_is(turn, desk, told)


def _of_loan(account: AccountState) -> tuple[Money, ...]:
    return tuple(row.interest for row in account.schedule if row.origin is RowOrigin.LOAN)


def _interest(account: AccountState) -> dict[str, Money]:
    """Interest paid so far, what is open of it, and that of the instalments to come."""
    rows = [row for row in account.schedule if row.origin is not RowOrigin.BILL]
    late = [row for row in rows if row.state is RowState.OVERDUE]
    ahead = [row for row in rows if row.state not in _NOT_COMING and row not in late]
    return {
        "paid": Money.total(one.interest for one in account.payments),
        "late": Money.total(row.interest - row.paid_interest for row in late),
        "ahead": Money.total(row.interest - row.paid_interest for row in ahead),
    }

"""What one day adds to the borrower's own debt: every day now, and since yesterday."""

from __future__ import annotations

from datetime import timedelta

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import AccountState, RowState, ScheduleRow
from account_engine.domain.terms import ProductKind
from actions.conversation import accounts
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.rates import a_day
from actions.conversation.reply import Reply
from actions.conversation.signing_in import signed_in
from actions.conversation.topic import about_what_there_is
from actions.conversation.turn import Turn
from actions.topics.penalty import none_yet
from actions.topics.tomorrow import tomorrow

_A_MONTH = 30  # days, as people mean it


@answers("ask_cost_of_a_day")
@signed_in
def cost_of_a_day(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "现在每天利息多少": the penalty that a day adds, and the price of what is not late."""
    state = desk.engine.state(borrower_id)
    chosen = accounts.asked(turn, state)
    late = accounts.overdue(chosen)
    loans = tuple(one for one in chosen if one.terms.kind is not ProductKind.REVOLVING)
    values = {
        "late": late,
        "names": accounts.names(state),
        "tomorrow": tomorrow(desk, borrower_id, late),
        "loans": tuple(one for one in loans if one.next_due),
        "daily": {one.account_id: a_day(one.annual_rate, one.terms) for one in loans},
    }
    if not late and not values["loans"]:
        return about_what_there_is(turn, desk, none_yet(turn, desk, state))
    told = Reply("penalty.each_day", values, details="quote:overdue")
    return about_what_there_is(turn, desk, told)


@answers("ask_cost_of_a_month")
@signed_in
def cost_of_a_month(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "一个月罚息多少": what thirty days add to what is late, else the next interest."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    late = accounts.overdue(chosen)
    if not late:
        return the_answer("ask_interest_share")(turn, desk)
    values = {
        "late": late,
        "days": _A_MONTH,
        "names": accounts.names(desk.engine.state(borrower_id)),
        "month": tomorrow(desk, borrower_id, late, _A_MONTH),
        "tomorrow": tomorrow(desk, borrower_id, late),
        "ahead": tuple((one, row) for one in chosen if (row := _next_with_interest(one))),
    }
    told = Reply("penalty.each_month", values, details="quote:overdue")
    return about_what_there_is(turn, desk, told)


def _next_with_interest(account: AccountState) -> ScheduleRow | None:
    """The instalment to come of a loan, for its interest by the contract."""
    rows = (row for row in account.schedule if row.state is RowState.UPCOMING)
    return next((row for row in rows if row.interest.fen), None)


@answers("ask_since_yesterday")
@signed_in
def since_yesterday(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "为啥比昨天又多了一块多": what is due today beside what was due yesterday."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    ids = tuple(one.account_id for one in chosen)
    day_before = turn.today - timedelta(days=1)
    before = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, day_before, ids).total
    now = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, turn.today, ids).total
    values = {
        "before": before,
        "today_due": now,
        "more": now - before,
        "fell_due": tuple(one for one in chosen if _fell_due(one, turn)),
        "tomorrow": tomorrow(desk, borrower_id, accounts.overdue(chosen)),
    }
    told = Reply("amount.since_yesterday", values, details="quote:due_now")
    return about_what_there_is(turn, desk, told)


def _fell_due(account: AccountState, turn: Turn) -> bool:
    """Whether a bill or an instalment has its due date today."""
    return any(row.due == turn.today and row.outstanding > Money.zero for row in account.schedule)

"""Instalments paid one by one: whether that still goes, and what paying one that is late leaves."""

from __future__ import annotations

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import AccountState, RecallStage, RowOrigin, RowState, ScheduleRow
from actions.conversation import accounts
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.signing_in import signed_in
from actions.conversation.supposed import Supposed
from actions.conversation.topic import about_what_there_is
from actions.conversation.turn import Turn
from actions.knowledge.figure_words import figure_words
from actions.topics.by_period import to_come_of
from nlu.entities.numerals import read_count


@answers("ask_still_by_rows")
@signed_in
def still_by_rows(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "还能一期一期还吗": not where the whole was called in; then how the instalments stand."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    called_in = tuple(one for one in chosen if _is_called_in(one))
    told = the_answer("ask_rows")(turn, desk)
    lead = "ledger.no_more_rows" if called_in else "ledger.still_rows"
    values = {**told.values, "recalled": called_in, "late": told.values.get("late", {})}
    return told if told.lead is not None else told.changed(values=values, lead=lead)


@answers("ask_one_late_row")
@signed_in
def one_late_row(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "先还十月那期行不": what that one is, and what is late still once it is paid today."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    rows = [(one, row) for one in chosen for row in _late(one)]
    if not rows:
        return the_answer("ask_early_settlement")(turn, desk)
    account, row = min(rows, key=lambda found: (not _named(found[1], turn), found[1].due))
    paid = desk.engine.what_if_payment(borrower_id, row.outstanding, turn.today, account.account_id)
    left = paid.after_quotes[QuoteKind.OVERDUE].by_account()
    values = {
        "account": account,
        "row": row,
        "left": left.get(account.account_id, Money.zero),
        "still_open": _left_of(row, accounts.by_id(paid.after.accounts)[account.account_id]),
        "called_in": _is_called_in(account),
        "asks_enough": figure_words().is_it_enough.search(turn.text),
    }
    supposes = Supposed(row.outstanding.fen, turn.today, account.account_id, turn.turns)
    told = Reply("partial.one_row", values, details="quote:overdue", supposes=supposes)
    return about_what_there_is(turn, desk, told)


@answers("ask_rows_ahead")
@signed_in
def rows_ahead(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "怎么看后面几个月要还的": where it is seen, and the instalments to come that are known."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    values = {
        "accounts": chosen,
        "ahead": {one.account_id: to_come_of(one) for one in chosen},
        "called_in": {one.account_id for one in chosen if _is_called_in(one)},
        "owed": desk.engine.quote(borrower_id, QuoteKind.OVERDUE).by_account(),
    }
    told = Reply("ledger.ahead", values, details="quote:payoff_all")
    return about_what_there_is(turn, desk, told)


def _is_called_in(account: AccountState) -> bool:
    return account.recall.stage is RecallStage.EFFECTIVE


def _late(account: AccountState) -> tuple[ScheduleRow, ...]:
    """Bills and instalments past their due date; what was called in is one row of its own."""
    return tuple(
        row
        for row in account.schedule
        if row.state is RowState.OVERDUE and row.origin is not RowOrigin.RECALL
    )


def _left_of(row: ScheduleRow, after: AccountState) -> Money:
    """What stays open of the row: a payment goes to the penalty and interest of all rows first."""
    return Money.total(one.outstanding for one in after.schedule if one.key == row.key)


def _named(row: ScheduleRow, turn: Turn) -> bool:
    month = figure_words().row_month.search(turn.text)
    return month is not None and read_count(month[1]) == row.original_due.month

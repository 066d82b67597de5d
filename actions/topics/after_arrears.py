"""What is still to be paid once everything that is due has been: "还了这期就正常了吧"."""

from __future__ import annotations

from dataclasses import replace

from account_engine.domain.money import Money
from account_engine.domain.quote import Quote, QuoteKind
from account_engine.domain.state import AccountState, RecallStage, RowState, ScheduleRow
from account_engine.domain.terms import ProductKind
from actions.conversation import accounts
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.signing_in import signed_in
from actions.conversation.topic import about_what_there_is, asked_as
from actions.conversation.turn import Turn


@answers("ask_after_arrears")
@signed_in
def after_arrears(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """Nothing is late any more then; what comes next, account by account."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    ids = tuple(one.account_id for one in chosen)
    owed = desk.engine.quote(borrower_id, QuoteKind.OVERDUE, account_ids=ids)
    everything = desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL, account_ids=ids)
    values = {
        "accounts": chosen,
        "late": accounts.overdue(chosen),
        "owed": owed,
        "left": everything.total - owed.total,
        "spared": tuple(one for one in chosen if _ends_the_notice(one, owed, turn, desk)),
        "next": tuple(one for one in chosen if one.next_due and not _called_in(one)),
        "rows": {one.account_id: _rows_to_come(one) for one in chosen},
    }
    told = Reply("amount.after_arrears", values, details="quote:payoff_all")
    return about_what_there_is(turn, desk, told)


def _rows_to_come(account: AccountState) -> tuple[ScheduleRow, ...]:
    """The instalments of a loan that are not due yet; none for a bill."""
    if account.terms.kind is ProductKind.REVOLVING:
        return ()
    return tuple(row for row in account.schedule if row.state is RowState.UPCOMING)


def _ends_the_notice(account: AccountState, owed: Quote, turn: Turn, desk: Desk) -> bool:
    """Whether a notice that runs is over once the arrears of the account are paid today."""
    arrears = owed.by_account().get(account.account_id, Money.zero)
    if _called_in(account) or not accounts.recalled((account,)) or not arrears.fen:
        return False
    paid = desk.engine.what_if_payment(
        str(turn.borrower_id), arrears, turn.today, account.account_id
    )
    return not accounts.recalled((accounts.by_id(paid.after.accounts)[account.account_id],))


def _called_in(account: AccountState) -> bool:
    return account.recall.stage is RecallStage.EFFECTIVE


@answers("ask_why_undue")
def why_undue(turn: Turn, desk: Desk) -> Reply:
    """ "那十九万没到期，为啥也要": why the whole is demanded; the sum is no payment."""
    others = tuple(one for one in turn.entities if one.kind != "amount")
    return asked_as("ask_full_recall")(replace(turn, entities=others), desk)


@answers("ask_only_arrears")
def only_arrears(turn: Turn, desk: Desk) -> Reply:
    """ "只还逾期的行不行": enough, unless the whole has been called in already."""
    if turn.borrower_id is not None:
        chosen = accounts.asked(turn, desk.engine.state(turn.borrower_id))
        if any(_called_in(one) for one in chosen):
            return asked_as("ask_full_recall")(turn, desk)
    return after_arrears(turn, desk)


@answers("ask_in_two")
@signed_in
def in_two(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "能不能分两次还": yes, and the least that keeps it from being late any longer."""
    told = the_answer("ask_least_to_pay")(turn, desk)
    if told.key != "minimum.personal":
        told = Reply("partial.how_much", {"due": _due(turn, desk, borrower_id)})
    return told.changed(lead="partial.can_split") if told.lead is None else told


def _due(turn: Turn, desk: Desk, borrower_id: str) -> Quote:
    ids = tuple(one.account_id for one in accounts.asked(turn, desk.engine.state(borrower_id)))
    return desk.engine.quote(borrower_id, QuoteKind.DUE_NOW, account_ids=ids)


@answers("ask_rest_next_month")
def rest_next_month(turn: Turn, desk: Desk) -> Reply:
    """ "先还1000剩的下个月还": for visitors the rule; on the own debt what that leaves.

    The month named is that of the rest, and what falls due before it is told.
    """
    if turn.borrower_id is None:
        return Reply("partial.rest_next_month")
    found = asked_as("ask_partial_payment")(turn, desk)
    if found.key == "partial.general":
        return found.changed(key="partial.rest_next_month")
    return found.changed(values={**found.values, "rest_next_month": True})

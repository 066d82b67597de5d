"""When the first instalment of an own loan fell due."""

from __future__ import annotations

from account_engine.domain.state import AccountState, ScheduleRow
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.signing_in import signed_in
from actions.conversation.topic import asked_as
from actions.conversation.turn import Turn
from actions.topics.parts import loans_among


@answers("ask_first_row")
@signed_in
def first_row(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "借呗第一次还款是哪天": the first instalment of each loan; the rule without one."""
    state = desk.engine.state(borrower_id)
    firsts = ((one, _first(one)) for one in loans_among(accounts.asked(turn, state)))
    found = tuple((one, row) for one, row in firsts if row is not None)
    if not found or accounts.missing(turn, state):
        return asked_as("query_due_date")(turn, desk)
    return Reply("ledger.row", {"found": found}, details="quote:payoff_all")


def _first(account: AccountState) -> ScheduleRow | None:
    return next((row for row in account.schedule if row.number == 1), None)

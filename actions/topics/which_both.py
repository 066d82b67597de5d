"""What the figure that was told is of: one product or all, and why it is another than before."""

from __future__ import annotations

from account_engine.domain.quote import QuoteKind
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.last_question import LastQuestion
from actions.conversation.reply import Reply
from actions.conversation.signing_in import signed_in
from actions.conversation.turn import Turn
from actions.topics.tomorrow import tomorrow


@answers("ask_whether_both")
@signed_in
def whether_both(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """Each product by itself and all together: what is due, else the next due dates."""
    state = desk.engine.state(borrower_id)
    due = desk.engine.quote(borrower_id, QuoteKind.DUE_NOW)
    last = LastQuestion.of(turn)
    named = {one.value for one in last.products} if last else set()
    of_one = [one for one in state.accounts if one.product_id.removesuffix("_like") in named]
    values = {
        "accounts": state.accounts,
        "owed": due if due.total.fen > 0 else desk.engine.quote(borrower_id, QuoteKind.NEXT_BILL),
        "is_due": due.total.fen > 0,
        "only": of_one[0] if len(of_one) == 1 and len(state.accounts) > 1 else None,
        "names": accounts.names(state),
    }
    return Reply("amount.both", values, details="quote:due_now")


@answers("ask_why_changed")
@signed_in
def why_changed(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """ "你刚才说20块11，怎么又变了": what is due, what all of it is, and what a day adds."""
    state = desk.engine.state(borrower_id)
    late = accounts.overdue(state.accounts)
    values = {
        "due": desk.engine.quote(borrower_id, QuoteKind.DUE_NOW).total,
        "all": desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL).total,
        "tomorrow": tomorrow(desk, borrower_id, late) if late else None,
    }
    return Reply("amount.changed", values, details="quote:due_now")

"""What remains after a payment that was supposed: "先还五百" … "还剩多少"."""

from __future__ import annotations

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from actions.conversation import accounts
from actions.conversation.desk import Desk
from actions.conversation.last_question import LastQuestion
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn

SUPPOSES_A_PAYMENT = frozenset({"ask_partial_payment", "ask_part"})


def left_after_part(turn: Turn, desk: Desk) -> Reply | None:
    """Everything that is left then, and what of it is due; None where no payment was supposed."""
    last = LastQuestion.of(turn)
    fen = turn.amount_fen()
    if turn.borrower_id is None or last is None or not fen:
        return None
    if last.answer not in SUPPOSES_A_PAYMENT:
        return None
    state = desk.engine.state(turn.borrower_id)
    chosen = accounts.asked(turn, state) if turn.entity("product") else ()
    only = chosen[0].account_id if len(chosen) == 1 else None
    on = max(turn.coming_date() or turn.today, turn.today)
    found = desk.engine.what_if_payment(turn.borrower_id, Money(fen), on, only)
    values = {
        "amount": fen,
        "on": on,
        "due": found.after_quotes[QuoteKind.DUE_NOW].total,
        "left": found.after_quotes[QuoteKind.PAYOFF_ALL].total,
        "still_late": accounts.overdue(found.after.accounts),
    }
    return Reply("partial.left", values, details="quote:due_now")

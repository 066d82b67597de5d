"""What remains after a payment that was supposed: "先还五百" … "还剩多少"."""

from __future__ import annotations

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from actions.conversation import accounts, memory
from actions.conversation.desk import Desk
from actions.conversation.last_question import LastQuestion
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.negotiation.offers import proposal_for

SUPPOSES_A_PAYMENT = frozenset({"ask_partial_payment", "ask_part"})


def left_after_part(turn: Turn, desk: Desk) -> Reply | None:
    """Everything that is left then, and what of it is due; None where no payment was supposed."""
    last = LastQuestion.of(turn)
    fen = turn.amount_fen()
    if turn.borrower_id is None or last is None or not fen:
        return None
    if last.answer not in SUPPOSES_A_PAYMENT:
        return None
    return _left(turn, desk, turn.borrower_id, fen)


def left_after_wish(turn: Turn, desk: Desk) -> Reply | None:
    """The same for a part offered in the form ("那先还500行吗") that no offer takes up."""
    wishes = turn.slots.get(memory.WISHES) or {}
    fen = wishes.get("down_payment")
    if turn.borrower_id is None or not turn.active_form or not fen:
        return None
    proposal = proposal_for(desk, turn.borrower_id, wishes)
    if any(len(one.schedule) > 1 for one in proposal.options):
        return None  # what is left is what the instalments are for
    return _left(turn, desk, turn.borrower_id, int(fen))


def _left(turn: Turn, desk: Desk, borrower_id: str, fen: int) -> Reply:
    state = desk.engine.state(borrower_id)
    chosen = accounts.asked(turn, state) if turn.entity("product") else ()
    only = chosen[0].account_id if len(chosen) == 1 else None
    on = max(turn.coming_date() or turn.today, turn.today)
    found = desk.engine.what_if_payment(borrower_id, Money(fen), on, only)
    values = {
        "amount": fen,
        "on": on,
        "due": found.after_quotes[QuoteKind.DUE_NOW].total,
        "left": found.after_quotes[QuoteKind.PAYOFF_ALL].total,
        "still_late": accounts.overdue(found.after.accounts),
    }
    return Reply("partial.left", values, details="quote:due_now")

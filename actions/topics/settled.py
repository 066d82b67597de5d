"""What is still to be paid before a product is settled or closed."""

from __future__ import annotations

from account_engine.domain.quote import QuoteKind
from actions.conversation import accounts
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn


def settled(turn: Turn, desk: Desk, borrower_id: str) -> Reply:
    """Whether a settlement certificate can be had already."""
    chosen = accounts.asked(turn, desk.engine.state(borrower_id))
    ids = tuple(one.account_id for one in chosen)
    quote = desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL, account_ids=ids)
    left = quote.by_account()
    still = tuple(one for one in chosen if one.account_id in left and left[one.account_id].fen)
    if not still:
        return Reply("brief.settled")
    return Reply("brief.not_settled", {"accounts": still, "owed": left}, details="quote:payoff_all")


def before_closing(turn: Turn, desk: Desk, borrower_id: str) -> Reply | None:
    """What has to be paid before a product can be closed; None where nothing is owed."""
    found = settled(turn, desk, borrower_id)
    still = found.values.get("accounts")
    return found.changed(key="brief.not_closed") if still else None

"""What is left to live on: income, the needs that were named, and what remains each month."""

from __future__ import annotations

from account_engine.domain.money import Money
from account_engine.domain.quote import QuoteKind
from actions.conversation import memory
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.negotiation.hearing import hear
from actions.negotiation.wishes import merged, to_engine

OF_A_BUDGET = ("income", "living_costs", "needs")


def _due(turn: Turn, desk: Desk) -> Money | None:
    """What is due now, to set beside what is left; None for visitors and where nothing is due."""
    if turn.borrower_id is None:
        return None
    total = desk.engine.quote(turn.borrower_id, QuoteKind.DUE_NOW).total
    return total if total.fen > 0 else None


@answers("ask_budget")
def budget(turn: Turn, desk: Desk) -> Reply:
    """ "每月还能剩多少": what was said about income and needs, and what is left of it."""
    wishes = merged(turn, hear(turn))
    asked = to_engine(wishes)
    if asked.income is None or asked.living_costs is None:
        return Reply("budget.unknown")
    values = {"asked": asked, "needs": wishes.get("needs") or {}, "due": _due(turn, desk)}
    return Reply("budget.left", values, slots={memory.WISHES: wishes})


def with_the_budget(turn: Turn, reply: Reply) -> Reply:
    """`reply`, with the income and the needs of the same message kept and read back before it."""
    before, wishes = turn.wishes, merged(turn, hear(turn))
    new = {name: wishes[name] for name in OF_A_BUDGET if wishes.get(name) != before.get(name)}
    if not new or reply.lead:
        return reply
    slots = {**reply.slots, memory.WISHES: {**before, **new}}
    values = {**reply.values, "wishes": new}
    return reply.changed(lead="wish.noted", values=values, slots=slots)

"""A figure of an offer that a borrower wants to hear confirmed."""

from __future__ import annotations

from account_engine.domain.negotiation.option import Option
from actions.conversation import memory
from actions.conversation.answering import answers, by_intent
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.negotiation.offers import find, proposal_for, titles


@answers("confirm_offer_sum")
def confirm_offer_sum(turn: Turn, desk: Desk) -> Reply:
    """ "到时候还2194.59对吧": whether an offer has that figure; if none has, theirs."""
    if turn.borrower_id is None:
        return by_intent(turn, desk, "choose.nothing")
    proposal = proposal_for(desk, turn.borrower_id, turn.wishes)
    chosen = find(proposal, turn.slots.get(memory.CHOSEN))
    named = list(zip(titles(proposal, desk), proposal.options, strict=True))
    meant = [named[chosen[0] - 1]] if chosen else named
    said = turn.amount_fen()
    fitting = [(title, one) for title, one in meant if said in _sums(one)]
    values = {"right": bool(fitting), "named": fitting or meant, "said": said}
    return Reply("choose.confirm_sum" if meant and said else "choose.nothing", values)


def _sums(option: Option) -> set[int]:
    """Every figure of an offer that a borrower may hold in their hand, in fen."""
    rows = {row.amount.fen for row in option.schedule}
    return rows | {option.total.fen, option.instalment.fen, option.total_cost.fen}

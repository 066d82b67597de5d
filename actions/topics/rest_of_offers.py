"""What an offer on the table, or what is due now, leaves of the debt."""

from __future__ import annotations

from account_engine.domain.money import Money
from account_engine.domain.negotiation.option import Option
from account_engine.domain.negotiation.policy import Tool
from account_engine.domain.quote import QuoteKind
from actions.conversation import memory
from actions.conversation.answering import answers, by_intent, the_answer
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.negotiation.offers import find, proposal_for, titles
from actions.topics.left import left_after_part, left_after_wish

# What these offers take up is the whole debt; the others leave what is not due yet as it is.
_EVERYTHING = frozenset({Tool.REAGE, Tool.LUMP_SUM})


@answers("ask_rest", "ask_left")
def ask_rest(turn: Turn, desk: Desk) -> Reply:
    """ "那剩下的呢": what the offer in question, or what is due now, leaves out."""
    if turn.borrower_id is None:
        return Reply("choose.rest_stranger")
    if (left := left_after_part(turn, desk) or left_after_wish(turn, desk)) is not None:
        return left
    if turn.active_form and "down_payment" in turn.wishes:
        # What is left is what the instalments are for.
        return the_answer("compare_offers")(turn, desk)
    quote = desk.engine.quote
    whole = quote(turn.borrower_id, QuoteKind.PAYOFF_ALL).total
    due = quote(turn.borrower_id, QuoteKind.DUE_NOW).total
    if whole.fen <= 0:
        return by_intent(turn, desk, "amount.nothing")
    title, option = _in_question(turn, desk, turn.borrower_id)
    whole_plans = () if option else _whole(turn, desk, turn.borrower_id)
    covered = due if option is None else _covered(option, desk, turn.borrower_id, due)
    rest = whole - covered
    state = desk.engine.state(turn.borrower_id)
    values = {
        "title": title,
        "whole_plans": whole_plans,
        "covered": covered,
        "minimum": option is not None and option.tool is Tool.PAY_MINIMUM,
        "rest": rest,
        "upcoming": [one for one in state.accounts if one.next_due and one.next_due_amount],
    }
    return Reply("choose.rest" if rest.fen > 0 else "choose.rest_nothing", values)


def _in_question(turn: Turn, desk: Desk, borrower_id: str) -> tuple[str | None, Option | None]:
    """The offer that was chosen, with its title."""
    if not turn.active_form or not turn.slots.get(memory.OFFERS):
        return None, None
    proposal = proposal_for(desk, borrower_id, turn.wishes)
    found = find(proposal, turn.slots.get(memory.CHOSEN))
    if found is None:
        return None, None
    number, option = found
    return titles(proposal, desk)[number - 1], option


def _whole(turn: Turn, desk: Desk, borrower_id: str) -> tuple[str, ...]:
    """The offers on the table that take up the whole debt, by their titles."""
    if not turn.active_form or not turn.slots.get(memory.OFFERS):
        return ()
    proposal = proposal_for(desk, borrower_id, turn.wishes)
    pairs = zip(titles(proposal, desk), proposal.options, strict=True)
    return tuple(title for title, option in pairs if option.tool in _EVERYTHING)


def _covered(option: Option, desk: Desk, borrower_id: str, due: Money) -> Money:
    """What the offer takes up of today's debt, waivers included."""
    if option.tool in _EVERYTHING:
        quote = desk.engine.quote(borrower_id, QuoteKind.PAYOFF_ALL, account_ids=option.account_ids)
        return quote.total
    if option.tool in (Tool.PAY_MINIMUM, Tool.BILL_INSTALMENT):
        return option.reaged
    return due if due.fen > 0 else option.reaged

"""The penalty rate that goes with a contract's rate: "日息万四逾期了是万分之几"."""

from __future__ import annotations

from account_engine.domain.money import Money
from account_engine.domain.quote import Component
from account_engine.services.supposition import InvalidSupposition
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.named_rate import named_rate
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.knowledge.conduct import dialogue
from actions.topics.supposition import newest_terms

_LOAN = "jiebei"
_DAYS_A_YEAR = 365


@answers("ask_penalty_of_rate")
def penalty_of_rate(turn: Turn, desk: Desk) -> Reply:
    """What the terms make of the named rate once a loan is late, the yearly cap included."""
    named, terms = named_rate(turn), newest_terms(_LOAN, desk)
    otherwise = the_answer("ask_penalty_rule")
    example = Money(dialogue().example_loan_fen)
    if named is None or terms is None:
        return otherwise(turn, desk)
    try:
        quote = desk.engine.hypothetical_penalty(terms.product_id, example, 1, named.yearly)
    except InvalidSupposition:
        return otherwise(turn, desk)
    line = next((one for one in quote.items if one.component is Component.PENALTY), None)
    if line is None or line.rate is None:
        return otherwise(turn, desk)
    values = {
        "daily": named.yearly / _DAYS_A_YEAR,
        "penalty": line.rate,
        "capped": Component.CAP in quote.by_component(),
        "a_day": line.amount + quote.by_component().get(Component.CAP, Money.zero),
        "base": example,
    }
    return Reply("penalty.of_rate", values)

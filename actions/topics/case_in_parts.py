"""The debt that a visitor told, in so many instalments at the price of the demo terms."""

from __future__ import annotations

from dataclasses import replace

from actions.conversation.answering import answers, by_intent
from actions.conversation.desk import Desk
from actions.conversation.own_case import OwnCase
from actions.conversation.reply import Reply
from actions.conversation.turn import Entity, Turn
from actions.topics.loan_supposition import supposed_loan


@answers("ask_case_in_parts")
def case_in_parts(turn: Turn, desk: Desk) -> Reply:
    """ "24期每期多少" … of what was told to be owed, as an example."""
    case = OwnCase.of(turn)
    debts = case.about(turn) if case else ()
    if not debts:
        return by_intent(turn, desk, "instalment.general")
    debt = debts[-1]
    others = tuple(one for one in turn.entities if one.kind not in ("amount", "product"))
    told = [Entity("amount", str(debt.fen))]
    told += [Entity("product", debt.product)] if debt.product else []
    found = supposed_loan(replace(turn, entities=(*others, *told)), desk)
    if found is None:
        return by_intent(turn, desk, "instalment.general")
    return found.changed(key="own_case.in_parts", buttons=("sign_in", "negotiate", "source"))

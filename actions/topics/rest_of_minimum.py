"""What is left once only the minimum of a bill is paid, and by when."""

from __future__ import annotations

from dataclasses import replace

from account_engine.domain.quote import QuoteKind
from account_engine.domain.state import RecallStage
from actions.conversation import accounts
from actions.conversation.answering import answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.supposed import Supposed
from actions.conversation.topic import asked_as, with_own_line
from actions.conversation.turn import Turn
from actions.topics.after_part import After, revolves
from actions.topics.brief import payment
from actions.topics.left import left_on


@answers("ask_rest_of_minimum")
def rest_of_minimum(turn: Turn, desk: Desk) -> Reply:
    """ "还了最低的剩下的呢": the same after the minimum, by the day named for the rest.

    It is paid today where the bill is late, else on its due date. What was called in has none.
    """
    undated = replace(turn, entities=tuple(one for one in turn.entities if one.kind != "date"))
    if turn.borrower_id is None:
        return asked_as("ask_minimum_payment")(undated, desk)
    held = accounts.asked(turn, desk.engine.state(turn.borrower_id))
    bills = tuple(one for one in held if revolves(one))
    ids = tuple(one.account_id for one in bills)
    least = desk.engine.quote(turn.borrower_id, QuoteKind.MINIMUM, account_ids=ids).total
    if least.fen <= 0 or len(bills) != 1 or bills[0].recall.stage is RecallStage.EFFECTIVE:
        return asked_as("ask_minimum_payment")(undated, desk)
    on = turn.today if bills[0].dpd else bills[0].next_due or turn.today
    supposed = Supposed(least.fen, on, ids[0], turn.turns)
    told = left_on(After(desk, turn.borrower_id, supposed), turn)
    return told.changed(values={**told.values, "is_minimum": True})


@answers("ask_minimum_was_paid")
def minimum_was_paid(turn: Turn, desk: Desk) -> Reply:
    """ "最低的我还过了": the rule, after the last payment that the books of the bill know."""
    told = with_own_line(Reply("minimum.was_paid"), turn, desk)
    if turn.borrower_id is None or told.lead:
        return told
    held = accounts.asked(turn, desk.engine.state(turn.borrower_id))
    bills = tuple(one for one in held if revolves(one))
    if not bills:
        return told
    if all(one.recall.stage is RecallStage.EFFECTIVE for one in bills):
        return asked_as("ask_minimum_payment")(turn, desk)  # none is left to choose
    known = payment(turn, desk, turn.borrower_id)
    values = {**known.values, **told.values, "accounts": bills}
    return told.changed(values=values, lead=known.key)

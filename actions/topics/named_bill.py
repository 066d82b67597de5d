"""A bill that a visitor names: its minimum by the demo terms, and whether a part covers that."""

from __future__ import annotations

from account_engine.domain.money import Money
from account_engine.services.hypothetical_bill import hypothetical_minimum
from account_engine.services.supposition import InvalidSupposition
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.topics.supposition import newest_terms

_DEFAULT_PRODUCT = "huabei"


@answers("ask_bill_minimum")
def bill_minimum(turn: Turn, desk: Desk) -> Reply:
    """ "账单2300，最少还多少才不算逾期": of that bill for a visitor, of the own for a borrower."""
    told = None if turn.known else _of_a_bill(turn, desk)
    return told or the_answer("ask_least_to_pay")(turn, desk)


@answers("ask_bill_part_paid")
def bill_part_paid(turn: Turn, desk: Desk) -> Reply:
    """ "账单1500，还了500算逾期吗": whether the part covers the minimum of that bill."""
    told = None if turn.known else _of_a_bill(turn, desk)
    return told or the_answer("ask_is_enough")(turn, desk)


def _of_a_bill(turn: Turn, desk: Desk) -> Reply | None:
    """On the sums of the message, the bill first; None where none is named or none is asked."""
    terms = newest_terms(turn.entity("product") or _DEFAULT_PRODUCT, desk)
    sums = [int(one) for one in turn.values("amount") if one.isdigit()]
    if terms is None or not sums:
        return None
    try:
        least = hypothetical_minimum(terms, Money(sums[0]), turn.today)
    except InvalidSupposition:
        return None
    paid = sums[1] if len(sums) > 1 else None
    values = {"bill": sums[0], "paid": paid, "least": least, "product": terms.display_name}
    covered = paid is not None and Money(paid) >= least
    return Reply("minimum.of_a_bill", {**values, "covered": covered})

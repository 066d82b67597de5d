"""A bill that a visitor names: its minimum by the demo terms, and whether a part covers that."""

from __future__ import annotations

from account_engine.domain.money import Money
from account_engine.services.hypothetical_bill import hypothetical_minimum
from account_engine.services.supposition import InvalidSupposition
from actions.conversation.answering import answers, the_answer
from actions.conversation.desk import Desk
from actions.conversation.own_case import OwnCase
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
    sums = [int(one) for one in turn.values("amount") if one.isdigit()] or _told_before(turn)
    terms = newest_terms(turn.entity("product") or _DEFAULT_PRODUCT, desk)
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


def _told_before(turn: Turn) -> list[int]:
    """The bill that was told a moment ago and is not late yet."""
    case = OwnCase.of(turn)
    debts = case.debts if case is not None else ()
    bills = (one for one in debts if one.product == _DEFAULT_PRODUCT and not one.days)
    return [one.fen for one in bills if one.fen][:1]

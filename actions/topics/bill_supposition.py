"""What instalments of a bill cost: on figures that are named, from a product's demo terms."""

from __future__ import annotations

from account_engine.domain.money import Money
from account_engine.domain.terms import ProductTerms
from account_engine.services.hypothetical_bill import hypothetical_bill_instalments
from account_engine.services.supposition import InvalidSupposition
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.topics.loan_supposition import instalments_named
from actions.topics.supposition import newest_terms

_DEFAULT_PRODUCT = "huabei"


def supposed_bill(turn: Turn, desk: Desk) -> Reply | None:
    """The fee of a sum over so many instalments, or the share of it that each of them bears.

    None where no number of instalments is named, or the product has no flat fee for it.
    """
    terms = newest_terms(turn.entity("product") or _DEFAULT_PRODUCT, desk)
    count = instalments_named(turn)
    if terms is None or count is None or count not in terms.bill_instalments:
        return None
    principal = turn.amount_fen()
    if not principal:
        rate = terms.bill_instalments[count]
        values = {"count": count, "rate": rate, "each": round(rate / count, 4)}
        return Reply("instalment_fee.of_terms", values)
    return _on_a_sum(turn, terms, principal, count)


def _on_a_sum(turn: Turn, terms: ProductTerms, principal: int, count: int) -> Reply | None:
    try:
        rows = hypothetical_bill_instalments(terms, Money(principal), count, turn.today)
    except InvalidSupposition:
        return None
    values = {
        "count": count,
        "principal": Money(principal),
        "rate": terms.bill_instalments[count],
        "fee": Money.total(row.fee for row in rows),
        "first": rows[0],
    }
    return Reply("instalment_fee.supposed", values)

"""The instalments of a loan that somebody only thinks of, from a product's demo terms."""

from __future__ import annotations

import re

from account_engine.domain.money import Money
from account_engine.services.hypothetical import InvalidSupposition
from account_engine.services.hypothetical_loan import hypothetical_loan
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.turn import Turn
from actions.topics.supposition import newest_terms

_DEFAULT_PRODUCT = "jiebei"
_MONTHS = re.compile(r"P(\d+)M$")


def supposed_loan(turn: Turn, desk: Desk) -> Reply | None:
    """First instalment and all interest of the amount and the number of instalments named.

    None where either is missing, or where the product has no such instalments.
    """
    principal, instalments = turn.amount_fen(), _instalments(turn)
    wanted = turn.entity("product") or _DEFAULT_PRODUCT
    terms = newest_terms(wanted, desk)
    if not principal or not instalments or terms is None:
        return None
    try:
        rows = hypothetical_loan(terms, Money(principal), instalments, turn.today)
    except InvalidSupposition:
        return None
    values = {
        "product": terms.display_name,
        "rate": terms.interest.annual_rate,
        "method": terms.methods[0],
        "principal": Money(principal),
        "instalments": instalments,
        "first": rows[0],
        "interest": sum((row.interest for row in rows), Money.zero),
    }
    return Reply("interest.supposed", values)


def _instalments(turn: Turn) -> int | None:
    said = turn.entity("terms")
    if said and said.isdigit():
        return int(said)
    months = _MONTHS.match(turn.entity("duration") or "")
    return int(months[1]) if months else None

"""What the figures that somebody only asks about have in common: limits, contract, fold.

Nobody's account is touched: a contract of the product's newest terms lives for one question.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timezone
from decimal import Decimal

from account_engine.domain.events import Event, EventKind, EventPayload
from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.state import BorrowerState
from account_engine.domain.terms import Contract, ProductTerms
from account_engine.errors import EngineError

NAME = "hypothetical"
_FEN = Money(1)
_MOST = Money.yuan("10000000.00")
_LONGEST_DAYS = 3650


class InvalidSupposition(EngineError):
    """Figures that no question can be worked out with."""

    code = "invalid_supposition"


def check_amount(amount: Money, *, least: Money = _FEN) -> None:
    """Refuse an amount above ten million yuan, or below `least`."""
    if not least <= amount <= _MOST:
        raise InvalidSupposition("an amount out of range", "principal")


def check_days(days: int, *, least: int = 1, name: str = "days") -> None:
    """Refuse a number of days below `least` or above ten years; `name` is the field's."""
    if not least <= days <= _LONGEST_DAYS:
        raise InvalidSupposition("a number of days out of range", name)


def supposed_event(
    terms: ProductTerms, kind: EventKind, on: date, payload: EventPayload, suffix: str = ""
) -> Event:
    """An event of the supposed account, booked at the start of its business day."""
    booked = datetime.combine(on, time(), timezone.utc)
    return Event(NAME + suffix, NAME, terms.product_id, kind, on, booked, payload)


def suppose(
    terms: ProductTerms,
    events: Sequence[Event],
    signed_on: date,
    as_of: date,
    annual_rate: Decimal | None = None,
) -> BorrowerState:
    """The state on `as_of` of a borrower with one contract and these events.

    Args:
        terms: the product's terms.
        events: made by `supposed_event`.
        signed_on: day of the contract.
        as_of: business date of the state.
        annual_rate: the contract's yearly price; default: the terms'.
    """
    contract = Contract(
        account_id=terms.product_id,
        borrower_id=NAME,
        terms=terms,
        lender_name=terms.default_lender,
        signed_on=signed_on,
        annual_rate=annual_rate,
    )
    return fold([contract], list(events), as_of)

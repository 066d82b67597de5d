"""When a promise to pay can be taken. It binds nobody to a waiver and changes no debt."""

from __future__ import annotations

from datetime import date

from account_engine.domain.money import Money
from account_engine.domain.negotiation.errors import Fault, InvalidWish
from account_engine.domain.negotiation.policy import PromiseRule


def check_promise(amount: Money, on: date, as_of: date, rule: PromiseRule) -> None:
    """Raise InvalidWish where the amount or the day cannot be promised.

    A promise for today is possible. The window is short on purpose: a promise far ahead only
    hides that a plan is needed.
    """
    if amount.fen <= 0:
        raise InvalidWish("amount", Fault.NOT_POSITIVE)
    if amount < rule.min_amount:
        raise InvalidWish("amount", Fault.TOO_SMALL)
    if on < as_of:
        raise InvalidWish("on", Fault.IN_THE_PAST)
    if (on - as_of).days > rule.max_days:
        raise InvalidWish("on", Fault.TOO_FAR_AHEAD)

"""What a negotiation is worked out from: the position of a day, and what waiting would cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from account_engine.domain.fold import fold
from account_engine.domain.money import Money
from account_engine.domain.negotiation.forecast import ForecastOf
from account_engine.domain.negotiation.option import Proposal
from account_engine.domain.negotiation.position import DebtPosition
from account_engine.domain.negotiation.position_of_state import position_from_state
from account_engine.domain.negotiation.wishes import Wishes
from account_engine.domain.negotiation.withdrawal import is_withdrawal
from account_engine.domain.quote import QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import BorrowerState
from account_engine.ports import BorrowerProfile, BorrowerStream, StoreReader
from account_engine.services.clock import BUSINESS_ZONE


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The position on a day; `forecast` says what accounts owe after days without payment."""

    position: DebtPosition
    forecast: ForecastOf | None = None


Appraise = Callable[[BorrowerStream, BorrowerProfile, date], Appraisal]

WorkOut = Callable[[StoreReader, str, Wishes, date], Proposal]
"""Answers a borrower's wishes for a day from what the reader sees."""


def appraise(stream: BorrowerStream, profile: BorrowerProfile, as_of: date) -> Appraisal:
    """Fold the borrower's events up to `as_of`; fold further for every day that is asked for."""
    state: BorrowerState = fold(stream.contracts, stream.events, as_of)

    def forecast(accounts: tuple[str, ...], days: int) -> Money:
        later = fold(stream.contracts, stream.events, as_of + timedelta(days=days))
        owed: Money = quote(later, QuoteKind.PAYOFF_ALL, accounts).total
        return owed

    position = position_from_state(
        state,
        vulnerable=bool(profile.vulnerable),
        withdrawals=sum(is_withdrawal(event) for event in stream.events),
    )
    return Appraisal(position, forecast)


def business_date(now: datetime) -> date:
    """The business date of a moment."""
    return now.astimezone(BUSINESS_ZONE).date()

"""What can be wrong with a request, named by field so that the borrower can be asked again."""

from __future__ import annotations

from enum import Enum

from account_engine.errors import EngineError


class Fault(str, Enum):
    """Why a field cannot be used."""

    NOT_POSITIVE = "not_positive"
    NEGATIVE = "negative"
    IN_THE_PAST = "in_the_past"
    TOO_FAR_AHEAD = "too_far_ahead"
    TOO_MANY = "too_many"
    TOO_SMALL = "too_small"
    NOT_A_DAY_OF_MONTH = "not_a_day_of_month"
    UNKNOWN_ACCOUNT = "unknown_account"


class InvalidWish(EngineError):
    """A wish that cannot be taken as it stands, such as paying nothing a month."""

    code = "invalid_wish"

    def __init__(self, field: str, fault: Fault) -> None:
        super().__init__(f"{field}: {fault.value}", field)
        self.fault = fault

"""What the hearing of a negotiation takes for a value, and for a short answer."""

from __future__ import annotations

from actions.negotiation.amounts import AMOUNT, AMOUNT_RANGE

TERMS_RANGE = "terms_range"
SHORT = 12  # characters
VALUES = frozenset(
    {AMOUNT, AMOUNT_RANGE, TERMS_RANGE}
    | {"date", "day_of_month", "terms", "option_number", "duration"}
)

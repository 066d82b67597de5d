"""Events that never happened, for asking what would be if they had."""

from __future__ import annotations

from datetime import date, datetime, timezone

from account_engine.domain.events import Event, EventKind
from account_engine.domain.money import Money
from account_engine.domain.payloads import Payment, PaymentPurpose

IMAGINED = "what-if"


def payment_event(
    borrower_id: str,
    account_id: str | None,
    amount: Money,
    on: date,
    number: int,
    purpose: PaymentPurpose = PaymentPurpose.ORDINARY,
) -> Event:
    """An imagined payment; its id starts with ``what-if`` and is never stored."""
    return Event(
        event_id=f"{IMAGINED}-{number}-{account_id or borrower_id}",
        borrower_id=borrower_id,
        account_id=account_id,
        kind=EventKind.PAYMENT,
        value_date=on,
        booked_at=datetime(on.year, on.month, on.day, 23, 59, tzinfo=timezone.utc),
        payload=Payment(amount, purpose=purpose, channel=IMAGINED),
    )

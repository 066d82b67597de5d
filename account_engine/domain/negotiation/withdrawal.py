"""Taking an agreement back within the cooling-off period.

It is a reversal: from its value date on the agreement counts as never having happened. What was
paid stays paid and goes to the old rows, what was waived or stopped is owed as if nothing had been
agreed, and a plan that was withdrawn is not a broken one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from account_engine.domain.events import Event, EventKind
from account_engine.domain.payloads import (
    BillInstalmentBooked,
    ExtensionAgreed,
    PlanAgreed,
    Reversal,
)

WITHDRAWN_BY_BORROWER = "withdrawn_by_borrower"
"""The reason that a withdrawal's reversal gives."""

_AGREEMENTS = frozenset(
    {EventKind.PLAN_AGREED, EventKind.EXTENSION_AGREED, EventKind.BILL_INSTALMENT_BOOKED}
)


class WithdrawalRefusal(str, Enum):
    """Why an agreement cannot be taken back."""

    NEVER_AGREED = "never_agreed"  # still an offer or a request, or only a promise to pay
    COOLING_OFF_OVER = "cooling_off_over"
    FULFILLED = "fulfilled"  # everything it asks for was paid
    ENDED = "ended"  # it was broken and revoked before
    RELIED_UPON = "relied_upon"  # a later event cannot stand without it


@dataclass(frozen=True, slots=True)
class Agreed:
    """An accepted offer as it stands in the history: its events, and those that took it back."""

    offer_id: str
    events: tuple[Event, ...]
    withdrawn_by: tuple[Event, ...]

    @property
    def accepted_at(self) -> datetime:
        """When both sides were bound."""
        return min(event.booked_at for event in self.events)

    @property
    def agreement_id(self) -> str:
        """The plan's, extension's or booking's own id."""
        payload = self.events[0].payload
        if isinstance(payload, PlanAgreed):
            return payload.plan_id
        if isinstance(payload, ExtensionAgreed):
            return payload.extension_id
        return payload.booking_id if isinstance(payload, BillInstalmentBooked) else ""


def agreed_offers(history: Iterable[Event]) -> tuple[Agreed, ...]:
    """Every agreement that came of an offer, in the order of the history."""
    found: dict[str, list[Event]] = {}
    taken_back: dict[str, list[Event]] = {}
    for event in history:
        offer_id = event.event_id.partition("/")[0]
        if event.kind in _AGREEMENTS and event.event_id.startswith("offer-"):
            found.setdefault(offer_id, []).append(event)
        elif is_withdrawal(event):
            taken_back.setdefault(offer_id, []).append(event)
    return tuple(
        Agreed(offer_id, tuple(events), tuple(taken_back.get(offer_id, ())))
        for offer_id, events in found.items()
    )


def withdrawal_events(agreed: Agreed, on: date, booked_at: datetime) -> tuple[Event, ...]:
    """The reversals that take an agreement back; the same agreement always gives the same ids."""
    return tuple(
        Event(
            event_id=f"{event.event_id}/withdrawn",
            borrower_id=event.borrower_id,
            account_id=event.account_id,
            kind=EventKind.REVERSAL,
            value_date=on,
            booked_at=booked_at,
            payload=Reversal(event.event_id, WITHDRAWN_BY_BORROWER),
        )
        for event in agreed.events
    )


def is_withdrawal(event: Event) -> bool:
    """Whether an event takes an agreement back."""
    return isinstance(event.payload, Reversal) and event.payload.reason == WITHDRAWN_BY_BORROWER

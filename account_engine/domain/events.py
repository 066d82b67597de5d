"""Events: what happened to a borrower's accounts. Appended, never changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from account_engine.domain import payloads as p
from account_engine.domain.codec import from_json, read, to_json
from account_engine.domain.errors import InvalidEvent
from account_engine.domain.payloads import *  # noqa: F403  payload classes are part of this API
from account_engine.domain.payloads import EventPayload


class EventKind(str, Enum):
    """Every kind of event the engine understands."""

    ACCOUNT_OPENED = "account_opened"
    BILL_ISSUED = "bill_issued"
    LOAN_DISBURSED = "loan_disbursed"
    BILL_INSTALMENT_BOOKED = "bill_instalment_booked"
    CHARGE_POSTED = "charge_posted"
    PAYMENT = "payment"
    REFUND = "refund"
    REVERSAL = "reversal"
    WAIVER = "waiver"
    INTEREST_PAUSED = "interest_paused"
    BREACH_REPORTED = "breach_reported"
    SCORE_REPORTED = "score_reported"
    RISK_WARNED = "risk_warned"
    RECALL_NOTICED = "recall_noticed"
    RECALL_WITHDRAWN = "recall_withdrawn"
    RECALL_REINSTATED = "recall_reinstated"
    FACILITY_FROZEN = "facility_frozen"
    FACILITY_RESTORED = "facility_restored"
    EXTENSION_AGREED = "extension_agreed"
    PLAN_AGREED = "plan_agreed"
    PLAN_BROKEN = "plan_broken"
    PLAN_CURED = "plan_cured"
    PLAN_REVOKED = "plan_revoked"
    PROMISE_MADE = "promise_made"
    HARDSHIP_DECLARED = "hardship_declared"
    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_CLOSED = "dispute_closed"
    WRITTEN_OFF = "written_off"
    TRANSFERRED = "transferred"
    BORROWER_DECEASED = "borrower_deceased"
    CLOSED = "closed"


PAYLOADS: Mapping[EventKind, type[Any]] = {
    EventKind.ACCOUNT_OPENED: p.AccountOpened,
    EventKind.BILL_ISSUED: p.BillIssued,
    EventKind.LOAN_DISBURSED: p.LoanDisbursed,
    EventKind.BILL_INSTALMENT_BOOKED: p.BillInstalmentBooked,
    EventKind.CHARGE_POSTED: p.ChargePosted,
    EventKind.PAYMENT: p.Payment,
    EventKind.REFUND: p.Refund,
    EventKind.REVERSAL: p.Reversal,
    EventKind.WAIVER: p.Waiver,
    EventKind.INTEREST_PAUSED: p.InterestPaused,
    EventKind.BREACH_REPORTED: p.BreachReported,
    EventKind.SCORE_REPORTED: p.ScoreReported,
    EventKind.RISK_WARNED: p.RiskWarned,
    EventKind.RECALL_NOTICED: p.RecallNoticed,
    EventKind.RECALL_WITHDRAWN: p.RecallWithdrawn,
    EventKind.RECALL_REINSTATED: p.RecallReinstated,
    EventKind.FACILITY_FROZEN: p.FacilityFrozen,
    EventKind.FACILITY_RESTORED: p.FacilityRestored,
    EventKind.EXTENSION_AGREED: p.ExtensionAgreed,
    EventKind.PLAN_AGREED: p.PlanAgreed,
    EventKind.PLAN_BROKEN: p.PlanBroken,
    EventKind.PLAN_CURED: p.PlanCured,
    EventKind.PLAN_REVOKED: p.PlanRevoked,
    EventKind.PROMISE_MADE: p.PromiseMade,
    EventKind.HARDSHIP_DECLARED: p.HardshipDeclared,
    EventKind.CONSENT_GIVEN: p.ConsentGiven,
    EventKind.CONSENT_WITHDRAWN: p.ConsentWithdrawn,
    EventKind.DISPUTE_OPENED: p.DisputeOpened,
    EventKind.DISPUTE_CLOSED: p.DisputeClosed,
    EventKind.WRITTEN_OFF: p.WrittenOff,
    EventKind.TRANSFERRED: p.Transferred,
    EventKind.BORROWER_DECEASED: p.BorrowerDeceased,
    EventKind.CLOSED: p.Closed,
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Attributes:
        event_id: the source id; the same id with other content is an error of the source.
        borrower_id: whom it concerns.
        account_id: which account, or None when it concerns the borrower as a whole.
        kind: what happened; decides the payload's class.
        value_date: when it takes effect.
        booked_at: when the lender's system knew; only for audit and a stable order within a day.
        payload: what happened in detail.
    """

    event_id: str
    borrower_id: str
    account_id: str | None
    kind: EventKind
    value_date: date
    booked_at: datetime
    payload: EventPayload

    def __post_init__(self) -> None:
        if type(self.payload) is not PAYLOADS[self.kind]:
            raise InvalidEvent("payload", f"is not the payload of {self.kind.value}")


_HEAD = ("event_id", "borrower_id", "account_id", "kind", "value_date", "booked_at", "payload")


def event_to_json(event: Event) -> dict[str, Any]:
    """The event as JSON values: money as "12.34", dates ISO."""
    return {name: to_json(getattr(event, name)) for name in _HEAD}


def event_from_json(data: Mapping[str, Any]) -> Event:
    """Read an event. Raises InvalidEvent(field, reason)."""
    if not isinstance(data, Mapping):
        raise InvalidEvent("", "expected an object")
    for name in data:
        if name not in _HEAD:
            raise InvalidEvent(str(name), "unknown field")
    for name in _HEAD:
        if name not in data and name != "account_id":
            raise InvalidEvent(name, "missing")
    kind = read(EventKind, data["kind"], "kind")
    return Event(
        event_id=_identifier(data, "event_id"),
        borrower_id=_identifier(data, "borrower_id"),
        account_id=read(str | None, data.get("account_id"), "account_id"),
        kind=kind,
        value_date=read(date, data["value_date"], "value_date"),
        booked_at=read(datetime, data["booked_at"], "booked_at"),
        payload=from_json(PAYLOADS[kind], data["payload"], "payload"),
    )


def _identifier(data: Mapping[str, Any], name: str) -> str:
    value: str = read(str, data[name], name)
    if not value:
        raise InvalidEvent(name, "must not be empty")
    return value


def event_hash(event: Event) -> str:
    """SHA-256 of the canonical JSON without `booked_at`: equal content, equal hash."""
    content = event_to_json(event)
    del content["booked_at"]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()

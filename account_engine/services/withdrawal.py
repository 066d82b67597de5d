"""Withdrawing from an agreed plan within the cooling-off period (冷静期)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from account_engine.domain.errors import InvalidHistory
from account_engine.domain.events import Event
from account_engine.domain.fold import fold
from account_engine.domain.negotiation.policy import CoolingOffRule
from account_engine.domain.negotiation.whole_plan import whole_plans
from account_engine.domain.negotiation.withdrawal import (
    Agreed,
    WithdrawalRefusal,
    agreed_offers,
    withdrawal_events,
)
from account_engine.domain.payloads import BillInstalmentBooked, ExtensionAgreed, PlanAgreed
from account_engine.domain.quote import Quote, QuoteKind
from account_engine.domain.quotes import quote
from account_engine.domain.state import BorrowerState, PlanStatus
from account_engine.errors import EngineError
from account_engine.ports import BorrowerStream, OfferStatus, StoreWriter
from account_engine.services.appraisal import business_date
from account_engine.services.offers import UnknownOffer


class WithdrawalRefused(EngineError):
    """The agreement cannot be taken back: `reason` says why, `until` when the last day was."""

    code = "withdrawal_refused"

    def __init__(self, reason: WithdrawalRefusal, until: date | None = None) -> None:
        super().__init__(f"cannot be withdrawn: {reason.value}", "offer_id")
        self.reason = reason
        self.until = until


class WithdrawalStatus(str, Enum):
    """What became of a withdrawal."""

    WITHDRAWN = "withdrawn"
    ALREADY_WITHDRAWN = "already_withdrawn"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The answer to a withdrawal: its events, and what is due now that nothing is agreed."""

    status: WithdrawalStatus
    offer_id: str
    agreement_id: str
    events: tuple[Event, ...]
    due_now: Quote


@dataclass(frozen=True, slots=True)
class Withdrawable:
    """An agreement that stands: until when it may be taken back, and what that would mean.

    `refusal` is None where it may be taken back today. `due_now` is what is due with it,
    `due_now_after` without it (None where it cannot be taken back).
    """

    offer_id: str
    agreement_id: str
    agreed_on: date
    until: date
    refusal: WithdrawalRefusal | None
    due_now: Quote
    due_now_after: Quote | None


class Withdrawals:
    """Works inside a transaction that the caller opened."""

    def __init__(self, rule: CoolingOffRule) -> None:
        self._rule = rule

    def standing(self, stream: BorrowerStream, now: datetime) -> tuple[Withdrawable, ...]:
        """Every agreement that was not taken back, in the order of the history."""
        today = business_date(now)
        due = _due_now(stream, (), today)
        return tuple(
            self._withdrawable(stream, agreed, now, due)
            for agreed in agreed_offers(stream.events)
            if not agreed.withdrawn_by
        )

    def withdraw(
        self, writer: StoreWriter, borrower_id: str, offer_id: str, now: datetime
    ) -> Withdrawal:
        """Take an agreement back; saying so twice is the same as once.

        Raises:
            UnknownOffer: The borrower was never made this offer.
            WithdrawalRefused: It cannot be taken back.
        """
        offer = writer.offer(offer_id)
        if offer is None or offer.borrower_id != borrower_id:
            raise UnknownOffer("the borrower has no such offer", "offer_id")
        stream, today = writer.stream(borrower_id), business_date(now)
        agreed = next(
            (one for one in agreed_offers(stream.events) if one.offer_id == offer_id), None
        )
        if agreed is None:
            raise WithdrawalRefused(WithdrawalRefusal.NEVER_AGREED)
        if agreed.withdrawn_by:
            status = WithdrawalStatus.ALREADY_WITHDRAWN
            due = _due_now(stream, (), today)
            return Withdrawal(status, offer_id, agreed.agreement_id, agreed.withdrawn_by, due)
        refusal = self._refusal(stream, agreed, now)
        if refusal is not None:
            raise WithdrawalRefused(refusal, self._until(agreed))
        events = withdrawal_events(agreed, today, now)
        writer.append(borrower_id, events, stream.version)
        writer.set_offer_status(offer_id, OfferStatus.WITHDRAWN)
        detail = {"agreement": agreed.agreement_id, "events": [one.event_id for one in events]}
        writer.audit("agreement_withdrawn", offer_id, detail)
        due = _due_now(stream, events, today)
        return Withdrawal(WithdrawalStatus.WITHDRAWN, offer_id, agreed.agreement_id, events, due)

    def _withdrawable(
        self, stream: BorrowerStream, agreed: Agreed, now: datetime, due: Quote
    ) -> Withdrawable:
        refusal = self._refusal(stream, agreed, now)
        today = business_date(now)
        after = None
        if refusal is None:
            after = _due_now(stream, withdrawal_events(agreed, today, now), today)
        return Withdrawable(
            offer_id=agreed.offer_id,
            agreement_id=agreed.agreement_id,
            agreed_on=business_date(agreed.accepted_at),
            until=self._until(agreed),
            refusal=refusal,
            due_now=due,
            due_now_after=after,
        )

    def _until(self, agreed: Agreed) -> date:
        return business_date(agreed.accepted_at) + timedelta(days=self._rule.days)

    def _refusal(
        self, stream: BorrowerStream, agreed: Agreed, now: datetime
    ) -> WithdrawalRefusal | None:
        today = business_date(now)
        ended = _ended(fold(stream.contracts, stream.events, today), agreed)
        if ended is not None:
            return ended
        if today > self._until(agreed):
            return WithdrawalRefusal.COOLING_OFF_OVER
        try:
            _due_now(stream, withdrawal_events(agreed, today, now), today)
        except InvalidHistory:
            return WithdrawalRefusal.RELIED_UPON
        return None


def _due_now(stream: BorrowerStream, more: tuple[Event, ...], today: date) -> Quote:
    state = fold(stream.contracts, (*stream.events, *more), today)
    return quote(state, QuoteKind.DUE_NOW)


def _ended(state: BorrowerState, agreed: Agreed) -> WithdrawalRefusal | None:
    """Whether the agreement has come to its end already."""
    for plan in whole_plans(state.accounts):
        if plan.plan_id == agreed.agreement_id and plan.status is PlanStatus.REVOKED:
            return WithdrawalRefusal.ENDED
    if all(_is_paid(state, event) for event in agreed.events):
        return WithdrawalRefusal.FULFILLED
    return None


def _is_paid(state: BorrowerState, event: Event) -> bool:
    """Whether nothing is open of what an agreement put into new rows."""
    payload = event.payload
    rows = [
        row
        for account in state.accounts
        if event.account_id in (None, account.account_id)
        for row in account.facts
        if row.open_total
    ]
    if isinstance(payload, ExtensionAgreed):
        return not any(row.due == payload.new_due.toordinal() for row in rows)
    if isinstance(payload, BillInstalmentBooked):
        return not any(row.line == payload.booking_id for row in rows)
    return isinstance(payload, PlanAgreed) and not any(row.line == payload.plan_id for row in rows)

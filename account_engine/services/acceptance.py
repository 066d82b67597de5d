"""Accepting an offer, and a person's decision on one.

An offer is worked out again from what is stored at that moment, under the write lock; only one
that comes out the same, row for row, becomes an event. That one rule covers payments that came in
between, a changed policy, another step of the ladder, a dispute, and the acceptance of a second
offer.
"""

from __future__ import annotations

from datetime import datetime

from account_engine.domain.events import EventKind
from account_engine.domain.negotiation.agreement import agreement_events
from account_engine.domain.negotiation.option import Option
from account_engine.domain.negotiation.policy import Policy
from account_engine.errors import UnknownCase
from account_engine.ports import (
    OfferStatus,
    Queue,
    QueueStatus,
    StoredOffer,
    StoreReader,
    StoreWriter,
)
from account_engine.services import approval_requests as requests
from account_engine.services.appraisal import WorkOut, business_date
from account_engine.services.approval_requests import plan_of
from account_engine.services.decisions import Decision, Ruling, require_authority
from account_engine.services.offers import (
    Acceptance,
    AcceptanceStatus,
    NothingToWithdraw,
    UnknownOffer,
    offered_on,
    still_sensible,
    stored_offers,
    wishes_of,
)

_HARMLESS = frozenset(
    {
        EventKind.SCORE_REPORTED,
        EventKind.RISK_WARNED,
        EventKind.FACILITY_FROZEN,
        EventKind.FACILITY_RESTORED,
        EventKind.PROMISE_MADE,
        EventKind.HARDSHIP_DECLARED,
        EventKind.CONSENT_GIVEN,
        EventKind.CONSENT_WITHDRAWN,
    }
)
"""Events that change no amount and no date, so that an offer outlives them."""


class Acceptances:
    """Works inside a transaction that the caller opened."""

    def __init__(self, policy: Policy, work_out: WorkOut) -> None:
        self._policy = policy
        self._work_out = work_out

    def accept(
        self,
        writer: StoreWriter,
        borrower_id: str,
        offer_id: str,
        now: datetime,
        asked_by: str | None = None,
    ) -> Acceptance:
        """Book the offer, or ask a person, or answer with a new proposal. Raises UnknownOffer."""
        offer = writer.offer(offer_id)
        if offer is None or offer.borrower_id != borrower_id:
            raise UnknownOffer("the borrower has no such offer", "offer_id")
        if offer.status is OfferStatus.ACCEPTED:
            plan = plan_of(writer.stream(borrower_id), offer_id, business_date(now))
            return Acceptance(AcceptanceStatus.ALREADY_ACCEPTED, offer_id, plan=plan)
        if offer.status is OfferStatus.DECLINED:
            request_id = requests.current_id(writer, offer)
            return Acceptance(AcceptanceStatus.DECLINED, offer_id, request_id=request_id)
        if offer.status is OfferStatus.WITHDRAWN:
            return self._supersede(writer, offer, OfferStatus.WITHDRAWN, now)
        waiting = writer.queue_item(requests.current_id(writer, offer))
        if waiting is not None and waiting.status in requests.OPEN:
            status = AcceptanceStatus.NEEDS_APPROVAL
            return Acceptance(status, offer_id, request_id=waiting.item_id)
        if now > offer.expires_at:
            return self._supersede(writer, offer, OfferStatus.EXPIRED, now)
        option = self._unchanged(writer, offer, now)
        if option is None:
            return self._supersede(writer, offer, OfferStatus.REPLACED, now)
        if option.needs_approval:
            return requests.ask(writer, self._policy, offer, option, now, asked_by or borrower_id)
        return self._book(writer, offer, option, now, approved_by=None)

    def withdraw(
        self, writer: StoreWriter, borrower_id: str, offer_id: str, now: datetime
    ) -> Acceptance:
        """Take back a request that nobody has decided on; the offer itself stays open.

        Raises:
            NothingToWithdraw: No request waits. A plan that stands binds both sides.
        """
        offer = writer.offer(offer_id)
        if offer is None or offer.borrower_id != borrower_id:
            raise UnknownOffer("the borrower has no such offer", "offer_id")
        item = writer.queue_item(requests.current_id(writer, offer))
        if item is None or item.status not in requests.OPEN:
            raise NothingToWithdraw("no request of this offer is waiting", "offer_id")
        writer.decide(item.item_id, QueueStatus.CLOSED, "borrower", "withdrawn", now)
        writer.audit("approval_withdrawn", item.item_id, {"offer": offer_id})
        return Acceptance(AcceptanceStatus.WITHDRAWN, offer_id, request_id=item.item_id)

    def standing(
        self, reader: StoreReader, borrower_id: str, offer_id: str, now: datetime
    ) -> Option | None:
        """The offer as it could be accepted now; None where that would lead to other offers."""
        offer = reader.offer(offer_id)
        if offer is None or offer.borrower_id != borrower_id:
            return None
        if offer.status is not OfferStatus.OPEN or now > offer.expires_at:
            return None
        return self._unchanged(reader, offer, now)

    def _unchanged(self, reader: StoreReader, offer: StoredOffer, now: datetime) -> Option | None:
        """The offer worked out again; None where it no longer comes out the same."""
        as_of, today = offered_on(offer), business_date(now)
        stream = reader.stream(offer.borrower_id)
        if any(as_of < e.value_date <= today and e.kind not in _HARMLESS for e in stream.events):
            return None
        wishes = wishes_of(offer)
        again = self._work_out(reader, offer.borrower_id, wishes, as_of)
        if today != as_of:
            current = still_sensible(wishes, today)
            if self._work_out(reader, offer.borrower_id, current, today).tier != again.tier:
                return None
        return next((one for one in again.options if one.offer_id == offer.offer_id), None)

    def _supersede(
        self, writer: StoreWriter, offer: StoredOffer, status: OfferStatus, now: datetime
    ) -> Acceptance:
        today = business_date(now)
        wishes = still_sensible(wishes_of(offer), today)
        proposal = self._work_out(writer, offer.borrower_id, wishes, today)
        writer.set_offer_status(offer.offer_id, status)
        writer.save_offers(stored_offers(proposal, wishes, now))
        return Acceptance(AcceptanceStatus(status.value), offer.offer_id, proposal=proposal)

    def _book(
        self,
        writer: StoreWriter,
        offer: StoredOffer,
        option: Option,
        now: datetime,
        approved_by: str | None,
    ) -> Acceptance:
        stream = writer.stream(offer.borrower_id)
        events = agreement_events(option, offer.borrower_id, now, approved_by)
        writer.append(offer.borrower_id, events, stream.version)
        writer.set_offer_status(offer.offer_id, OfferStatus.ACCEPTED)
        detail = {"events": [event.event_id for event in events], "approved_by": approved_by}
        writer.audit("offer_accepted", offer.offer_id, detail)
        plan = plan_of(writer.stream(offer.borrower_id), offer.offer_id, business_date(now))
        return Acceptance(AcceptanceStatus.ACCEPTED, offer.offer_id, option, events, plan)

    def decide(self, writer: StoreWriter, request_id: str, ruling: Ruling) -> Acceptance:
        """Record a decision, and book the plan if it was approved.

        Raises UnknownCase, AlreadyDecided, ApprovalRefused.
        """
        item = writer.queue_item(request_id)
        offer = writer.offer(item.subject) if item is not None else None
        if item is None or item.queue is not Queue.APPROVAL or offer is None:
            raise UnknownCase("no request has this id", "request_id")
        require_authority(item, ruling.by, self._policy)
        if item.status not in requests.OPEN:
            return requests.answer_again(writer, item, offer, ruling)
        detail = {"decision": ruling.decision.value, "by": ruling.by, "note": ruling.reason}
        writer.audit("approval_decided", request_id, detail)
        if ruling.decision is Decision.DECLINE:
            requests.close(writer, item, QueueStatus.REJECTED, ruling)
            writer.set_offer_status(offer.offer_id, OfferStatus.DECLINED)
            status = AcceptanceStatus.DECLINED
            return Acceptance(status, offer.offer_id, request_id=request_id)
        late = ruling.at > requests.decide_by(offer, self._policy)
        option = None if late else self._unchanged(writer, offer, ruling.at)
        if option is None:
            requests.close(writer, item, QueueStatus.CLOSED, ruling)
            became = OfferStatus.EXPIRED if late else OfferStatus.REPLACED
            return self._supersede(writer, offer, became, ruling.at)
        requests.close(writer, item, QueueStatus.APPROVED, ruling)
        return self._book(writer, offer, option, ruling.at, approved_by=ruling.by)

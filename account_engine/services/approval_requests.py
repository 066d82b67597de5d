"""Offers that wait for a person: asked for, found again, closed, and answered a second time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

from account_engine.domain.fold import fold
from account_engine.domain.negotiation.offer import end_of_day
from account_engine.domain.negotiation.option import Option
from account_engine.domain.negotiation.policy import Policy
from account_engine.domain.negotiation.whole_plan import whole_plans
from account_engine.domain.state import PlanState
from account_engine.ports import (
    BorrowerStream,
    OfferStatus,
    Queue,
    QueueItem,
    QueueStatus,
    StoredOffer,
    StoreReader,
    StoreWriter,
)
from account_engine.services.appraisal import business_date
from account_engine.services.decisions import Decision, Ruling
from account_engine.services.offers import (
    Acceptance,
    AcceptanceStatus,
    AlreadyDecided,
    offered_on,
)

OPEN = frozenset({QueueStatus.WAITING, QueueStatus.ACTIVE})


def ask(
    writer: StoreWriter,
    policy: Policy,
    offer: StoredOffer,
    option: Option,
    now: datetime,
    asked_by: str,
) -> Acceptance:
    """Put an offer that policy leaves to a person into the queue."""
    request_id = current_id(writer, offer)
    content = {
        "causes": [cause.value for cause in option.approval_causes],
        "role": option.approver,
        "asked_by": asked_by,
        "offer": offer.content["option"],
        "wishes": offer.content["wishes"],
        "decide_by": decide_by(offer, policy).isoformat(),
    }
    writer.enqueue(
        QueueItem(request_id, Queue.APPROVAL, offer.borrower_id, offer.offer_id, now, content)
    )
    writer.audit("approval_asked", request_id, {"offer": offer.offer_id})
    status = AcceptanceStatus.NEEDS_APPROVAL
    return Acceptance(status, offer.offer_id, option, request_id=request_id)


def answer_again(
    writer: StoreWriter, item: QueueItem, offer: StoredOffer, ruling: Ruling
) -> Acceptance:
    """What was decided, to whoever decides the same once more.

    Raises AlreadyDecided where it was decided otherwise.
    """
    same = {Decision.APPROVE: QueueStatus.APPROVED, Decision.DECLINE: QueueStatus.REJECTED}
    if item.status is not same[ruling.decision]:
        raise AlreadyDecided("the request was decided before", "request_id")
    if offer.status is OfferStatus.WITHDRAWN:
        return Acceptance(AcceptanceStatus.WITHDRAWN, offer.offer_id, request_id=item.item_id)
    if ruling.decision is Decision.DECLINE:
        status = AcceptanceStatus.DECLINED
        return Acceptance(status, offer.offer_id, request_id=item.item_id)
    plan = plan_of(writer.stream(offer.borrower_id), offer.offer_id, business_date(ruling.at))
    status = AcceptanceStatus.ALREADY_ACCEPTED
    return Acceptance(status, offer.offer_id, plan=plan, request_id=item.item_id)


def close(writer: StoreWriter, item: QueueItem, status: QueueStatus, ruling: Ruling) -> None:
    """Record the ruling in the queue."""
    writer.decide(item.item_id, status, ruling.by, ruling.reason, ruling.at)


def current_id(reader: StoreReader, offer: StoredOffer) -> str:
    """The id of the request that matters now: one that was closed undecided is asked anew."""
    base = f"approval/{offer.offer_id}"
    for attempt in count(1):
        request_id = base if attempt == 1 else f"{base}/{attempt}"
        item = reader.queue_item(request_id)
        if item is None or item.status is not QueueStatus.CLOSED:
            return request_id
    raise AssertionError("unreachable")


def decide_by(offer: StoredOffer, policy: Policy) -> datetime:
    """The last moment for a decision."""
    return end_of_day(offered_on(offer) + timedelta(days=policy.offers.approval_days))


def plan_of(stream: BorrowerStream, offer_id: str, as_of: date) -> PlanState | None:
    """The plan that came of an offer; None where it was no plan (an extension, a promise)."""
    state = fold(stream.contracts, stream.events, as_of)
    plans = whole_plans(state.accounts)
    return next((plan for plan in plans if plan.offer_id == offer_id), None)

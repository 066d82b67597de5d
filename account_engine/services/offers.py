"""Offers between their proposal and their acceptance, as they are stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from account_engine.domain.codec import from_json, to_json
from account_engine.domain.events import Event
from account_engine.domain.negotiation.errors import InvalidWish
from account_engine.domain.negotiation.option import Option, Proposal
from account_engine.domain.negotiation.wishes import Wishes, check_wishes
from account_engine.domain.state import PlanState
from account_engine.errors import EngineError
from account_engine.ports import StoredOffer


class UnknownOffer(EngineError):
    """No offer of this borrower has this id."""

    code = "unknown_offer"


class AlreadyDecided(EngineError):
    """A person has decided on this request before, in another way."""

    code = "already_decided"


class NothingToWithdraw(EngineError):
    """No request for this offer is waiting for a person."""

    code = "nothing_to_withdraw"


class DecisionIncomplete(EngineError):
    """A decision needs the name of who takes it and a reason; `field` says which is missing."""

    code = "decision_incomplete"


class AcceptanceStatus(str, Enum):
    """What became of an acceptance."""

    ACCEPTED = "accepted"
    ALREADY_ACCEPTED = "already_accepted"
    NEEDS_APPROVAL = "needs_approval"
    REPLACED = "replaced"
    EXPIRED = "expired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The answer to an acceptance or to a person's decision.

    `plan` is there once a plan stands; `proposal` where a new one takes the offer's place;
    `request_id` while, or after, a person decides.
    """

    status: AcceptanceStatus
    offer_id: str
    option: Option | None = None
    events: tuple[Event, ...] = ()
    plan: PlanState | None = None
    proposal: Proposal | None = None
    request_id: str | None = None


def stored_offers(
    proposal: Proposal, wishes: Wishes, created_at: datetime
) -> tuple[StoredOffer, ...]:
    """Each option with the wishes it answers, so that it can be worked out again."""
    return tuple(
        StoredOffer(
            offer_id=option.offer_id,
            borrower_id=proposal.borrower_id,
            inputs_hash=option.inputs_hash,
            content={
                "as_of": proposal.as_of.isoformat(),
                "wishes": to_json(wishes),
                "option": to_json(option),
            },
            created_at=created_at,
            expires_at=option.expires_at,
        )
        for option in proposal.options
    )


def offered_on(offer: StoredOffer) -> date:
    """The day the offer's figures stand for."""
    return date.fromisoformat(offer.content["as_of"])


def wishes_of(offer: StoredOffer) -> Wishes:
    """The wishes it answers."""
    return from_json(Wishes, offer.content["wishes"], "wishes")


def still_sensible(wishes: Wishes, as_of: date) -> Wishes:
    """The wishes without those that time has overtaken, such as a first date in the past."""
    try:
        check_wishes(wishes, as_of)
    except InvalidWish as error:
        if error.field is None:
            raise
        overtaken: dict[str, Any] = {error.field: None}
        return still_sensible(replace(wishes, **overtaken), as_of)
    return wishes

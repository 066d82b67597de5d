"""What the services need from a store, and the plain records that cross that border.

`account_engine.store` implements `Store`; tests may use any other implementation. Nothing here
knows SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from account_engine.domain.events import Event
    from account_engine.domain.state import BorrowerState
    from account_engine.domain.terms import Contract

Json = Mapping[str, Any]
Answer = TypeVar("Answer")


class Ingested(str, Enum):
    """What became of an event that was handed in."""

    APPENDED = "appended"
    DUPLICATE = "duplicate"


class OfferStatus(str, Enum):
    """Where an offer stands. Only `OPEN` can be accepted."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REPLACED = "replaced"
    EXPIRED = "expired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # accepted, and taken back within the cooling-off period


class Queue(str, Enum):
    """The queues a person works through."""

    APPROVAL = "approval"
    HANDOFF = "handoff"
    OUTREACH = "outreach"  # an open case: nobody may contact the borrower first


class QueueStatus(str, Enum):
    """Where a queued case stands."""

    WAITING = "waiting"
    ACTIVE = "active"
    APPROVED = "approved"
    REJECTED = "rejected"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class BorrowerProfile:
    """Who a borrower is, as far as a reply needs it. The phone number is never whole here."""

    borrower_id: str
    display_name: str
    phone_masked: str
    vulnerable: tuple[str, ...] = ()
    story: str = ""


@dataclass(frozen=True, slots=True)
class NewBorrower:
    """A borrower to be stored. `phone` is whole and stays inside the store."""

    borrower_id: str
    display_name: str
    phone: str
    vulnerable: tuple[str, ...] = ()
    story: str = ""


@dataclass(frozen=True, slots=True)
class BorrowerStream:
    """Everything that decides a borrower's state. `version` is the number of stored events."""

    borrower_id: str
    version: int
    contracts: tuple[Contract, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class StoredOffer:
    """An offer as it was shown. `content` is its whole JSON, so that it can be shown again."""

    offer_id: str
    borrower_id: str
    inputs_hash: str
    content: Json
    created_at: datetime
    expires_at: datetime
    status: OfferStatus = OfferStatus.OPEN


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One case for a person. `subject` is an offer id or the code of a reason."""

    item_id: str
    queue: Queue
    borrower_id: str
    subject: str
    created_at: datetime
    content: Json = field(default_factory=dict)
    status: QueueStatus = QueueStatus.WAITING
    decided_at: datetime | None = None
    decided_by: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """Something the lender's other systems must hear once. The id is made from the content."""

    message_id: str
    business_date: date
    borrower_id: str
    account_id: str | None
    kind: str
    content: Json


class StoreReader(Protocol):
    """Reads within one consistent view of the database."""

    def borrower(self, borrower_id: str) -> BorrowerProfile:
        """Raises UnknownBorrower."""

    def stream(self, borrower_id: str) -> BorrowerStream:
        """Contracts and events of one borrower. Raises UnknownBorrower."""

    def snapshot(self, borrower_id: str, version: int, as_of: date) -> BorrowerState | None:
        """A state that was folded before from exactly these events for this day, if there is."""

    def version(self, borrower_id: str) -> int:
        """Number of events stored for the borrower. Raises UnknownBorrower."""

    def offer(self, offer_id: str) -> StoredOffer | None: ...

    def queue(self, queue: Queue, status: QueueStatus | None = None) -> tuple[QueueItem, ...]:
        """Oldest first; all of them without a status."""

    def queue_item(self, item_id: str) -> QueueItem | None: ...


class StoreWriter(StoreReader, Protocol):
    """One transaction. Nothing is stored unless the whole `with` block succeeds."""

    def append(
        self, borrower_id: str, events: Sequence[Event], expected_version: int | None = None
    ) -> tuple[Ingested, ...]:
        """Append events to one borrower.

        With `expected_version`, raises ConcurrentChange unless the borrower still has that many
        events. Raises UnknownBorrower, UnknownAccount, ConflictingEvent.
        """

    def add_borrower(self, borrower: NewBorrower) -> Ingested:
        """Insert, or update the profile of, a borrower."""

    def add_contract(self, contract: Contract) -> Ingested:
        """Raises UnknownBorrower, ConflictingContract."""

    def save_offers(self, offers: Sequence[StoredOffer]) -> None:
        """Insert; an offer id that is stored already is left as it is."""

    def set_offer_status(self, offer_id: str, status: OfferStatus) -> None: ...

    def enqueue(self, item: QueueItem) -> Ingested:
        """Insert unless the item id is there."""

    def decide(
        self, item_id: str, status: QueueStatus, by: str, note: str, at: datetime
    ) -> QueueItem:
        """Move a case to a status. Raises UnknownCase."""

    def audit(self, kind: str, subject: str, detail: Json) -> None:
        """Append to the audit log, which is chained by hashes."""


class Store(Protocol):
    """Opens transactions."""

    def read(self) -> AbstractContextManager[StoreReader]: ...

    def write(self) -> AbstractContextManager[StoreWriter]:
        """Takes the write lock (SQLite) at once, so that what is read stays true till commit."""

    def retrying(self, work: Callable[[StoreWriter], Answer]) -> Answer:
        """Run `work` in a transaction; again from the start when another writer was quicker.

        Raises ConcurrentChange after eight attempts.
        """

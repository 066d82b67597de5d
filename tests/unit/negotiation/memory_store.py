"""A store in memory with the transactions and the lock the services count on."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import RLock
from typing import TypeVar

from account_engine.domain.events import Event, event_hash
from account_engine.domain.terms import Contract
from account_engine.errors import ConcurrentChange, ConflictingEvent, UnknownBorrower, UnknownCase
from account_engine.ports import (
    BorrowerProfile,
    BorrowerStream,
    Ingested,
    Json,
    NewBorrower,
    OfferStatus,
    Queue,
    QueueItem,
    QueueStatus,
    StoredOffer,
)

Answer = TypeVar("Answer")


@dataclass
class Tables:
    """Everything that is stored. Values are frozen, so a shallow copy is a snapshot."""

    profiles: dict[str, BorrowerProfile] = field(default_factory=dict)
    contracts: dict[str, tuple[Contract, ...]] = field(default_factory=dict)
    events: dict[str, tuple[Event, ...]] = field(default_factory=dict)
    offers: dict[str, StoredOffer] = field(default_factory=dict)
    items: dict[str, QueueItem] = field(default_factory=dict)
    audit: tuple[tuple[str, str], ...] = ()

    def snapshot(self) -> Tables:
        return Tables(*(copy.copy(value) for value in vars(self).values()))


class MemoryTransaction:
    """Reads and writes of one transaction."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def borrower(self, borrower_id: str) -> BorrowerProfile:
        if borrower_id not in self.tables.profiles:
            raise UnknownBorrower("no such borrower")
        return self.tables.profiles[borrower_id]

    def stream(self, borrower_id: str) -> BorrowerStream:
        self.borrower(borrower_id)
        events = self.tables.events[borrower_id]
        contracts = self.tables.contracts[borrower_id]
        return BorrowerStream(borrower_id, len(events), contracts, events)

    def version(self, borrower_id: str) -> int:
        return self.stream(borrower_id).version

    def offer(self, offer_id: str) -> StoredOffer | None:
        return self.tables.offers.get(offer_id)

    def queue(self, queue: Queue, status: QueueStatus | None = None) -> tuple[QueueItem, ...]:
        return tuple(
            item
            for item in self.tables.items.values()
            if item.queue is queue and status in (None, item.status)
        )

    def queue_item(self, item_id: str) -> QueueItem | None:
        return self.tables.items.get(item_id)

    def append(
        self, borrower_id: str, events: Sequence[Event], expected_version: int | None = None
    ) -> tuple[Ingested, ...]:
        stored = self.stream(borrower_id).events
        if expected_version not in (None, len(stored)):
            raise ConcurrentChange("the borrower has changed")
        known = {event.event_id: event_hash(event) for event in stored}
        outcome: list[Ingested] = []
        for event in events:
            if event.event_id not in known:
                self.tables.events[borrower_id] += (event,)
                outcome.append(Ingested.APPENDED)
            elif known[event.event_id] == event_hash(event):
                outcome.append(Ingested.DUPLICATE)
            else:
                raise ConflictingEvent("another event has this id")
        return tuple(outcome)

    def save_offers(self, offers: Sequence[StoredOffer]) -> None:
        for offer in offers:
            self.tables.offers.setdefault(offer.offer_id, offer)

    def set_offer_status(self, offer_id: str, status: OfferStatus) -> None:
        self.tables.offers[offer_id] = replace(self.tables.offers[offer_id], status=status)

    def enqueue(self, item: QueueItem) -> Ingested:
        if item.item_id in self.tables.items:
            return Ingested.DUPLICATE
        self.tables.items[item.item_id] = item
        return Ingested.APPENDED

    def decide(
        self, item_id: str, status: QueueStatus, by: str, note: str, at: datetime
    ) -> QueueItem:
        if item_id not in self.tables.items:
            raise UnknownCase("no such case")
        item = replace(
            self.tables.items[item_id], status=status, decided_by=by, note=note, decided_at=at
        )
        self.tables.items[item_id] = item
        return item

    def audit(self, kind: str, subject: str, detail: Json) -> None:
        self.tables.audit += ((kind, subject),)

    def add_borrower(self, borrower: NewBorrower) -> Ingested:
        if borrower.borrower_id in self.tables.profiles:
            return Ingested.DUPLICATE
        self.tables.profiles[borrower.borrower_id] = BorrowerProfile(
            borrower.borrower_id, borrower.display_name, "", borrower.vulnerable, borrower.story
        )
        self.tables.events[borrower.borrower_id] = ()
        self.tables.contracts[borrower.borrower_id] = ()
        return Ingested.APPENDED

    def add_contract(self, contract: Contract) -> Ingested:
        known = self.tables.contracts[contract.borrower_id]
        if contract in known:
            return Ingested.DUPLICATE
        self.tables.contracts[contract.borrower_id] = (*known, contract)
        return Ingested.APPENDED


class MemoryStore:
    """One writer at a time; what a failed transaction wrote is gone."""

    def __init__(self) -> None:
        self.tables = Tables()
        self.lost_races = 0
        self._lock = RLock()

    @contextmanager
    def read(self) -> Iterator[MemoryTransaction]:
        yield MemoryTransaction(self.tables.snapshot())

    @contextmanager
    def write(self) -> Iterator[MemoryTransaction]:
        with self._lock:
            transaction = MemoryTransaction(self.tables.snapshot())
            yield transaction
            self.tables = transaction.tables

    def retrying(self, work: Callable[[MemoryTransaction], Answer]) -> Answer:
        while self.lost_races:
            self.lost_races -= 1
            work(MemoryTransaction(self.tables.snapshot()))  # another was quicker: nothing is kept
        with self.write() as writer:
            return work(writer)

    def add(
        self,
        profile: BorrowerProfile,
        contracts: Sequence[Contract],
        events: Sequence[Event],
    ) -> None:
        self.tables.profiles[profile.borrower_id] = profile
        self.tables.contracts[profile.borrower_id] = tuple(contracts)
        self.tables.events[profile.borrower_id] = tuple(events)

"""Writing: appending events under the borrower's version, and the desk's own tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from account_engine.domain.events import Event
from account_engine.domain.terms import Contract
from account_engine.errors import (
    ConcurrentChange,
    ConflictingContract,
    ConflictingEvent,
    UnknownAccount,
    UnknownBorrower,
    UnknownCase,
)
from account_engine.ports import (
    Ingested,
    Json,
    NewBorrower,
    OfferStatus,
    QueueItem,
    QueueStatus,
    StoredOffer,
)
from account_engine.store import tables
from account_engine.store.audit import append_audit
from account_engine.store.chain import GENESIS
from account_engine.store.codec import chain_rows, content_hash, event_to_row
from account_engine.store.lookups import stored_hashes
from account_engine.store.moments import to_us
from account_engine.store.payload_codec import canonical
from account_engine.store.reader import SqlReader


class SqlWriter(SqlReader):
    """`StoreWriter` over one open transaction."""

    def append(
        self, borrower_id: str, events: Sequence[Event], expected_version: int | None = None
    ) -> tuple[Ingested, ...]:
        row = self._borrower_row(borrower_id)
        if expected_version is not None and row.version != expected_version:
            raise ConcurrentChange("the borrower's history has moved on")
        self._require_accounts(borrower_id, events)
        outcome, rows = self._new_rows(events)
        if rows:
            head = chain_rows(rows, row.version, bytes(row.chain_hash))
            self._advance(borrower_id, row.version, len(rows), head)
            self.connection.execute(insert(tables.events), rows)
        return outcome

    def add_borrower(self, borrower: NewBorrower) -> Ingested:
        profile = {
            "display_name": borrower.display_name,
            "phone": borrower.phone,
            "vulnerable": canonical(list(borrower.vulnerable)),
            "story": borrower.story,
        }
        key = tables.borrowers.c.borrower_id == borrower.borrower_id
        found = self.connection.execute(select(tables.borrowers).where(key)).one_or_none()
        if found is None:
            fresh = {"borrower_id": borrower.borrower_id, "version": 0, "sealed_version": 0}
            self.connection.execute(
                insert(tables.borrowers).values(chain_hash=GENESIS, **fresh, **profile)
            )
            return Ingested.APPENDED
        if all(getattr(found, name) == value for name, value in profile.items()):
            return Ingested.DUPLICATE
        self.connection.execute(update(tables.borrowers).where(key).values(**profile))
        return Ingested.APPENDED

    def add_contract(self, contract: Contract) -> Ingested:
        content = self._contracts.dump(contract)
        digest = content_hash(content)
        key = tables.contracts.c.account_id == contract.account_id
        query = select(tables.contracts.c.content_hash).where(key)
        found = self.connection.execute(query).scalar_one_or_none()
        if found is not None:
            if bytes(found) != digest:
                raise ConflictingContract("another contract has this account id", "account_id")
            return Ingested.DUPLICATE
        self._borrower_row(contract.borrower_id)
        self.connection.execute(
            insert(tables.contracts).values(
                account_id=contract.account_id,
                borrower_id=contract.borrower_id,
                content=content,
                content_hash=digest,
            )
        )
        return Ingested.APPENDED

    def save_offers(self, offers: Sequence[StoredOffer]) -> None:
        for offer in offers:
            if self.offer(offer.offer_id) is None:
                self.connection.execute(insert(tables.offers).values(**_offer_values(offer)))

    def set_offer_status(self, offer_id: str, status: OfferStatus) -> None:
        key = tables.offers.c.offer_id == offer_id
        self.connection.execute(update(tables.offers).where(key).values(status=status.value))

    def enqueue(self, item: QueueItem) -> Ingested:
        if self.queue_item(item.item_id) is not None:
            return Ingested.DUPLICATE
        self.connection.execute(insert(tables.queue_items).values(**_queue_values(item)))
        return Ingested.APPENDED

    def decide(
        self, item_id: str, status: QueueStatus, by: str, note: str, at: datetime
    ) -> QueueItem:
        change = update(tables.queue_items).where(tables.queue_items.c.item_id == item_id)
        self.connection.execute(
            change.values(status=status.value, decided_at_us=to_us(at), decided_by=by, note=note)
        )
        item = self.queue_item(item_id)
        if item is None:
            raise UnknownCase("no case has this id", "item_id")
        self.audit("decision", item_id, {"status": status.value, "by": by, "note": note})
        return item

    def audit(self, kind: str, subject: str, detail: Json) -> None:
        append_audit(self.connection, kind, subject, detail)

    def _require_accounts(self, borrower_id: str, events: Sequence[Event]) -> None:
        query = select(tables.contracts.c.account_id).where(
            tables.contracts.c.borrower_id == borrower_id
        )
        known = {row[0] for row in self.connection.execute(query)}
        for event in events:
            if event.borrower_id != borrower_id:
                raise UnknownBorrower("the event belongs to another borrower", "borrower_id")
            if event.account_id is not None and event.account_id not in known:
                raise UnknownAccount("the borrower has no such account", "account_id")

    def _new_rows(
        self, events: Sequence[Event]
    ) -> tuple[tuple[Ingested, ...], list[dict[str, Any]]]:
        stored = stored_hashes(self.connection, [event.event_id for event in events])
        outcome: list[Ingested] = []
        rows: list[dict[str, Any]] = []
        for event in events:
            row = event_to_row(event)
            known = stored.get(event.event_id)
            if known is None:
                stored[event.event_id] = row["content_hash"]
                rows.append(row)
                outcome.append(Ingested.APPENDED)
            elif known == row["content_hash"]:
                outcome.append(Ingested.DUPLICATE)
            else:
                raise ConflictingEvent("this event id is taken by other content", "event_id")
        return tuple(outcome), rows

    def _advance(self, borrower_id: str, version: int, added: int, head: bytes) -> None:
        columns = tables.borrowers.c
        change = (
            update(tables.borrowers)
            .where(columns.borrower_id == borrower_id, columns.version == version)
            .values(version=version + added, chain_hash=head)
        )
        # Under PostgreSQL another transaction may have committed since the row was read.
        if self.connection.execute(change).rowcount != 1:
            raise ConcurrentChange("the borrower's history has moved on")


def _offer_values(offer: StoredOffer) -> dict[str, Any]:
    return {
        "offer_id": offer.offer_id,
        "borrower_id": offer.borrower_id,
        "inputs_hash": offer.inputs_hash,
        "content": canonical(offer.content),
        "created_at_us": to_us(offer.created_at),
        "expires_at_us": to_us(offer.expires_at),
        "status": offer.status.value,
    }


def _queue_values(item: QueueItem) -> dict[str, Any]:
    return {
        "item_id": item.item_id,
        "queue": item.queue.value,
        "borrower_id": item.borrower_id,
        "subject": item.subject,
        "content": canonical(item.content),
        "status": item.status.value,
        "created_at_us": to_us(item.created_at),
        "decided_at_us": None if item.decided_at is None else to_us(item.decided_at),
        "decided_by": item.decided_by,
        "note": item.note,
    }

"""Reading borrowers, their streams, offers and queues."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from account_engine.domain.events import Event
from account_engine.domain.state import BorrowerState
from account_engine.domain.terms import Contract
from account_engine.errors import UnknownBorrower
from account_engine.ports import (
    BorrowerProfile,
    BorrowerStream,
    OfferStatus,
    Queue,
    QueueItem,
    QueueStatus,
    StoredOffer,
)
from account_engine.store import tables
from account_engine.store.codec import ContractCodec, events_from_driver
from account_engine.store.moments import from_us
from account_engine.store.state_codec import FOLD_VERSION, load_state


class SqlReader:
    """`StoreReader` over one open connection."""

    def __init__(self, connection: Connection, contracts: ContractCodec) -> None:
        self.connection = connection
        self._contracts = contracts

    def borrower(self, borrower_id: str) -> BorrowerProfile:
        row = self._borrower_row(borrower_id)
        return BorrowerProfile(
            borrower_id=row.borrower_id,
            display_name=row.display_name,
            phone_masked=mask_phone(row.phone),
            vulnerable=tuple(json.loads(row.vulnerable)),
            story=row.story,
        )

    def stream(self, borrower_id: str) -> BorrowerStream:
        version = self.version(borrower_id)
        return BorrowerStream(
            borrower_id=borrower_id,
            version=version,
            contracts=self.contracts(borrower_id),
            events=self.events(borrower_id),
        )

    def snapshot(self, borrower_id: str, version: int, as_of: date) -> BorrowerState | None:
        columns = tables.snapshots.c
        query = select(columns.content).where(
            columns.borrower_id == borrower_id,
            columns.version == version,
            columns.as_of == as_of,
            columns.fold_version == FOLD_VERSION,
        )
        content = self.connection.execute(query).scalar_one_or_none()
        return None if content is None else load_state(bytes(content), self.contracts(borrower_id))

    def version(self, borrower_id: str) -> int:
        return int(self._borrower_row(borrower_id).version)

    def contracts(self, borrower_id: str) -> tuple[Contract, ...]:
        """The borrower's contracts by account id; none for an unknown borrower."""
        query = (
            select(tables.contracts.c.content)
            .where(tables.contracts.c.borrower_id == borrower_id)
            .order_by(tables.contracts.c.account_id)
        )
        return tuple(self._contracts.load(row[0]) for row in self.connection.execute(query))

    def contract_texts(self, borrower_id: str) -> tuple[dict[str, Any], ...]:
        """The borrower's contracts as they are stored: the terms by name and version."""
        columns = tables.contracts.c
        query = select(columns.content).where(columns.borrower_id == borrower_id)
        rows = self.connection.execute(query.order_by(columns.account_id))
        return tuple(json.loads(row[0]) for row in rows)

    def events(self, borrower_id: str) -> tuple[Event, ...]:
        """The borrower's events in the order they were stored."""
        columns = tables.events.c
        query = (
            select(
                columns.borrower_id,
                columns.event_id,
                columns.account_id,
                columns.kind,
                columns.value_date,
                columns.booked_at_us,
                columns.payload,
            )
            .where(columns.borrower_id == borrower_id)
            .order_by(columns.version)
        )
        return events_from_driver(self.connection.execute(query).cursor.fetchall())

    def offer(self, offer_id: str) -> StoredOffer | None:
        query = select(tables.offers).where(tables.offers.c.offer_id == offer_id)
        row = self.connection.execute(query).one_or_none()
        return None if row is None else _offer(row)

    def queue(self, queue: Queue, status: QueueStatus | None = None) -> tuple[QueueItem, ...]:
        columns = tables.queue_items.c
        query = select(tables.queue_items).where(columns.queue == queue.value)
        if status is not None:
            query = query.where(columns.status == status.value)
        query = query.order_by(columns.created_at_us, columns.item_id)
        return tuple(_queue_item(row) for row in self.connection.execute(query))

    def queue_item(self, item_id: str) -> QueueItem | None:
        query = select(tables.queue_items).where(tables.queue_items.c.item_id == item_id)
        row = self.connection.execute(query).one_or_none()
        return None if row is None else _queue_item(row)

    def borrower_ids(self) -> Sequence[str]:
        """Every borrower's id, in the database's order; for small portfolios and demos."""
        query = select(tables.borrowers.c.borrower_id).order_by(tables.borrowers.c.borrower_id)
        return [row[0] for row in self.connection.execute(query)]

    def _borrower_row(self, borrower_id: str) -> Any:
        query = select(tables.borrowers).where(tables.borrowers.c.borrower_id == borrower_id)
        row = self.connection.execute(query).one_or_none()
        if row is None:
            raise UnknownBorrower("no borrower has this id")
        return row


def mask_phone(phone: str) -> str:
    """Return a phone number with only its first three and last four digits: 138****0001."""
    if len(phone) < 8:
        return "*" * len(phone)
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"


def _offer(row: Any) -> StoredOffer:
    return StoredOffer(
        offer_id=row.offer_id,
        borrower_id=row.borrower_id,
        inputs_hash=row.inputs_hash,
        content=json.loads(row.content),
        created_at=from_us(row.created_at_us),
        expires_at=from_us(row.expires_at_us),
        status=OfferStatus(row.status),
    )


def _queue_item(row: Any) -> QueueItem:
    return QueueItem(
        item_id=row.item_id,
        queue=Queue(row.queue),
        borrower_id=row.borrower_id,
        subject=row.subject,
        created_at=from_us(row.created_at_us),
        content=json.loads(row.content),
        status=QueueStatus(row.status),
        decided_at=None if row.decided_at_us is None else from_us(row.decided_at_us),
        decided_by=row.decided_by,
        note=row.note,
    )

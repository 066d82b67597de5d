"""Checking a whole store: hashes, chains, contracts, the audit log, and every fold again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import select
from sqlalchemy.engine import Connection

from account_engine.domain.fold import fold
from account_engine.errors import EngineError
from account_engine.store import tables
from account_engine.store.chain import GENESIS, link, link_event
from account_engine.store.codec import content_hash, event_hash
from account_engine.store.database import reading
from account_engine.store.reader import SqlReader
from account_engine.store.seal import broken_seal
from account_engine.store.sql_store import SqlStore
from account_engine.store.state_codec import FOLD_VERSION, dump_state


class Finding(str, Enum):
    """What can be wrong with what is stored."""

    EVENT_CHANGED = "event_changed"
    CHAIN_BROKEN = "chain_broken"
    EVENTS_MISSING = "events_missing"
    CONTRACT_CHANGED = "contract_changed"
    AUDIT_LOG_BROKEN = "audit_log_broken"
    SEAL_BROKEN = "seal_broken"
    CANNOT_BE_FOLDED = "cannot_be_folded"
    SNAPSHOT_DIFFERS = "snapshot_differs"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `subject` is a borrower's id or a place in the audit log."""

    finding: Finding
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked and what was wrong."""

    borrowers: int
    events: int
    snapshots: int
    audit_entries: int
    problems: tuple[Problem, ...]


def verify(
    store: SqlStore, progress: Callable[[str], None] = lambda _borrower: None
) -> Verification:
    """Check everything, in one consistent view of the database; store nothing."""
    with reading(store.engine) as connection:
        check = _Check(connection, SqlReader(connection, store.contracts))
        everybody = select(tables.borrowers.c.borrower_id).order_by(tables.borrowers.c.borrower_id)
        keys = connection.execute(everybody.execution_options(stream_results=True))
        for (borrower_id,) in keys.yield_per(1_000):
            check.borrower(borrower_id)
            progress(borrower_id)
        check.audit_log()
        return Verification(
            check.borrowers,
            check.events,
            check.snapshots,
            check.audit_entries,
            tuple(check.problems),
        )


class _Check:
    def __init__(self, connection: Connection, reader: SqlReader) -> None:
        self._connection = connection
        self._reader = reader
        self.borrowers = self.events = self.snapshots = self.audit_entries = 0
        self.problems: list[Problem] = []

    def borrower(self, borrower_id: str) -> None:
        self.borrowers += 1
        self._contracts(borrower_id)
        self._chain(borrower_id)
        self._fold(borrower_id)

    def audit_log(self) -> None:
        columns = tables.audit_log.c
        head = GENESIS
        for number, row in enumerate(
            self._connection.execute(select(tables.audit_log).order_by(columns.position)), start=1
        ):
            self.audit_entries += 1
            head = link(head, number, row.at_us, row.kind, row.subject, row.detail)
            if row.position != number or head != bytes(row.chain_hash):
                self._add(Finding.AUDIT_LOG_BROKEN, str(row.position), "hash does not follow")
                break
        broken = broken_seal(self._connection)
        if broken is not None:
            self._add(Finding.SEAL_BROKEN, broken, "sealed events or borrowers are gone or changed")

    def _contracts(self, borrower_id: str) -> None:
        columns = tables.contracts.c
        query = select(columns.account_id, columns.content, columns.content_hash)
        for account_id, content, digest in self._connection.execute(
            query.where(columns.borrower_id == borrower_id)
        ):
            if content_hash(content) != bytes(digest):
                self._add(Finding.CONTRACT_CHANGED, borrower_id, account_id)

    def _chain(self, borrower_id: str) -> None:
        columns = tables.events.c
        head, version = GENESIS, 0
        query = select(tables.events).where(columns.borrower_id == borrower_id)
        for row in self._connection.execute(query.order_by(columns.version)):
            self.events += 1
            version += 1
            said = (row.borrower_id, row.event_id, row.account_id, row.kind)
            if event_hash(*said, row.value_date, row.payload) != bytes(row.content_hash):
                self._add(Finding.EVENT_CHANGED, borrower_id, row.event_id)
            head = link_event(head, row.version, row.booked_at_us, bytes(row.content_hash))
            if row.version != version or head != bytes(row.chain_hash):
                self._add(Finding.CHAIN_BROKEN, borrower_id, f"at version {row.version}")
                return
        heads = tables.borrowers.c
        stored = self._connection.execute(
            select(heads.version, heads.chain_hash).where(heads.borrower_id == borrower_id)
        ).one()
        if stored[0] != version or bytes(stored[1]) != head:
            self._add(Finding.EVENTS_MISSING, borrower_id, f"{version} of {stored[0]} are there")

    def _fold(self, borrower_id: str) -> None:
        snapshot = tables.snapshots.c
        stored = self._connection.execute(
            select(tables.snapshots).where(snapshot.borrower_id == borrower_id)
        ).one_or_none()
        try:
            stream = self._reader.stream(borrower_id)
            as_of = (
                stored.as_of if stored else max((e.value_date for e in stream.events), default=None)
            )
            if as_of is None:
                return
            state = fold(stream.contracts, stream.events, as_of)
        except (EngineError, KeyError, TypeError, ValueError) as error:
            self._add(Finding.CANNOT_BE_FOLDED, borrower_id, type(error).__name__)
            return
        fresh = stored and (stored.version, stored.fold_version) == (stream.version, FOLD_VERSION)
        if stored and fresh:
            self.snapshots += 1
            if bytes(stored.content) != dump_state(state):
                self._add(Finding.SNAPSHOT_DIFFERS, borrower_id, f"as of {as_of}")

    def _add(self, finding: Finding, subject: str, detail: str) -> None:
        self.problems.append(Problem(finding, subject, detail))

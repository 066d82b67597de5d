"""Sealing: the heads of all borrowers' chains as one hash in the audit log.

A chain alone does not show that its last events were cut off. After a seal that shows too, and so
does a borrower who disappeared: the seal's hash could not be made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import and_, select, update
from sqlalchemy.engine import Connection

from account_engine.store import tables
from account_engine.store.chain import GENESIS, root
from account_engine.store.database import Isolation
from account_engine.store.sql_store import SqlStore

KIND = "seal"
_ROWS_AT_ONCE = 1_000


def seal(store: SqlStore, subject: str) -> bool:
    """Seal all chains as they are now; return False when `subject` is sealed already."""
    columns = tables.borrowers.c
    with store.write(Isolation.ROWS) as writer:
        if _found(writer.connection, subject) is not None:
            return False
        moved = update(tables.borrowers).where(columns.sealed_version != columns.version)
        writer.connection.execute(moved.values(sealed_version=columns.version))
        count, sealed = _root(writer.connection)
        writer.audit(KIND, subject, {"borrowers": count, "root": sealed})
        return True


def broken_seal(connection: Connection) -> str | None:
    """Return the subject of the last seal when it no longer fits what is stored, else None."""
    newest = _newest(connection)
    if newest is None:
        return None
    subject, detail = newest
    count, sealed = _root(connection)
    fits = json.loads(detail) == {"borrowers": count, "root": sealed}
    return None if fits else subject


def _root(connection: Connection) -> tuple[int, str]:
    """Return how many borrowers were sealed and one hash over their chains at that version."""
    heads = tables.borrowers.c
    events = tables.events.c
    same = and_(events.borrower_id == heads.borrower_id, events.version == heads.sealed_version)
    query = (
        select(heads.borrower_id, heads.sealed_version, events.chain_hash)
        .select_from(tables.borrowers.outerjoin(tables.events, same))
        .where(heads.sealed_version > 0)
        .order_by(heads.borrower_id)
    )
    rows = connection.execute(query.execution_options(stream_results=True))
    count = 0

    def chains() -> Iterator[tuple[str, int, bytes]]:
        nonlocal count
        for borrower_id, version, chain_hash in rows.yield_per(_ROWS_AT_ONCE):
            count += 1
            yield borrower_id, version, GENESIS if chain_hash is None else bytes(chain_hash)

    digest = root(chains())
    return count, digest.hex()


def _found(connection: Connection, subject: str) -> int | None:
    columns = tables.audit_log.c
    query = select(columns.position).where(columns.kind == KIND, columns.subject == subject)
    position: int | None = connection.execute(query.limit(1)).scalar_one_or_none()
    return position


def _newest(connection: Connection) -> tuple[str, str] | None:
    columns = tables.audit_log.c
    query = select(columns.subject, columns.detail).where(columns.kind == KIND)
    row = connection.execute(query.order_by(columns.position.desc()).limit(1)).one_or_none()
    return None if row is None else (row[0], row[1])

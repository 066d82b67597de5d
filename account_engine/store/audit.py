"""The audit log: who did what besides the events themselves, as one chain of hashes."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from account_engine.ports import Json
from account_engine.store import tables
from account_engine.store.chain import GENESIS, link
from account_engine.store.moments import now_us
from account_engine.store.payload_codec import canonical

_ADVISORY_LOCK = 0x61_75_64_69


def append_audit(connection: Connection, kind: str, subject: str, detail: Json) -> None:
    """Append one entry. `detail` must hold no whole phone number and no free text of a person."""
    if connection.dialect.name == "postgresql":
        # The chain has one end: whoever appends waits for the one before.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
    columns = tables.audit_log.c
    last = connection.execute(
        select(columns.position, columns.chain_hash).order_by(columns.position.desc()).limit(1)
    ).one_or_none()
    position, previous = (0, GENESIS) if last is None else (last[0], bytes(last[1]))
    at_us, text = now_us(), canonical(detail)
    connection.execute(
        insert(tables.audit_log).values(
            position=position + 1,
            at_us=at_us,
            kind=kind,
            subject=subject,
            detail=text,
            chain_hash=link(previous, position + 1, at_us, kind, subject, text),
        )
    )

"""The tables, as the queries see them. The migrations are what creates them.

Hashes are 32 raw bytes (SHA-256). `booked_at_us`, `at_us` and the like are microseconds since
1970 in UTC: exact, the same on every database, and cheap to read a million times.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

borrowers = Table(
    "borrowers",
    metadata,
    Column("borrower_id", String(64), primary_key=True),
    Column("display_name", Text, nullable=False),
    Column("phone", String(32), nullable=False),
    Column("vulnerable", Text, nullable=False),
    Column("story", Text, nullable=False),
    # The optimistic lock: the number of events, and the hash of the last one.
    Column("version", Integer, nullable=False),
    Column("chain_hash", LargeBinary(32), nullable=False),
    # The version that the last seal in the audit log covers.
    Column("sealed_version", Integer, nullable=False),
)

contracts = Table(
    "contracts",
    metadata,
    Column("account_id", String(64), primary_key=True),
    Column("borrower_id", String(64), ForeignKey("borrowers.borrower_id"), nullable=False),
    Column("content", Text, nullable=False),
    Column("content_hash", LargeBinary(32), nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("borrower_id", String(64), ForeignKey("borrowers.borrower_id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("event_id", String(128), nullable=False),
    Column("account_id", String(64)),
    Column("kind", String(32), nullable=False),
    Column("value_date", Date, nullable=False),
    Column("booked_at_us", BigInteger, nullable=False),
    Column("payload", Text, nullable=False),
    Column("content_hash", LargeBinary(32), nullable=False),
    Column("chain_hash", LargeBinary(32), nullable=False),
    UniqueConstraint("event_id", name="uq_events_event_id"),
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("at_us", BigInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", String(128), nullable=False),
    Column("detail", Text, nullable=False),
    Column("chain_hash", LargeBinary(32), nullable=False),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("borrower_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("fold_version", String(32), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

stages = Table(
    "stages",
    metadata,
    Column("borrower_id", String(64), primary_key=True),
    Column("swept_on", Date, nullable=False),
    # Until then nothing about the borrower can change unless an event comes in: with the same
    # version, a sweep may pass them over. None: always look.
    Column("version", Integer, nullable=False),
    Column("quiet_until", Date),
    Column("content", Text, nullable=False),
)

offers = Table(
    "offers",
    metadata,
    Column("offer_id", String(64), primary_key=True),
    Column("borrower_id", String(64), ForeignKey("borrowers.borrower_id"), nullable=False),
    Column("inputs_hash", String(64), nullable=False),
    Column("content", Text, nullable=False),
    Column("created_at_us", BigInteger, nullable=False),
    Column("expires_at_us", BigInteger, nullable=False),
    Column("status", String(16), nullable=False),
)

queue_items = Table(
    "queue_items",
    metadata,
    Column("item_id", String(64), primary_key=True),
    Column("queue", String(16), nullable=False),
    Column("borrower_id", String(64), ForeignKey("borrowers.borrower_id"), nullable=False),
    Column("subject", String(128), nullable=False),
    Column("content", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("created_at_us", BigInteger, nullable=False),
    Column("decided_at_us", BigInteger),
    Column("decided_by", String(64)),
    Column("note", Text),
)

outbox = Table(
    "outbox",
    metadata,
    Column("message_id", String(64), primary_key=True),
    Column("business_date", Date, nullable=False),
    Column("borrower_id", String(64), nullable=False),
    Column("account_id", String(64)),
    Column("kind", String(32), nullable=False),
    Column("content", Text, nullable=False),
    Column("delivered_at_us", BigInteger),
)

sweep_batches = Table(
    "sweep_batches",
    metadata,
    # The ranges (after_key, upto_key] of one night; the last one has no upper end, so that a
    # borrower who is added while the sweep runs belongs to exactly one of them.
    Column("business_date", Date, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("after_key", String(64), nullable=False),
    Column("upto_key", String(64)),
    Column("done", Integer, nullable=False),
    Column("borrowers", Integer, nullable=False),
    Column("messages", Integer, nullable=False),
    Column("events", Integer, nullable=False),
)

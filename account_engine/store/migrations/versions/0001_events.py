"""Borrowers, contracts, events, audit log, caches, offers, queues, outbox, sweep.

Revision: 0001, after: nothing
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from account_engine.store.append_only import append_only, drop_append_only

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_APPEND_ONLY = {
    "contracts": [["account_id"]],
    "events": [["borrower_id", "version"], ["event_id"]],
    "audit_log": [["position"]],
}
_TABLES = (
    "sweep_batches",
    "outbox",
    "queue_items",
    "offers",
    "stages",
    "snapshots",
    "audit_log",
    "events",
    "contracts",
    "borrowers",
)


def upgrade() -> None:
    _create_facts()
    _create_caches()
    _create_desk()
    _create_sweep()
    dialect = op.get_bind().dialect.name
    for table, keys in _APPEND_ONLY.items():
        for statement in append_only(dialect, table, keys):
            op.execute(statement)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table in _APPEND_ONLY:
        for statement in drop_append_only(dialect, table):
            # PostgreSQL drops a function only after its triggers, which this order gives.
            op.execute(statement)
    for table in _TABLES:
        op.drop_table(table)


def _borrower_id(**kwargs: bool) -> sa.Column:
    return sa.Column("borrower_id", sa.String(64), sa.ForeignKey("borrowers.borrower_id"), **kwargs)


def _create_facts() -> None:
    op.create_table(
        "borrowers",
        sa.Column("borrower_id", sa.String(64), primary_key=True),
        sa.Column("display_name", sa.Text, nullable=False),
        sa.Column("phone", sa.String(32), nullable=False),
        sa.Column("vulnerable", sa.Text, nullable=False),
        sa.Column("story", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("chain_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("sealed_version", sa.Integer, nullable=False),
    )
    op.create_table(
        "contracts",
        sa.Column("account_id", sa.String(64), primary_key=True),
        _borrower_id(nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("content_hash", sa.LargeBinary(32), nullable=False),
    )
    op.create_index("ix_contracts_borrower_id", "contracts", ["borrower_id"])
    op.create_table(
        "events",
        _borrower_id(primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("event_id", sa.String(128), nullable=False),
        sa.Column("account_id", sa.String(64)),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("value_date", sa.Date, nullable=False),
        sa.Column("booked_at_us", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("content_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("chain_hash", sa.LargeBinary(32), nullable=False),
        sa.UniqueConstraint("event_id", name="uq_events_event_id"),
        # One borrower's events lie side by side on disk: a sweep reads them in one stride.
        sqlite_with_rowid=False,
    )
    op.create_table(
        "audit_log",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(128), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("chain_hash", sa.LargeBinary(32), nullable=False),
    )


def _create_caches() -> None:
    op.create_table(
        "snapshots",
        sa.Column("borrower_id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("fold_version", sa.String(32), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _create_desk() -> None:
    op.create_table(
        "offers",
        sa.Column("offer_id", sa.String(64), primary_key=True),
        _borrower_id(nullable=False),
        sa.Column("inputs_hash", sa.String(64), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("created_at_us", sa.BigInteger, nullable=False),
        sa.Column("expires_at_us", sa.BigInteger, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
    )
    op.create_index("ix_offers_borrower_id", "offers", ["borrower_id"])
    op.create_table(
        "queue_items",
        sa.Column("item_id", sa.String(64), primary_key=True),
        sa.Column("queue", sa.String(16), nullable=False),
        _borrower_id(nullable=False),
        sa.Column("subject", sa.String(128), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("created_at_us", sa.BigInteger, nullable=False),
        sa.Column("decided_at_us", sa.BigInteger),
        sa.Column("decided_by", sa.String(64)),
        sa.Column("note", sa.Text),
    )
    op.create_index("ix_queue_items_queue", "queue_items", ["queue", "status", "created_at_us"])


def _create_sweep() -> None:
    op.create_table(
        "stages",
        sa.Column("borrower_id", sa.String(64), primary_key=True),
        sa.Column("swept_on", sa.Date, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("quiet_until", sa.Date),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("message_id", sa.String(64), primary_key=True),
        sa.Column("business_date", sa.Date, nullable=False),
        sa.Column("borrower_id", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(64)),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("delivered_at_us", sa.BigInteger),
    )
    op.create_index("ix_outbox_delivered", "outbox", ["delivered_at_us", "business_date"])
    op.create_table(
        "sweep_batches",
        sa.Column("business_date", sa.Date, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("after_key", sa.String(64), nullable=False),
        sa.Column("upto_key", sa.String(64)),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("borrowers", sa.Integer, nullable=False),
        sa.Column("messages", sa.Integer, nullable=False),
        sa.Column("events", sa.Integer, nullable=False),
    )

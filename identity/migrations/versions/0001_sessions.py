"""Sessions, transcript, verification, handoffs, pushes.

Revision: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Creates the tables."""
    op.create_table(
        "sessions",
        sa.Column("sender_id", sa.String(80), primary_key=True),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("external_ref", sa.String(255)),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime),
        sa.Column("borrower_id", sa.String(128)),
        sa.Column("display_name", sa.String(128)),
        sa.Column("method", sa.String(32)),
        sa.Column("authenticated_at", sa.DateTime),
        sa.Column("auth_expires_at", sa.DateTime),
        sa.Column("revoked_at", sa.DateTime),
        sa.UniqueConstraint("channel", "external_ref", name="uq_sessions_external"),
    )
    op.create_index("ix_sessions_borrower", "sessions", ["borrower_id"])
    op.create_table(
        "used_tokens",
        sa.Column("token_digest", sa.String(64), primary_key=True),
        sa.Column("used_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "verification_challenges",
        sa.Column("challenge", sa.String(64), primary_key=True),
        sa.Column("sender_id", sa.String(80), nullable=False),
        sa.Column("phone_digest", sa.String(64), nullable=False),
        sa.Column("code_digest", sa.String(64), nullable=False),
        sa.Column("borrower_id", sa.String(128)),
        sa.Column("display_name", sa.String(128)),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("closed_at", sa.DateTime),
    )
    op.create_index(
        "ix_challenges_phone", "verification_challenges", ["phone_digest", "created_at"]
    )
    op.create_index("ix_challenges_sender", "verification_challenges", ["sender_id", "created_at"])
    op.create_table(
        "security_log",
        sa.Column("id", _ROW_NUMBER, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("sender_id", sa.String(80)),
        sa.Column("address_digest", sa.String(64)),
        sa.Column("detail", sa.JSON, nullable=False),
    )
    op.create_index("ix_security_log_at", "security_log", ["at"])
    _create_conversation_tables()
    _create_desk_tables()


def _create_conversation_tables() -> None:
    op.create_table(
        "transcript",
        sa.Column("id", _ROW_NUMBER, primary_key=True, autoincrement=True),
        sa.Column("sender_id", sa.String(80), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("client_id", sa.String(128)),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("in_reply_to", sa.String(128)),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("answered_at", sa.DateTime),
        sa.UniqueConstraint("sender_id", "seq", name="uq_transcript_seq"),
        sa.UniqueConstraint("sender_id", "client_id", name="uq_transcript_client_id"),
    )
    op.create_table(
        "offered_buttons",
        sa.Column("value", sa.String(64), primary_key=True),
        sa.Column("sender_id", sa.String(80), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("offered_at", sa.DateTime, nullable=False),
        sa.Column("menu", sa.Integer),
    )
    op.create_index("ix_buttons_sender", "offered_buttons", ["sender_id", "menu"])
    op.create_table(
        "feedback",
        sa.Column("id", _ROW_NUMBER, primary_key=True, autoincrement=True),
        sa.Column("sender_id", sa.String(80), nullable=False),
        sa.Column("message_seq", sa.Integer, nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("sender_id", "message_seq", name="uq_feedback_message"),
    )


def _create_desk_tables() -> None:
    op.create_table(
        "handoffs",
        sa.Column("id", _ROW_NUMBER, primary_key=True, autoincrement=True),
        sa.Column("case_number", sa.String(32), nullable=False, unique=True),
        sa.Column("sender_id", sa.String(80), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.Column("summary", sa.JSON, nullable=False),
        sa.Column("person", sa.String(128)),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("taken_at", sa.DateTime),
        sa.Column("closed_at", sa.DateTime),
    )
    op.create_index("ix_handoffs_open", "handoffs", ["state", "id"])
    op.create_index("ix_handoffs_sender", "handoffs", ["sender_id", "id"])
    op.create_table(
        "push_inbox",
        sa.Column("id", _ROW_NUMBER, primary_key=True, autoincrement=True),
        sa.Column("external_id", sa.String(128), nullable=False, unique=True),
        sa.Column("borrower_id", sa.String(128)),
        sa.Column("sender_id", sa.String(80)),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("deliver_after", sa.DateTime, nullable=False),
        sa.Column("delivered_at", sa.DateTime),
    )
    op.create_index("ix_push_waiting", "push_inbox", ["delivered_at", "deliver_after"])


def downgrade() -> None:
    """Drops the tables."""
    for table in (
        "push_inbox",
        "handoffs",
        "feedback",
        "offered_buttons",
        "transcript",
        "security_log",
        "verification_challenges",
        "used_tokens",
        "sessions",
    ):
        op.drop_table(table)

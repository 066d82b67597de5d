"""The tables, in SQLAlchemy Core. ``identity/migrations`` creates them; this file reads them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData()
# SQLite numbers rows by itself only for INTEGER primary keys.
_RowNumber = BigInteger().with_variant(Integer, "sqlite")


class UtcDateTime(TypeDecorator):  # type: ignore[misc]
    """Aware times in, aware UTC times out; kept without a zone so both databases agree."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """Refuses naive times: they have caused enough wrong days elsewhere."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(timezone.utc).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """Gives the zone back."""
        return None if value is None else value.replace(tzinfo=timezone.utc)


sessions = Table(
    "sessions",
    metadata,
    Column("sender_id", String(80), primary_key=True),
    Column("channel", String(32), nullable=False),
    Column("external_ref", String(255)),
    Column("generation", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("borrower_id", String(128)),
    Column("display_name", String(128)),
    Column("method", String(32)),
    Column("authenticated_at", UtcDateTime),
    Column("auth_expires_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Column("ever_signed_in", Boolean, nullable=False, server_default=false()),
    # On service channels: the last unasked message that the platform has got.
    Column("delivered_seq", Integer, nullable=False, server_default="0"),
    Index("ix_sessions_borrower", "borrower_id"),
    UniqueConstraint("channel", "external_ref", name="uq_sessions_external"),
)

channel_marks = Table(
    "channel_marks",
    metadata,
    Column("channel", String(32), primary_key=True),
    Column("name", String(128), primary_key=True),
    Column("value", Text, nullable=False),
)

used_tokens = Table(
    "used_tokens",
    metadata,
    Column("token_digest", String(64), primary_key=True),
    Column("used_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

verification_challenges = Table(
    "verification_challenges",
    metadata,
    Column("challenge", String(64), primary_key=True),
    Column("sender_id", String(80), nullable=False),
    Column("phone_digest", String(64), nullable=False),
    Column("code_digest", String(64), nullable=False),
    # Null where nobody has that phone: the caller must not be able to tell.
    Column("borrower_id", String(128)),
    Column("display_name", String(128)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("closed_at", UtcDateTime),
    Index("ix_challenges_phone", "phone_digest", "created_at"),
    Index("ix_challenges_sender", "sender_id", "created_at"),
)

# How a platform's user signs in: a link to the chat page, and a code that goes back.
sign_in_links = Table(
    "sign_in_links",
    metadata,
    Column("link_digest", String(64), primary_key=True),
    Column("sender_id", String(80), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    # Set once a borrower was proven on the page that the link opens.
    Column("borrower_id", String(128)),
    Column("display_name", String(128)),
    Column("code_digest", String(64)),
    Column("code_expires_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Index("ix_links_sender", "sender_id", "created_at"),
)

# Limits that protect identity: how far ahead of the clock a caller has used its allowance up.
spent_limits = Table(
    "spent_limits",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("paid_until", UtcDateTime, nullable=False),
    Index("ix_spent_limits_paid_until", "paid_until"),
)

security_log = Table(
    "security_log",
    metadata,
    Column("id", _RowNumber, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),
    Column("event", String(64), nullable=False),
    Column("sender_id", String(80)),
    Column("address_digest", String(64)),
    Column("detail", JSON, nullable=False),
    Index("ix_security_log_at", "at"),
)

transcript = Table(
    "transcript",
    metadata,
    Column("id", _RowNumber, primary_key=True, autoincrement=True),
    Column("sender_id", String(80), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("client_id", String(128)),
    Column("role", String(8), nullable=False),
    Column("body", JSON, nullable=False),
    Column("in_reply_to", String(128)),
    Column("at", UtcDateTime, nullable=False),
    # Set on a user's message when its turn is over, with or without an answer.
    Column("answered_at", UtcDateTime),
    UniqueConstraint("sender_id", "seq", name="uq_transcript_seq"),
    UniqueConstraint("sender_id", "client_id", name="uq_transcript_client_id"),
)

offered_buttons = Table(
    "offered_buttons",
    metadata,
    Column("value", String(64), primary_key=True),
    Column("sender_id", String(80), nullable=False),
    Column("payload", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("offered_at", UtcDateTime, nullable=False),
    # Position in the last number menu, on channels without buttons.
    Column("menu", Integer),
    Index("ix_buttons_sender", "sender_id", "menu"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", _RowNumber, primary_key=True, autoincrement=True),
    Column("sender_id", String(80), nullable=False),
    Column("message_seq", Integer, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("comment", Text),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("sender_id", "message_seq", name="uq_feedback_message"),
)

handoffs = Table(
    "handoffs",
    metadata,
    Column("id", _RowNumber, primary_key=True, autoincrement=True),
    Column("case_number", String(32), nullable=False, unique=True),
    Column("sender_id", String(80), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(64), nullable=False),
    Column("summary", JSON, nullable=False),
    Column("person", String(128)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("taken_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Index("ix_handoffs_open", "state", "id"),
    Index("ix_handoffs_sender", "sender_id", "id"),
)

push_inbox = Table(
    "push_inbox",
    metadata,
    Column("id", _RowNumber, primary_key=True, autoincrement=True),
    Column("external_id", String(128), nullable=False, unique=True),
    Column("borrower_id", String(128)),
    Column("sender_id", String(80)),
    Column("kind", String(16), nullable=False),
    Column("body", JSON, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("deliver_after", UtcDateTime, nullable=False),
    Column("delivered_at", UtcDateTime),
    Index("ix_push_waiting", "delivered_at", "deliver_after"),
)

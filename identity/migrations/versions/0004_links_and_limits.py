"""Sign-in links of service channels, and limits that every worker process shares.

Revision: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates both tables."""
    op.create_table(
        "sign_in_links",
        sa.Column("link_digest", sa.String(64), primary_key=True),
        sa.Column("sender_id", sa.String(80), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("borrower_id", sa.String(128)),
        sa.Column("display_name", sa.String(128)),
        sa.Column("code_digest", sa.String(64)),
        sa.Column("code_expires_at", sa.DateTime),
        sa.Column("closed_at", sa.DateTime),
    )
    op.create_index("ix_links_sender", "sign_in_links", ["sender_id", "created_at"])
    op.create_table(
        "spent_limits",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("paid_until", sa.DateTime, nullable=False),
    )
    op.create_index("ix_spent_limits_paid_until", "spent_limits", ["paid_until"])


def downgrade() -> None:
    """Takes both away."""
    op.drop_table("spent_limits")
    op.drop_table("sign_in_links")

"""Whether a borrower was ever proven in a conversation; it decides how long it is kept.

Revision: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the mark, from what is bound now."""
    op.add_column(
        "sessions",
        sa.Column("ever_signed_in", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    sessions = sa.table(
        "sessions", sa.column("ever_signed_in", sa.Boolean), sa.column("borrower_id", sa.String)
    )
    op.execute(
        sessions.update().where(sessions.c.borrower_id.is_not(None)).values(ever_signed_in=True)
    )


def downgrade() -> None:
    """Takes it away."""
    with op.batch_alter_table("sessions") as table:
        table.drop_column("ever_signed_in")

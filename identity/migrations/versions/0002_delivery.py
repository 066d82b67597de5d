"""How far a service channel has delivered, and where it stopped reading.

Revision: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the delivery mark to sessions, and the reading marks."""
    op.add_column(
        "sessions", sa.Column("delivered_seq", sa.Integer, nullable=False, server_default="0")
    )
    op.create_table(
        "channel_marks",
        sa.Column("channel", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(128), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Takes both away."""
    op.drop_table("channel_marks")
    with op.batch_alter_table("sessions") as table:
        table.drop_column("delivered_seq")

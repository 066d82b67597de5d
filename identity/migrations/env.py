"""Alembic environment of the session database. Run through ``identity.store.migrate``."""

from __future__ import annotations

from alembic import context

from identity.store.database import VERSION_TABLE
from identity.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

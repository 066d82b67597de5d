"""Alembic environment of the session database. Run through ``identity.store.migrate``."""

from __future__ import annotations

from alembic import context

from identity.store.tables import metadata

# A name of its own, so that the session tables may share a database with the accounts.
VERSION_TABLE = "identity_alembic_version"

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

"""Alembic's entry point. The connection comes from `account_engine.store.migration`."""

from __future__ import annotations

from alembic import context

from account_engine.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()

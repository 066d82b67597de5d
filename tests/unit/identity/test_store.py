"""The migrations make what the code expects, and writers do not lose each other's work."""

from __future__ import annotations

import threading
from datetime import datetime

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from identity.service import IdentityService
from identity.store import migrate
from identity.store.database import VERSION_TABLE
from identity.store.tables import metadata
from identity.store.transcript import Role, append_entry, entries_after


def test_migrations_and_tables_agree(service: IdentityService) -> None:
    migrate(service.database.url)  # a second time changes nothing
    with service.database.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, metadata) == []


def test_messages_of_many_writers_get_numbers_without_gaps(
    service: IdentityService, now: datetime
) -> None:
    sender = service.open_session("web", now).sender_id

    def write(number: int) -> None:
        for step in range(5):
            with service.database.write() as connection:
                append_entry(connection, sender, Role.BOT, {"text": f"{number}.{step}"}, now)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with service.database.read() as connection:
        entries = entries_after(connection, sender, 0, 100)
    assert [entry.seq for entry in entries] == list(range(1, 21))  # 4 writers × 5 messages

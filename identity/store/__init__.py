"""What identity keeps: sessions, transcripts, offered buttons, handoffs, the security log."""

from identity.store.database import Database, migrate

__all__ = ["Database", "migrate"]

"""Brings both databases to the newest schema and fills the demo in."""

from __future__ import annotations

from account_engine.services.demo import seed_demo
from account_engine.services.settings import Settings as EngineSettings
from account_engine.store.migration import migrate as migrate_accounts
from identity.store import migrate as migrate_sessions
from launcher.settings import Settings


def prepare(settings: Settings) -> None:
    """Migrates, and adds the demo borrowers that are not there yet; never changes existing ones."""
    settings.var.mkdir(parents=True, exist_ok=True)
    migrate_accounts(settings.database_url)
    migrate_sessions(settings.session_database_url)
    if settings.demo:
        seed_demo(EngineSettings.from_env(settings.environment()))

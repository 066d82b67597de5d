"""An identity service over a database of its own."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from identity.service import IdentityService
from identity.settings import IdentitySettings
from identity.store import migrate

# A Saturday evening in Shanghai (20:00), as UTC.
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=timezone.utc)

BORROWERS = """
borrowers:
  - {id: zhang, display_name: 张先生, phone: "138 0000 0001", story: 借呗逾期, extra: ignored}
  - {id: li, display_name: 李先生, phone: "13800000002"}
"""


@pytest.fixture
def now() -> datetime:
    """The test's wall clock."""
    return NOW


@pytest.fixture
def settings(tmp_path: Path) -> IdentitySettings:
    """Settings that touch nothing outside of the test's folder."""
    borrowers = tmp_path / "borrowers.yml"
    borrowers.write_text(BORROWERS, encoding="utf-8")
    return IdentitySettings(
        database_url=f"sqlite:///{tmp_path / 'var' / 'sessions.db'}",
        secrets_dir=tmp_path / "secrets",
        demo_borrowers=borrowers,
    )


@pytest.fixture
def service(settings: IdentitySettings) -> IdentityService:
    """A service over a fresh database."""
    migrate(settings.database_url)
    return IdentityService.from_environment(settings)

"""`make token`: what is printed signs a demo borrower in."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from identity.service import IdentityService
from identity.settings import IdentitySettings
from identity.store import migrate
from identity.token import main


def test_the_printed_token_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YUQI_VAR_DIR", str(tmp_path))
    monkeypatch.delenv("YUQI_SESSION_DATABASE_URL", raising=False)
    monkeypatch.delenv("YUQI_SECRETS_DIR", raising=False)
    assert main(["zhang"]) == 0
    token = capsys.readouterr().out.strip()
    settings = IdentitySettings.from_environment()
    assert settings.database_url == f"sqlite:///{tmp_path}/sessions.db"
    migrate(settings.database_url)
    service = IdentityService.from_environment(settings)
    now = datetime.now(timezone.utc)
    assert service.sign_in_with_token("shell-1", token, now).borrower_id == "zhang"

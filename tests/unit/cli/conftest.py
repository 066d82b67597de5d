"""The command, run in this process on a database of the test's own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from account_engine.cli.main import main

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Ran:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Cli:
    """Runs `account-engine`."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str | Path) -> Ran:
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = self._capsys.readouterr()
        return Ran(code, out, err)


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command with an empty database and 2026-11-21 as the business date."""
    monkeypatch.setenv("YUQI_DATABASE_URL", f"sqlite:///{tmp_path}/accounts.db")
    monkeypatch.setenv("YUQI_BUSINESS_DATE", "2026-11-21")
    monkeypatch.delenv("YUQI_DATA_DIR", raising=False)
    return Cli(capsys)


@pytest.fixture
def demo(cli: Cli) -> Cli:
    """The command with the demonstration borrowers."""
    assert cli("demo").code == 0
    return cli

"""A really running assistant for tests: free ports, databases of its own, borrowers of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path

from launcher import databases, model
from launcher.assistant import Assistant
from launcher.settings import ROOT, Settings

BUSINESS_DATE = "2026-11-21"


def free_port() -> int:
    """A port on 127.0.0.1 that nobody used a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class RunningAssistant:
    """The servers, and what tests need to make borrowers and look into the database."""

    settings: Settings
    processes: Assistant | None

    @classmethod
    def start(cls, folder: Path) -> RunningAssistant:
        """Trains if needed (models/ is shared with `make run`), migrates, starts, waits."""
        settings = Settings(
            var=folder,
            rasa_port=free_port(),
            actions_port=free_port(),
            business_date=BUSINESS_DATE,
            # Many conversations from one address are what a test is; the limits have own tests.
            extra={"YUQI_RATE_LIMITS": "off"},
        )
        databases.prepare(settings)
        processes = Assistant.prepare(settings, model.ensure_model(settings))
        processes.start(report=lambda _line: None)
        return cls(settings, processes)

    @classmethod
    def attached(cls, address: str) -> RunningAssistant:
        """One that is running already at `address`, with YUQI_VAR_DIR as its folder."""
        port = int(address.split(":")[2].split("/")[0])
        var = Path(os.environ["YUQI_VAR_DIR"])
        return cls(Settings(var=var, rasa_port=port, business_date=BUSINESS_DATE), None)

    @property
    def base(self) -> str:
        return self.settings.address.rstrip("/")

    def stop(self) -> None:
        if self.processes is not None:
            self.processes.stop()

    def new_borrower(self, like: str) -> str:
        """A borrower with the history of a demo borrower and an id of its own; returns the id."""
        from account_engine.services.demo import seed_copy
        from account_engine.services.settings import Settings as EngineSettings

        borrower = f"{like}-{uuid.uuid4().hex[:10]}"
        seed_copy(EngineSettings.from_env(self.settings.environment()), like, borrower)
        return borrower

    def host_token(self, borrower: str) -> str:
        """A token as the lender's own server makes it."""
        made = subprocess.run(
            [sys.executable, "-m", "identity.token", borrower],
            cwd=ROOT,
            env=self.settings.environment(),
            check=True,
            capture_output=True,
            text=True,
        )
        return made.stdout.strip()

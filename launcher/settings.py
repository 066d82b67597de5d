"""Where the launcher finds things and which environment the processes get."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONUNBUFFERED": "1",
    "PYTHONWARNINGS": "ignore",
    # glibc otherwise keeps one memory pool per thread, some 100 MB for the Rasa server.
    "MALLOC_ARENA_MAX": "2",
    # The vectors of one message are too small to share: helper threads only wait, and wait busily.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


@dataclass(frozen=True)
class Settings:
    """Addresses, folders and database URLs of one running assistant.

    Attributes:
        var: folder of everything that is made while running (databases, logs, secrets).
        models: folder of trained models.
        host: address both servers bind to; never a public one, a proxy belongs in front.
        rasa_port: port of the chat page and its API.
        actions_port: port of the action server.
        business_date: ISO date to use as today, or None for today's date in Asia/Shanghai.
    """

    var: Path = ROOT / "var"
    models: Path = ROOT / "models"
    host: str = "127.0.0.1"
    rasa_port: int = 5005
    actions_port: int = 5055
    business_date: str | None = None
    demo: bool = True
    extra: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_env(cls) -> Settings:
        """Reads `YUQI_PORT`, `YUQI_ACTIONS_PORT`, `YUQI_VAR_DIR`, `YUQI_BUSINESS_DATE`."""
        return cls(
            var=Path(os.environ.get("YUQI_VAR_DIR", str(ROOT / "var"))).resolve(),
            rasa_port=int(os.environ.get("YUQI_PORT", "5005")),
            actions_port=int(os.environ.get("YUQI_ACTIONS_PORT", "5055")),
            business_date=os.environ.get("YUQI_BUSINESS_DATE") or None,
            demo=os.environ.get("YUQI_DEMO", "1") == "1",
        )

    @property
    def address(self) -> str:
        """The chat page."""
        return f"http://{self.host}:{self.rasa_port}/webhooks/web/"

    @property
    def database_url(self) -> str:
        return os.environ.get("YUQI_DATABASE_URL") or f"sqlite:///{self.var / 'accounts.db'}"

    @property
    def session_database_url(self) -> str:
        return (
            os.environ.get("YUQI_SESSION_DATABASE_URL") or f"sqlite:///{self.var / 'sessions.db'}"
        )

    def environment(self) -> dict[str, str]:
        """The environment of every child process; the caller's own settings win."""
        made = {
            **QUIET,
            "YUQI_VAR_DIR": str(self.var),
            "YUQI_DATABASE_URL": self.database_url,
            "YUQI_SESSION_DATABASE_URL": self.session_database_url,
            "YUQI_TRACKER_DATABASE": str(self.var / "tracker.db"),
            "YUQI_ACTION_ENDPOINT": f"http://{self.host}:{self.actions_port}/webhook",
            "YUQI_ACTIONS_PORT": str(self.actions_port),
            "YUQI_DEMO": "1" if self.demo else "0",
        }
        if self.business_date:
            made["YUQI_BUSINESS_DATE"] = self.business_date
        return {**os.environ, **made, **self.extra}

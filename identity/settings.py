"""Limits and places, read from the environment once.

Every process of the assistant (Rasa, actions, command lines) reads the same variables, so they
agree on the database and on the keys without talking to each other.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class IdentitySettings:
    """Where identity is kept and how long things last.

    Attributes:
        database_url: SQLAlchemy URL (SQLite or PostgreSQL) of sessions and transcripts.
        secrets_dir: where keys are made for a local demo when the environment names none.
        host_audience: ``aud`` that host tokens must carry.
        host_issuer: ``iss`` that host tokens must carry.
        host_token_max_life: longest accepted ``exp - iat``.
        session_life: life of a conversation without renewal.
        sign_in_life: how long a proof of identity holds; then the borrower signs in again.
        demo: whether the demo borrowers may be chosen without proof. Never in production.
    """

    database_url: str
    secrets_dir: Path
    host_audience: str = "yuqi-assistant"
    host_issuer: str = "demo-lender"
    host_token_max_life: timedelta = timedelta(minutes=15)
    session_life: timedelta = timedelta(hours=12)
    sign_in_life: timedelta = timedelta(hours=2)
    demo: bool = False
    demo_borrowers: Path = PROJECT_ROOT / "data" / "demo" / "borrowers.yml"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> IdentitySettings:
        """Reads ``YUQI_*`` variables; what is not set keeps its default."""
        env = os.environ if environ is None else environ
        var = Path(env.get("YUQI_VAR_DIR") or PROJECT_ROOT / "var")
        return cls(
            database_url=env.get("YUQI_SESSION_DATABASE_URL") or f"sqlite:///{var / 'sessions.db'}",
            secrets_dir=Path(env.get("YUQI_SECRETS_DIR") or var / "secrets"),
            host_audience=env.get("YUQI_HOST_AUDIENCE") or cls.host_audience,
            host_issuer=env.get("YUQI_HOST_ISSUER") or cls.host_issuer,
            session_life=_minutes(env, "YUQI_SESSION_MINUTES", cls.session_life),
            sign_in_life=_minutes(env, "YUQI_SIGN_IN_MINUTES", cls.sign_in_life),
            demo=env.get("YUQI_DEMO") == "1",
            demo_borrowers=Path(env.get("YUQI_DEMO_BORROWERS") or cls.demo_borrowers),
        )


def _minutes(env: Mapping[str, str], name: str, default: timedelta) -> timedelta:
    raw = env.get(name)
    return timedelta(minutes=float(raw)) if raw else default

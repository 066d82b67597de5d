"""What the engine needs to be told by its surroundings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from account_engine.errors import EngineError

DEFAULT_DATABASE_URL = "sqlite:///var/accounts.db"
DEFAULT_DATA_DIR = Path(__file__).resolve().parents[2] / "data"


class WrongSetting(EngineError):
    """An environment variable cannot be read; `field` is its name."""

    code = "wrong_setting"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the accounts are, where the data files are, which day it is."""

    database_url: str = DEFAULT_DATABASE_URL
    business_date: date | None = None
    data_dir: Path = field(default=DEFAULT_DATA_DIR)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read YUQI_DATABASE_URL, YUQI_BUSINESS_DATE (ISO) and YUQI_DATA_DIR.

        An empty variable counts as unset. Raises WrongSetting for a date that is none.
        """
        env = os.environ if environ is None else environ
        day = env.get("YUQI_BUSINESS_DATE", "").strip()
        try:
            business_date = date.fromisoformat(day) if day else None
        except ValueError as error:
            raise WrongSetting(
                "YUQI_BUSINESS_DATE must be a date such as 2026-11-21", "YUQI_BUSINESS_DATE"
            ) from error
        return cls(
            database_url=env.get("YUQI_DATABASE_URL") or DEFAULT_DATABASE_URL,
            business_date=business_date,
            data_dir=Path(env.get("YUQI_DATA_DIR") or DEFAULT_DATA_DIR),
        )

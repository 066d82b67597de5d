"""Whole engines on a test's database, in this process and in others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from account_engine.domain.events import Event, EventKind, ScoreReported
from account_engine.services.clock import BUSINESS_ZONE
from account_engine.services.demo import seed_demo
from account_engine.services.engine import AccountEngine
from account_engine.services.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 11, 21)


def settings(url: str, today: date = TODAY) -> Settings:
    return Settings(database_url=url, business_date=today)


@contextmanager
def demo_engine(url: str, today: date = TODAY) -> Iterator[AccountEngine]:
    """An engine with the demonstration borrowers as of 2026-11-21."""
    seed_demo(settings(url))
    engine = AccountEngine.from_settings(settings(url, today))
    yield engine
    engine.close()


def lengthen(engine: AccountEngine, borrower_id: str) -> None:
    """Give a borrower the 200 events from which on a night writes a snapshot: scores, in June."""
    booked = datetime(2026, 6, 1, 12, tzinfo=BUSINESS_ZONE)
    scores = [
        Event(
            f"score-{borrower_id}-{number}",
            borrower_id,
            None,
            EventKind.SCORE_REPORTED,
            booked.date(),
            booked,
            ScoreReported(700, "generated"),
        )
        for number in range(200)
    ]
    with engine.store.write() as writer:
        writer.append(borrower_id, scores)


def start(
    url: str, *command: str, failpoint: str = "", today: date = TODAY
) -> subprocess.Popen[str]:
    """Start `python <command>` on the database, to die at a failpoint if one is named."""
    environment = {
        **os.environ,
        "YUQI_DATABASE_URL": url,
        "YUQI_BUSINESS_DATE": today.isoformat(),
        "YUQI_TESTING": "1",
        "YUQI_FAILPOINT": failpoint,
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen(
        [sys.executable, *command],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    """Wait for a process that must succeed; return what it printed."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


def expect_killed(process: subprocess.Popen[str]) -> None:
    """Wait for a process that must die by SIGKILL."""
    _, err = process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL, err

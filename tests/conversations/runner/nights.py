"""Lets days go by for one conversation, in the databases of a running assistant.

What happened is moved into the past, so that Rasa's session and the proof of identity are over as
they would be; the business date is moved on by whoever calls this.
"""

from __future__ import annotations

import base64
import json
import sqlite3
from datetime import datetime, timedelta, timezone
from pathlib import Path


def sender_of(token: str) -> str:
    """The conversation that a session token is of."""
    claims = token.split(".")[1]
    padded = claims + "=" * (-len(claims) % 4)
    return str(json.loads(base64.urlsafe_b64decode(padded))["sub"])


def age(folder: Path, sender_id: str, days: int) -> None:
    """Moves the conversation `days` into the past; who was signed in has to prove it again."""
    _age_tracker(folder / "tracker.db", sender_id, timedelta(days=days).total_seconds())
    over = datetime.now(timezone.utc).replace(tzinfo=None) - timedelta(minutes=1)
    with sqlite3.connect(folder / "sessions.db", timeout=30) as database:
        database.execute(
            "UPDATE sessions SET auth_expires_at = ? "
            "WHERE sender_id = ? AND auth_expires_at IS NOT NULL",
            (over.isoformat(sep=" "), sender_id),
        )


def _age_tracker(path: Path, sender_id: str, seconds: float) -> None:
    with sqlite3.connect(path, timeout=30) as database:
        rows = database.execute(
            "SELECT id, timestamp, data FROM events WHERE sender_id = ?", (sender_id,)
        ).fetchall()
        for row_id, timestamp, data in rows:
            event = json.loads(data)
            event["timestamp"] = timestamp - seconds
            database.execute(
                "UPDATE events SET timestamp = ?, data = ? WHERE id = ?",
                (event["timestamp"], json.dumps(event), row_id),
            )

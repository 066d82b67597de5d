"""``python -m identity.retention``: forgets what ``data/channels/retention.yml`` says."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from account_engine.catalogue.yaml_file import InvalidYaml, line_of, load_yaml
from account_engine.domain.terms import Confidence
from identity.settings import PROJECT_ROOT, IdentitySettings
from identity.store import Database
from identity.store.tables import (
    feedback,
    handoffs,
    offered_buttons,
    security_log,
    sessions,
    sign_in_links,
    spent_limits,
    transcript,
    used_tokens,
    verification_challenges,
)

PATH = PROJECT_ROOT / "data" / "channels" / "retention.yml"
_FIELDS = (
    "anonymous_conversations",
    "signed_in_conversations",
    "security_log",
    "used_tokens",
    "one_time_codes",
)
_OF_A_CONVERSATION = (transcript, offered_buttons, feedback, handoffs, sessions)


_PROVENANCE = "provenance"
_MARKS = frozenset(mark.value for mark in Confidence)


class InvalidRetention(InvalidYaml):
    """A file of periods that cannot be used."""

    code = "invalid_retention"


def _wrong(path: Path, document: Any, field: str, reason: str) -> InvalidRetention:
    return InvalidRetention(path.name, line_of(document, field.split(".")), field, reason)


@dataclass(frozen=True)
class RetentionRule:
    """Days after which something is forgotten.

    Attributes:
        signed_in_conversations: counted from the last message, like the anonymous ones; a
            conversation counts as signed in if a borrower was ever proven in it.
    """

    anonymous_conversations: int
    signed_in_conversations: int
    security_log: int
    used_tokens: int
    one_time_codes: int

    @classmethod
    def load(cls, path: Path = PATH) -> RetentionRule:
        """Reads the file. Raises InvalidRetention with file, line and field."""
        document = load_yaml(path, InvalidRetention)
        known = {*_FIELDS, _PROVENANCE}
        for name in [*document, *known]:
            if name not in known:
                raise _wrong(path, document, name, f"is none of {', '.join(sorted(known))}")
            if name not in document:
                raise _wrong(path, document, name, "is missing")
        for name in _FIELDS:
            days = document[name]
            if isinstance(days, bool) or not isinstance(days, int) or days < 1:
                raise _wrong(path, document, name, "must be a number of days, at least 1")
            mark = document[_PROVENANCE].get(name) or {}
            if not mark.get("source") or mark.get("confidence") not in _MARKS:
                raise _wrong(path, document, f"{_PROVENANCE}.{name}", "needs a source and a mark")
        return cls(**{name: int(document[name]) for name in _FIELDS})


def forget(database: Database, rule: RetentionRule, now: datetime) -> dict[str, int]:
    """Deletes what is too old. Returns how many rows of what went."""

    def before(days: int) -> datetime:
        return now - timedelta(days=days)

    with database.write() as connection:
        gone = {
            "conversations": _forget_conversations(
                connection,
                before(rule.anonymous_conversations),
                before(rule.signed_in_conversations),
            )
        }
        for table, column, days in (
            (security_log, security_log.c.at, rule.security_log),
            (used_tokens, used_tokens.c.expires_at, rule.used_tokens),
            (
                verification_challenges,
                verification_challenges.c.created_at,
                rule.one_time_codes,
            ),
            (sign_in_links, sign_in_links.c.created_at, rule.one_time_codes),
            (spent_limits, spent_limits.c.paid_until, rule.one_time_codes),
        ):
            done = connection.execute(delete(table).where(column < before(days)))
            gone[table.name] = int(done.rowcount)
    return gone


def _forget_conversations(
    connection: Connection, anonymous_before: datetime, signed_in_before: datetime
) -> int:
    old = [
        row.sender_id
        for row in connection.execute(
            select(sessions.c.sender_id, sessions.c.created_at, sessions.c.ever_signed_in).where(
                sessions.c.created_at < anonymous_before
            )
        )
        if _last_word(connection, row.sender_id, row.created_at)
        < (signed_in_before if row.ever_signed_in else anonymous_before)
    ]
    for sender_id in old:
        for table in _OF_A_CONVERSATION:
            connection.execute(delete(table).where(table.c.sender_id == sender_id))
    return len(old)


def _last_word(connection: Connection, sender_id: str, started: datetime) -> datetime:
    query = (
        select(transcript.c.at)
        .where(transcript.c.sender_id == sender_id)
        .order_by(transcript.c.seq.desc())
        .limit(1)
    )
    last: datetime | None = connection.execute(query).scalar()
    return last or started


def main() -> int:
    """The command. Returns the exit status."""
    settings = IdentitySettings.from_environment()
    gone = forget(Database(settings.database_url), RetentionRule.load(), datetime.now(timezone.utc))
    print(", ".join(f"{name}: {count}" for name, count in gone.items()), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

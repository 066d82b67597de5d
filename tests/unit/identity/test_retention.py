"""What is forgotten, and when."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from identity.model import BorrowerClaim, Session, SignInMethod
from identity.retention import PATH, InvalidRetention, RetentionRule, forget
from identity.service import IdentityService
from identity.store.sessions import find_session
from identity.store.transcript import Role, append_entry, entries_after

RULE = RetentionRule(
    anonymous_conversations=30,
    signed_in_conversations=1830,
    security_log=400,
    used_tokens=1,
    one_time_codes=1,
)
ZHANG = BorrowerClaim("zhang", "张先生", SignInMethod.DEMO_CHOICE)


def conversation(service: IdentityService, at: datetime) -> Session:
    session = service.open_session("web", at)
    with service.database.write() as connection:
        append_entry(connection, session.sender_id, Role.USER, {"text": "x"}, at, client_id="m1")
    return session


def is_there(service: IdentityService, session: Session) -> bool:
    with service.database.read() as connection:
        row = find_session(connection, session.sender_id)
        words = entries_after(connection, session.sender_id, 0, 10)
    assert (row is None) == (not words)
    return row is not None


def test_anonymous_conversations_go_after_a_month_signed_in_ones_stay(
    service: IdentityService, now: datetime
) -> None:
    anonymous = conversation(service, now)
    signed_in = conversation(service, now)
    service.bind(signed_in.sender_id, ZHANG, now)
    service.sign_out(signed_in.sender_id, now)
    forget(service.database, RULE, now + timedelta(days=30))
    assert is_there(service, anonymous)
    gone = forget(service.database, RULE, now + timedelta(days=31))
    assert gone["conversations"] == 1
    assert not is_there(service, anonymous)
    assert is_there(service, signed_in)
    forget(service.database, RULE, now + timedelta(days=1831))
    assert not is_there(service, signed_in)


def test_a_conversation_that_goes_on_is_kept(service: IdentityService, now: datetime) -> None:
    session = conversation(service, now)
    later = now + timedelta(days=29)
    with service.database.write() as connection:
        append_entry(connection, session.sender_id, Role.BOT, {"text": "y"}, later)
    forget(service.database, RULE, now + timedelta(days=31))
    assert is_there(service, session)


def test_logs_and_tokens_go_in_their_time(service: IdentityService, now: datetime) -> None:
    service.record("token_forged", now, address="203.0.113.9")
    assert forget(service.database, RULE, now + timedelta(days=400))["security_log"] == 0
    assert forget(service.database, RULE, now + timedelta(days=401))["security_log"] == 1


def test_the_projects_own_rule_is_good() -> None:
    assert RetentionRule.load().security_log >= 183  # six months


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        (
            "signed_in_conversations: 1830",
            "signed_in_conversations: 0",
            4,
            "signed_in_conversations",
        ),
        ("security_log: 400", "security_logs: 400", 5, "security_logs"),
        ("confidence: A", "confidence: Z", 16, "provenance.security_log"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_field(
    tmp_path: Path, old: str, new: str, line: int, field: str
) -> None:
    broken = tmp_path / "retention.yml"
    text = PATH.read_text(encoding="utf-8")
    assert old in text
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InvalidRetention, match=f"retention.yml, line {line}: {field}"):
        RetentionRule.load(broken)

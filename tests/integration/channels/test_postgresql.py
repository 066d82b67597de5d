"""The sessions database on PostgreSQL: the same walk as on SQLite, and writers at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sanic import Sanic

from channels.web import WebInput
from channels.web.settings import WebSettings
from identity.errors import CodeWrong, TokenReplayed
from identity.limits import Rate, SharedLimit
from identity.service import IdentityService
from identity.settings import IdentitySettings
from identity.store import migrate
from identity.store.database import VERSION_TABLE
from identity.store.tables import metadata
from identity.store.transcript import Role, append_entry, entries_after
from identity.verification import Verification
from tests.integration.postgres.cluster import private_cluster
from tests.unit.channels.conftest import BORROWERS, Channel, PretendedRasa

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """One PostgreSQL for this module."""
    with private_cluster() as url:
        migrate(url)
        migrate(url)  # a second time changes nothing
        yield url


@pytest.fixture
def on_postgresql(server: str, tmp_path: Path) -> Iterator[IdentityService]:
    """An identity service over it."""
    (tmp_path / "borrowers.yml").write_text(BORROWERS, encoding="utf-8")
    service = IdentityService.from_environment(
        IdentitySettings(
            database_url=server,
            secrets_dir=tmp_path / "secrets",
            demo=True,
            demo_borrowers=tmp_path / "borrowers.yml",
        )
    )
    yield service
    service.database.close()


def test_migrations_and_tables_agree(on_postgresql: IdentityService) -> None:
    with on_postgresql.database.read() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []


async def test_the_walk_of_a_borrower(
    on_postgresql: IdentityService, mount: Callable[[Any], Sanic], rasa: PretendedRasa
) -> None:
    app = mount(WebInput(WebSettings.read({}), on_postgresql))
    channel = Channel(app, rasa, on_postgresql)
    visitor = channel.visitor()
    await visitor.open(host_token=channel.host_token("zhang"))
    first = await visitor.say("我一共要还多少", identifier="m1")
    assert (await visitor.say("我一共要还多少", identifier="m1")).json == first.json
    await visitor.call("POST", "/feedback", json={"message_seq": 2, "helpful": True})
    await visitor.call("POST", "/feedback", json={"message_seq": 2, "helpful": False})
    service = channel.visitor()
    push = {"id": "p1", "kind": "notice", "borrower_id": "zhang", "text": "凭证已经开好了"}
    for _ in range(2):
        service.token = channel.service_token("push")
        assert (await service.call("POST", "/push", json=push)).status == 202
    history = (await visitor.call("GET", "/messages")).json["messages"]
    assert [one["seq"] for one in history] == [1, 2, 3]
    assert len(rasa.asked) == 1


def test_a_token_used_by_two_processes_at_once_signs_in_once(
    on_postgresql: IdentityService,
) -> None:
    channel = Channel(Sanic(f"none-{id(on_postgresql)}"), PretendedRasa(), on_postgresql)
    token = channel.host_token("zhang")
    now = datetime.now(timezone.utc)
    outcomes: list[str] = []

    def redeem(sender: str) -> None:
        try:
            on_postgresql.sign_in_with_token(sender, token, now)
            outcomes.append("in")
        except TokenReplayed:
            outcomes.append("replayed")

    together(lambda number: redeem(f"shell-{id(token)}-{number}"), 4)
    assert sorted(outcomes) == ["in", "replayed", "replayed", "replayed"]


def test_messages_of_many_writers_get_numbers_without_gaps(
    on_postgresql: IdentityService,
) -> None:
    sender = on_postgresql.open_session("web", NOW).sender_id

    def write(number: int) -> None:
        for _ in range(5):
            with on_postgresql.database.write() as connection:
                append_entry(connection, sender, Role.BOT, {"text": str(number)}, NOW)

    together(write, 4)
    with on_postgresql.database.read() as connection:
        entries = entries_after(connection, sender, 0, 100)
    assert [entry.seq for entry in entries] == list(range(1, 21))  # 4 writers × 5 messages


def test_wrong_codes_tried_at_once_are_all_counted(on_postgresql: IdentityService) -> None:
    class Nowhere:
        def send(self, phone: str, code: str, minutes: int) -> None: ...

    verification = Verification(
        on_postgresql.database, on_postgresql.session_ring, on_postgresql.directory, Nowhere()
    )
    started = verification.start("web-x", "13800000002", NOW)
    wrong = "000000" if started.code != "000000" else "000001"
    left: list[int] = []

    def attempt(_number: int) -> None:
        try:
            verification.finish("web-x", started.challenge, wrong, NOW + timedelta(seconds=1))
        except CodeWrong as refused:
            left.append(refused.tries_left)

    together(attempt, 4)
    assert sorted(left) == [1, 2, 3, 4]


def together(work: Callable[[int], None], how_many: int) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(how_many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_an_allowance_is_not_overdrawn_by_writers_at_the_same_time(
    on_postgresql: IdentityService,
) -> None:
    database, ring = on_postgresql.database, on_postgresql.session_ring
    limit = SharedLimit(database, ring, "test", Rate(burst=3, per_minute=1))
    waits: list[int] = []

    def call() -> None:
        waits.append(limit.wait_seconds("192.0.2.1", NOW))

    callers = [threading.Thread(target=call) for _ in range(8)]
    for one in callers:
        one.start()
    for one in callers:
        one.join()
    # Three at once are allowed; one a minute means a minute's wait for the others.
    assert sorted(waits) == [0] * 3 + [60] * 5

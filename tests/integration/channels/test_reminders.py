"""From the engine's outbox to a borrower's page."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, time, timezone
from pathlib import Path
from typing import Any

import pytest
from sanic import Sanic
from sqlalchemy import insert

from account_engine.store import tables
from account_engine.store.database import open_database, writing
from account_engine.store.migration import migrate
from account_engine.store.outbox import messages_of_day
from channels.contact_hours import ContactHours
from channels.web import WebInput
from channels.web.settings import WebSettings
from identity.service import IdentityService
from tests.unit.channels.conftest import Channel, PretendedRasa

DAY = date(2026, 11, 21)
# A quiet span without a minute in it: the test must not depend on the hour at which it runs.
ROUND_THE_CLOCK = ContactHours(time(0), time(0), timezone.utc)


@pytest.fixture
def outbox(tmp_path: Path) -> str:
    """An accounts database with three notices of one night."""
    url = f"sqlite:///{tmp_path / 'accounts.db'}"
    migrate(url)
    engine = open_database(url)
    due = {"due": "2026-11-24", "amount": "1234.50"}
    rows = [
        ("m1", DAY, "payment_due_soon", due),
        ("m2", DAY, "stage_changed", {"before": "m1", "after": "m2"}),
        ("m3", date(2026, 11, 20), "payment_due_soon", due),
    ]
    with writing(engine) as connection:
        # Which columns a borrower needs is the store's own affair; the notice is what is tested.
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for number, day, kind, content in rows:
            connection.execute(
                insert(tables.outbox).values(
                    message_id=number,
                    business_date=day,
                    borrower_id="zhang",
                    kind=kind,
                    content=json.dumps(content),
                )
            )
        connection.execute(insert(tables.borrowers).values(**_required()))
    engine.dispose()
    return url


def _required() -> dict[str, Any]:
    """A borrower row with nothing in it but the id, whatever columns the store has."""
    empty: dict[type, Any] = {int: 0, bool: False, bytes: b"", str: "zhang"}
    columns = tables.borrowers.columns
    return {one.name: empty[one.type.python_type] for one in columns if not one.nullable}


def test_only_what_is_asked_for_is_read(outbox: str) -> None:
    found = list(messages_of_day(outbox, DAY, ["payment_due_soon", "plan_broken"]))
    assert [(one.message_id, one.content["amount"]) for one in found] == [("m1", "1234.50")]


async def test_the_command_reaches_the_page(
    outbox: str,
    identity: IdentityService,
    mount: Callable[[Any], Sanic],
    rasa: PretendedRasa,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import asyncio

    from channels import reminders

    monkeypatch.setenv("YUQI_DATABASE_URL", outbox)
    monkeypatch.setattr(reminders.IdentityService, "from_environment", lambda: identity)
    monkeypatch.setattr(reminders, "load_contact_hours", lambda: ROUND_THE_CLOCK)
    for _ in range(2):
        status = await asyncio.to_thread(reminders.main, ["--date", DAY.isoformat()])
        assert status == 0
    channel = Channel(mount(WebInput(WebSettings.read({}), identity)), rasa, identity)
    visitor = channel.visitor()
    await visitor.open(host_token=channel.host_token("zhang"))
    history = (await visitor.call("GET", "/messages")).json["messages"]
    (reminder,) = history
    assert "11月24日有一期要还，金额 1234.50 元" in reminder["text"]

"""Service channels on bare Sanic apps, against small fakes of the platforms."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from sanic import Sanic

from identity.service import IdentityService
from tests.integration.channels.fakes import FakeChatwoot, FakeMp, FakeWecom
from tests.unit.channels.conftest import PretendedRasa, identity

__all__ = ["identity"]

MountedChannel = Callable[[Any], Any]


@pytest.fixture
def rasa() -> PretendedRasa:
    """A pretended Rasa."""
    return PretendedRasa()


@pytest.fixture
def mount(rasa: PretendedRasa) -> Callable[[Any], Sanic]:
    """Puts a connector on a bare app, where Rasa would."""

    def put(connector: Any) -> Sanic:
        app = Sanic(f"test-{uuid.uuid4().hex}")
        app.blueprint(connector.blueprint(rasa), url_prefix=f"/webhooks/{connector.name()}")
        return app

    return put


@pytest.fixture
async def chatwoot() -> AsyncIterator[FakeChatwoot]:
    """A small Chatwoot."""
    async with FakeChatwoot() as fake:
        yield fake


@pytest.fixture
async def wecom() -> AsyncIterator[FakeWecom]:
    """A small WeCom."""
    async with FakeWecom() as fake:
        yield fake


@pytest.fixture
async def mp() -> AsyncIterator[FakeMp]:
    """A small 公众号 interface."""
    async with FakeMp() as fake:
        yield fake


async def until(condition: Callable[[], Any], what: str) -> None:
    """Waits a few seconds at most for something that happens in the background."""
    for _ in range(400):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"never happened: {what}")


def events_of(identity: IdentityService) -> list[str]:
    """The security log, oldest first."""
    from datetime import datetime, timezone

    from identity.store.security import list_events

    with identity.database.read() as connection:
        events = list_events(connection, datetime(2000, 1, 1, tzinfo=timezone.utc))
    return [event.event for event in events]

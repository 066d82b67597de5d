"""A web channel on a bare Sanic app, with a database of its own and a pretended Rasa."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from channels.web import WebInput
from channels.web.settings import WebSettings
from identity.service import IdentityService
from identity.settings import IdentitySettings
from identity.store import migrate
from identity.tokens import make_host_token, make_service_token

BORROWERS = """
borrowers:
  - {id: zhang, display_name: 张先生, phone: "13800000001", story: 借呗逾期}
  - {id: li, display_name: 李先生, phone: "13800000002", story: 全额回收}
"""

Behaviour = Callable[[UserMessage], Awaitable[None]]


async def echo(message: UserMessage) -> None:
    """The simplest assistant: repeats what it was asked."""
    await message.output_channel.send_response(message.sender_id, {"text": f"您说：{message.text}"})


@dataclass
class Holds:
    """Whom nobody may contact first; nobody is held unless a test says so."""

    borrowers: set[str] = field(default_factory=set)
    by_people: set[str] = field(default_factory=set)

    def held(self) -> frozenset[str]:
        return frozenset(self.borrowers | self.by_people)

    def for_people_only(self) -> frozenset[str]:
        return frozenset(self.by_people)


@dataclass
class PretendedRasa:
    """Takes messages like Rasa and remembers them. `behaviour` may be replaced by a test."""

    behaviour: Behaviour = echo
    asked: list[UserMessage] = field(default_factory=list)

    async def __call__(self, message: UserMessage) -> None:
        self.asked.append(message)
        await self.behaviour(message)

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.asked]


@dataclass
class Channel:
    """One running web channel and what is behind it."""

    app: Sanic
    rasa: PretendedRasa
    identity: IdentityService

    def host_token(self, borrower: str = "zhang", **changes: Any) -> str:
        """A token as the lender's server makes it; `changes` spoil it."""
        settings = self.identity.settings
        values: dict[str, Any] = {
            "audience": settings.host_audience,
            "issuer": settings.host_issuer,
            "life": timedelta(minutes=5),
            "now": datetime.now(timezone.utc),
            "display_name": "张先生",
            **changes,
        }
        return make_host_token(borrower, values.pop("ring", self.identity._host_ring), **values)

    def service_token(self, scope: str, service: str = "desk-console") -> str:
        """A token of one of our own services."""
        return make_service_token(
            service,
            scope,
            self.identity._service_ring,
            life=timedelta(minutes=1),
            now=datetime.now(timezone.utc),
        )

    def visitor(self) -> Visitor:
        """A browser that has not opened a session yet."""
        return Visitor(self)

    def security_events(self) -> list[str]:
        from identity.store.security import list_events

        with self.identity.database.read() as connection:
            long_ago = datetime(2000, 1, 1, tzinfo=timezone.utc)
            return [event.event for event in list_events(connection, long_ago)]


@dataclass
class Visitor:
    """A browser: keeps its token, sends its calls."""

    channel: Channel
    token: str | None = None

    async def call(self, method: str, path: str, **options: Any) -> Any:
        headers = options.pop("headers", {})
        if self.token and "Authorization" not in headers:
            headers["Authorization"] = f"Bearer {self.token}"
        _, answer = await self.channel.app.asgi_client.request(
            method, f"/webhooks/web{path}", headers=headers, **options
        )
        return answer

    async def open(self, **body: Any) -> Any:
        answer = await self.call("POST", "/session", json=body)
        if answer.status == 201:
            self.token = answer.json["token"]
        return answer

    async def say(self, text: str, identifier: str | None = None) -> Any:
        body = {"id": identifier or uuid.uuid4().hex, "text": text}
        return await self.call("POST", "/messages", json=body)

    async def press(self, value: str) -> Any:
        return await self.call("POST", "/messages", json={"id": uuid.uuid4().hex, "button": value})


@pytest.fixture
def identity(tmp_path: Path) -> IdentityService:
    """An identity service with demo sign-in on and keys of its own."""
    borrowers = tmp_path / "borrowers.yml"
    borrowers.write_text(BORROWERS, encoding="utf-8")
    settings = IdentitySettings(
        database_url=f"sqlite:///{tmp_path / 'sessions.db'}",
        secrets_dir=tmp_path / "secrets",
        demo=True,
        demo_borrowers=borrowers,
    )
    migrate(settings.database_url)
    return IdentityService.from_environment(settings)


@pytest.fixture
def make_channel(identity: IdentityService, tmp_path: Path) -> Callable[..., Channel]:
    """Makes a web channel with settings of the test's choice."""

    def make(**settings: Any) -> Channel:
        dist = tmp_path / "dist"
        (dist / "assets").mkdir(parents=True, exist_ok=True)
        (dist / "index.html").write_text("<!doctype html><title>逾期助手</title>", "utf-8")
        (dist / "widget.js").write_text("// loader", "utf-8")
        (dist / "assets" / "a.js").write_text("// built", "utf-8")
        (tmp_path / "outside.js").write_text("// not for you", "utf-8")
        rasa = PretendedRasa()
        connector = WebInput(WebSettings.read({"dist": str(dist), **settings}), identity)
        app = Sanic(f"test-{uuid.uuid4().hex}")
        app.blueprint(connector.blueprint(rasa), url_prefix="/webhooks/web")
        return Channel(app, rasa, identity)

    return make


@pytest.fixture
def channel(make_channel: Callable[..., Channel]) -> Channel:
    """A web channel with default settings."""
    return make_channel()

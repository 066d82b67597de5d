"""One-time codes by a message gateway: a small one on this machine, with its faults."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sanic import Sanic

from channels.web import WebInput
from channels.web.settings import WebSettings
from identity.code_sender import CodeNotSent, WebhookSender, load_sender
from identity.service import IdentityService
from identity.settings import IdentitySettings
from identity.store import migrate
from tests.integration.channels.conftest import until
from tests.unit.channels.conftest import BORROWERS, Channel, PretendedRasa

SECRET = "a secret of the gateway, long enough to be one"
PHONE, CODE = "13800000001", "482913"


class Gateway(ThreadingHTTPServer):
    """Sends one message per request id, as its contract says, and misbehaves when told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Calls)
        self.sent: dict[str, dict[str, Any]] = {}
        self.calls: list[str] = []
        self.faults: list[str] = []
        self.go_on = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/codes"


class _Calls(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        request_id = self.headers["X-Yuqi-Request-Id"]
        self.server.calls.append(request_id)
        signed = f"{self.headers['X-Yuqi-Timestamp']}.".encode() + body
        expected = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        if self.headers["X-Yuqi-Signature"] != f"sha256={expected}":
            self._answer(401)
            return
        fault = self.server.faults.pop(0) if self.server.faults else ""
        if fault.isdigit():
            self._answer(int(fault))
            return
        known = request_id in self.server.sent
        self.server.sent.setdefault(request_id, json.loads(body))
        if fault == "hang after sending":
            self.server.go_on.wait(10)
            return
        if fault == "hang up after sending":
            self.close_connection = True
            return
        self._answer(409 if known else 202)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        """Says nothing."""


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.go_on.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def sender(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> WebhookSender:
    """With three tries and little patience."""
    monkeypatch.setenv("YUQI_CODE_GATEWAY", gateway.address)
    monkeypatch.setenv("YUQI_CODE_GATEWAY_SECRET", SECRET)
    return WebhookSender(pauses=(0.01, 0.01), patience=0.3)


def test_a_code_is_handed_over_signed(gateway: Gateway, sender: WebhookSender) -> None:
    sender.send(PHONE, CODE, 5)
    assert list(gateway.sent.values()) == [{"phone": PHONE, "code": CODE, "minutes": 5}]
    assert len(gateway.calls) == 1


@pytest.mark.parametrize("fault", ["500", "503", "429"])
def test_a_gateway_that_falters_is_asked_again(
    gateway: Gateway, sender: WebhookSender, fault: str
) -> None:
    gateway.faults = [fault, fault]
    sender.send(PHONE, CODE, 5)
    assert len(gateway.calls) == 3
    assert len(gateway.sent) == 1


@pytest.mark.parametrize("fault", ["hang after sending", "hang up after sending"])
def test_a_code_whose_answer_was_lost_is_not_sent_twice(
    gateway: Gateway, sender: WebhookSender, fault: str
) -> None:
    gateway.faults = [fault]
    sender.send(PHONE, CODE, 5)
    # Asked twice, under one id: the gateway sent one message and says so (409).
    assert len(gateway.calls) == 2
    assert len(set(gateway.calls)) == 1
    assert len(gateway.sent) == 1


def test_two_codes_are_two_messages(gateway: Gateway, sender: WebhookSender) -> None:
    sender.send(PHONE, CODE, 5)
    sender.send(PHONE, CODE, 5)
    assert len(gateway.sent) == 2


def test_a_gateway_that_stays_broken_is_given_up(gateway: Gateway, sender: WebhookSender) -> None:
    gateway.faults = ["500", "502", "503"]
    with pytest.raises(CodeNotSent):
        sender.send(PHONE, CODE, 5)
    assert gateway.sent == {}


@pytest.mark.parametrize("fault", ["400", "401", "302"])
def test_a_refusal_is_not_repeated_and_nobody_else_is_asked(
    gateway: Gateway, sender: WebhookSender, fault: str
) -> None:
    gateway.faults = [fault]
    with pytest.raises(CodeNotSent):
        sender.send(PHONE, CODE, 5)
    assert len(gateway.calls) == 1


def test_a_gateway_that_is_not_there(
    gateway: Gateway, sender: WebhookSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUQI_CODE_GATEWAY", "http://127.0.0.1:9/codes")  # the discard port
    with pytest.raises(CodeNotSent):
        WebhookSender(pauses=(0.01,), patience=0.3).send(PHONE, CODE, 5)


@pytest.mark.parametrize(
    ("address", "secret"),
    [
        ("http://gateway.example/codes", SECRET),
        ("http://127.0.0.1.gateway.example/codes", SECRET),
        ("https://gateway.example/codes", "short"),
    ],
)
def test_a_careless_configuration_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, address: str, secret: str
) -> None:
    monkeypatch.setenv("YUQI_CODE_GATEWAY", address)
    monkeypatch.setenv("YUQI_CODE_GATEWAY_SECRET", secret)
    with pytest.raises(ValueError, match="YUQI_CODE_GATEWAY"):
        load_sender("identity.code_sender.WebhookSender")


def test_neither_phone_nor_code_is_in_what_is_raised(
    gateway: Gateway, sender: WebhookSender
) -> None:
    gateway.faults = ["400"]
    with pytest.raises(CodeNotSent) as caught:
        sender.send(PHONE, CODE, 5)
    assert PHONE not in repr(caught.value)
    assert CODE not in repr(caught.value)


async def test_a_borrower_signs_in_with_the_code_that_the_gateway_sent(
    gateway: Gateway, sender: WebhookSender, tmp_path: Path, rasa: PretendedRasa
) -> None:
    del sender  # its environment is what is wanted
    (tmp_path / "borrowers.yml").write_text(BORROWERS, encoding="utf-8")
    configured = IdentitySettings(
        database_url=f"sqlite:///{tmp_path / 'sessions.db'}",
        secrets_dir=tmp_path / "secrets",
        demo_borrowers=tmp_path / "borrowers.yml",
    )
    migrate(configured.database_url)
    identity = IdentityService.from_environment(configured)
    web = WebSettings.read({"code_sender": "identity.code_sender.WebhookSender"})
    app = Sanic(f"codes-{uuid.uuid4().hex}")
    app.blueprint(WebInput(web, identity).blueprint(rasa), url_prefix="/webhooks/web")
    visitor = Channel(app, rasa, identity).visitor()
    await visitor.open()
    unknown = await visitor.call("POST", "/verify/start", json={"phone": "13999999999"})
    started = await visitor.call("POST", "/verify/start", json={"phone": "138 0000 0001"})
    # Not a demo: no code in the answer, and a stranger's phone gets the same kind of answer.
    assert set(started.json) == set(unknown.json) == {"challenge", "expires_at"}
    await until(lambda: gateway.sent, "the gateway has the code")
    (message,) = gateway.sent.values()
    assert (message["phone"], message["minutes"]) == ("13800000001", 5)
    body = {"challenge": started.json["challenge"], "code": message["code"]}
    finished = await visitor.call("POST", "/verify/finish", json=body)
    assert finished.json["borrower"] == {"display_name": "张先生"}

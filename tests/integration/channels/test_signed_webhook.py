"""The signed webhook: what another customer-service system sends, and what it gets back."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from channels.platform import Platform
from channels.signatures import sign
from channels.signed_webhook import SignedWebhookInput
from channels.signed_webhook.callback import Callback
from channels.signed_webhook.settings import SignedWebhookSettings
from channels.wording import load_wording
from identity.service import IdentityService
from identity.store.transcript import Role, append_entry
from tests.integration.channels.conftest import events_of
from tests.unit.channels.conftest import Channel, PretendedRasa

SECRET = "a shared secret of at least thirty-two bytes"
OLD_SECRET = "the secret before, still good while it is rotated"


@pytest.fixture
def app(identity: IdentityService, mount: Callable[[Any], Sanic]) -> Sanic:
    settings = SignedWebhookSettings.read({"secret": SECRET, "previous_secret": OLD_SECRET})
    return mount(SignedWebhookInput(settings, identity))


async def post(
    app: Sanic,
    body: Any,
    *,
    path: str = "/messages",
    secret: str = SECRET,
    age: int = 0,
    nonce: str | None = None,
    sent: bytes | None = None,
) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp, nonce = str(int(time.time()) - age), nonce or secrets.token_hex(8)
    headers = {
        "X-Yuqi-Timestamp": stamp,
        "X-Yuqi-Nonce": nonce,
        "X-Yuqi-Signature": sign(secret, f"{stamp}.{nonce}.".encode() + content),
    }
    _, answer = await app.asgi_client.post(
        f"/webhooks/signed{path}", content=sent or content, headers=headers
    )
    return answer


def message(number: int, text: str, **changes: Any) -> dict[str, Any]:
    return {"conversation_id": "c1", "id": f"m{number}", "type": "text", "text": text, **changes}


async def test_a_message_is_answered_in_the_call(app: Sanic, rasa: PretendedRasa) -> None:
    answer = await post(app, message(1, "你好"))
    assert answer.status == 200
    assert answer.json["plain_text"] == "您说：你好"
    assert answer.json["messages"][0]["from"] == "bot"
    assert answer.json["handoff"] is None
    assert answer.json["with_person"] is False
    assert (await post(app, message(1, "你好"))).json == answer.json
    assert rasa.texts == ["你好"]


async def test_a_secret_can_be_rotated(app: Sanic) -> None:
    assert (await post(app, message(1, "你好"), secret=OLD_SECRET)).status == 200


@pytest.mark.parametrize(
    ("changes", "event"),
    [
        ({"secret": "somebody else's secret, also long enough"}, "wrong_signature"),
        ({"age": 301}, "stale"),
        ({"age": -400}, "stale"),
        ({"sent": b'{"conversation_id": "c2"}'}, "wrong_signature"),
        ({"nonce": "x" * 129}, "bad_nonce"),
    ],
)
async def test_bad_calls_are_refused_before_the_body_is_read(
    app: Sanic, identity: IdentityService, rasa: PretendedRasa, changes: Any, event: str
) -> None:
    answer = await post(app, message(1, "你好"), **changes)
    assert (answer.status, answer.json["error"]["code"]) == (401, "service_refused")
    assert events_of(identity) == [f"signed_webhook_{event}"]
    assert rasa.asked == []


async def test_a_recorded_call_sent_again_is_refused(
    app: Sanic, identity: IdentityService, rasa: PretendedRasa
) -> None:
    assert (await post(app, message(1, "你好"), nonce="n1")).status == 200
    assert (await post(app, message(2, "你好"), nonce="n1")).status == 401
    assert events_of(identity) == ["signed_webhook_replayed"]
    assert len(rasa.asked) == 1


async def test_a_signature_in_other_letters_is_refused(app: Sanic) -> None:
    # compare_digest fails on text that is not ASCII; the refusal must not become a failure.
    headers = {
        "X-Yuqi-Timestamp": str(int(time.time())),
        "X-Yuqi-Nonce": "n1",
        "X-Yuqi-Signature": "签名".encode(),
    }
    _, answer = await app.asgi_client.post(
        "/webhooks/signed/messages", json=message(1, "你好"), headers=headers
    )
    assert answer.status == 401


async def test_a_call_without_headers_is_refused(app: Sanic) -> None:
    _, answer = await app.asgi_client.post("/webhooks/signed/messages", json=message(1, "你好"))
    assert answer.status == 401


async def test_a_host_token_signs_the_conversation_in(
    app: Sanic, identity: IdentityService, rasa: PretendedRasa
) -> None:
    channel = Channel(app, rasa, identity)
    token = channel.host_token("zhang")
    assert (await post(app, message(1, "我欠多少", host_token=token))).status == 200
    now = datetime.now(timezone.utc)
    assert identity.current(rasa.asked[0].sender_id, now).borrower_id == "zhang"
    again = await post(app, message(2, "再问", host_token=token, conversation_id="c2"))
    assert (again.status, again.json["error"]["code"]) == (401, "token_replayed")
    assert len(rasa.asked) == 1


async def test_buttons_by_value_and_by_number(app: Sanic, rasa: PretendedRasa) -> None:
    async def offer(incoming: UserMessage) -> None:
        await incoming.output_channel.send_response(
            incoming.sender_id,
            {"text": "一共 1,234.50 元", "buttons": [{"title": "看看明细", "payload": "/details"}]},
        )

    rasa.behaviour = offer
    shown = (await post(app, message(1, "多少"))).json
    assert "1. 看看明细" in shown["plain_text"]
    value = shown["messages"][0]["buttons"][0]["value"]
    await post(app, message(2, "1"))
    pressed = {"conversation_id": "c1", "id": "m3", "type": "button", "button": value}
    assert (await post(app, pressed)).status == 200
    assert rasa.texts == ["多少", "/details", "/details"]
    foreign = {**pressed, "conversation_id": "c2", "id": "m4"}
    assert (await post(app, foreign)).json["error"]["code"] == "button_unknown"


@pytest.mark.parametrize(
    ("kind", "word"), [("image", "图片"), ("voice", "语音"), ("file", "文件"), ("other", "文字")]
)
async def test_other_kinds_are_answered_kindly(app: Sanic, kind: str, word: str) -> None:
    body = {"conversation_id": "c1", "id": "m1", "type": kind}
    assert word in (await post(app, body)).json["plain_text"]


async def test_the_other_system_takes_a_conversation_and_gives_it_back(
    app: Sanic, rasa: PretendedRasa, identity: IdentityService
) -> None:
    async def ask_for_person(incoming: UserMessage) -> None:
        identity.handoffs.request_handoff(
            incoming.sender_id, "asked_for_person", {"欠款": "1 元"}, datetime.now(timezone.utc)
        )
        await incoming.output_channel.send_response(incoming.sender_id, {"text": "已经为您转人工"})

    rasa.behaviour = ask_for_person
    asked = (await post(app, message(1, "转人工"))).json["handoff"]
    assert (asked["state"], asked["summary"]) == ("waiting", {"欠款": "1 元"})
    taken = {"conversation_id": "c1", "event": "taken", "person": "ms-wu"}
    assert (await post(app, taken, path="/handoff")).json["handoff"]["state"] == "active"
    silent = (await post(app, message(2, "在吗"))).json
    assert (silent["messages"], silent["with_person"]) == ([], True)
    returned = {"conversation_id": "c1", "event": "returned"}
    assert (await post(app, returned, path="/handoff")).json == {"handoff": None}
    await post(app, message(3, "好的"))
    assert rasa.texts == ["转人工", "好的"]


async def test_late_messages_are_called_back_signed(
    identity: IdentityService, rasa: PretendedRasa
) -> None:
    got: list[dict[str, Any]] = []
    answers = [503, 503, 503, 200]

    async def receive(request: web.Request) -> web.Response:
        content = await request.read()
        headers = request.headers
        signed = f"{headers['X-Yuqi-Timestamp']}.{headers['X-Yuqi-Nonce']}.".encode() + content
        assert headers["X-Yuqi-Signature"] == sign(SECRET, signed)
        status = answers.pop(0)
        if status == 200:
            got.append(json.loads(content))
        return web.Response(status=status)

    other = web.Application()
    other.router.add_post("/callback", receive)
    async with TestServer(other) as server:
        address = str(server.make_url("/callback"))
        settings = SignedWebhookSettings.read({"secret": SECRET, "callback_url": address})
        platform = Platform("signed", identity, load_wording(), rasa, turn_seconds=5)
        callback = Callback(address, settings, load_wording())
        session = await platform.session("c1")
        now = datetime.now(timezone.utc)
        with identity.database.write() as connection:
            append_entry(connection, session.sender_id, Role.PERSON, {"text": "我是小吴"}, now)
        for _ in range(3):
            await platform.deliver(callback.send)
    assert [(one["conversation_id"], one["plain_text"]) for one in got] == [("c1", "我是小吴")]


@pytest.mark.parametrize("secret", ["", "short", "${YUQI_WEBHOOK_SECRET}"])
def test_a_channel_without_a_real_secret_does_not_start(secret: str) -> None:
    from rasa.shared.exceptions import InvalidConfigException

    with pytest.raises(InvalidConfigException, match="secret"):
        SignedWebhookSettings.read({"secret": secret})

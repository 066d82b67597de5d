"""The platforms' callbacks, fed with the wrong things, unsigned and signed: never a failure."""

from __future__ import annotations

import json
import secrets
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sanic import Sanic
from wechatpy.crypto import PrpCrypto, WeChatCrypto

from channels.chatwoot import ChatwootInput
from channels.chatwoot.settings import ChatwootSettings
from channels.signatures import sign
from channels.wechat_mp import WechatMpInput
from channels.wechat_mp.settings import WechatMpSettings
from channels.wecom_kf import WecomKfInput
from channels.wecom_kf.settings import WecomKfSettings
from identity.service import IdentityService
from identity.settings import IdentitySettings
from identity.store import migrate
from tests.integration.channels.serving import LEAKS, json_values, served
from tests.integration.channels.wechat_payloads import AES_KEY, TOKEN, signature
from tests.unit.channels.conftest import PretendedRasa

SECRET = "the webhook secret of the agent bot"
NOWHERE = "http://127.0.0.1:9"  # a closed port: calls back fail, and must not be felt
RECEIVER = "wx1234567890abcdef"
thorough = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    """All three platforms' connectors, really served."""
    folder = Path(tempfile.mkdtemp())
    configured = IdentitySettings(f"sqlite:///{folder / 's.db'}", folder / "secrets")
    migrate(configured.database_url)
    identity = IdentityService.from_environment(configured)
    keys = {"token": TOKEN, "aes_key": AES_KEY}
    chatwoot = {"base_url": NOWHERE, "account_id": 7, "bot_token": "t" * 24}
    connectors: list[Any] = [
        ChatwootInput(ChatwootSettings.read({**chatwoot, "webhook_secret": SECRET}), identity),
        WechatMpInput(WechatMpSettings.read({**keys, "app_id": RECEIVER}), identity),
        WecomKfInput(
            WecomKfSettings.read(
                {**keys, "corp_id": RECEIVER, "secret": "s" * 24, "api_url": NOWHERE}
            ),
            identity,
        ),
    ]
    app = Sanic(f"platforms-{uuid.uuid4().hex}")
    for connector in connectors:
        blueprint = connector.blueprint(PretendedRasa())
        app.blueprint(blueprint, url_prefix=f"/webhooks/{connector.name()}")
    with served(app) as address, httpx.Client(base_url=address, timeout=20) as opened:
        yield opened


def harmless(answer: httpx.Response, *allowed: int) -> None:
    assert answer.status_code in allowed, (answer.status_code, answer.text)
    for leak in (*LEAKS, SECRET, TOKEN, AES_KEY):
        assert leak not in answer.text


@thorough
@given(
    path=st.sampled_from(["chatwoot/events", "wechat_mp/callback", "wecom_kf/callback"]),
    method=st.sampled_from(["GET", "POST"]),
    body=st.binary(max_size=200) | st.just(b"<xml><Encrypt>AAAA</Encrypt></xml>"),
    query=st.dictionaries(
        st.sampled_from(["signature", "msg_signature", "timestamp", "nonce", "echostr"]),
        st.text(st.characters(blacklist_categories=["Cs"]), max_size=30),
    ),
)
def test_unsigned_calls_are_refused(
    client: httpx.Client, path: str, method: str, body: bytes, query: dict[str, str]
) -> None:
    answer = client.request(method, f"/webhooks/{path}", params=query, content=body)
    harmless(answer, 401, 405)


@thorough
@given(
    body=json_values.map(lambda value: json.dumps(value).encode())
    | st.fixed_dictionaries(
        {
            "event": st.sampled_from(["message_created", "conversation_status_changed"])
            | json_values,
            "id": st.integers() | json_values,
            "content": st.text() | json_values,
            "message_type": st.sampled_from(["incoming", 0]) | json_values,
            "attachments": json_values,
            "content_attributes": json_values,
            "conversation": st.fixed_dictionaries(
                {"id": st.integers(1, 9) | json_values, "status": st.just("pending") | json_values}
            ),
        },
        optional={"account": json_values},
    ).map(lambda value: json.dumps(value).encode())
)
def test_signed_chatwoot_events(client: httpx.Client, body: bytes) -> None:
    stamp = str(int(time.time()))
    headers = {
        "X-Chatwoot-Timestamp": stamp,
        "X-Chatwoot-Signature": sign(SECRET, f"{stamp}.".encode() + body),
    }
    harmless(client.post("/webhooks/chatwoot/events", content=body, headers=headers), 200, 400)


elements = st.dictionaries(
    st.sampled_from(
        ["FromUserName", "ToUserName", "MsgType", "Content", "MsgId", "Event", "OpenKfId", "Token"]
    ),
    st.sampled_from(["text", "image", "event", "subscribe", "kf_msg_or_event", "o1", "1"])
    | st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=40),
)


@thorough
@given(
    path=st.sampled_from(["wechat_mp/callback", "wecom_kf/callback"]),
    inside=elements | st.text(st.characters(blacklist_categories=["Cs"]), max_size=80),
)
def test_sealed_messages(client: httpx.Client, path: str, inside: Any) -> None:
    text = inside if isinstance(inside, str) else _xml(inside)
    stamp, nonce = str(int(time.time())), secrets.token_hex(6)
    key = WeChatCrypto(TOKEN, AES_KEY, RECEIVER).key
    sealed = PrpCrypto(key).encrypt(text, RECEIVER).decode()
    query = {
        "timestamp": stamp,
        "nonce": nonce,
        "msg_signature": signature(TOKEN, stamp, nonce, sealed),
    }
    body = f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode()
    harmless(client.post(f"/webhooks/{path}", params=query, content=body), 200, 401)


def _xml(values: dict[str, str]) -> str:
    inner = "".join(
        f"<{name}><![CDATA[{value.replace(']]>', '')}]]></{name}>" for name, value in values.items()
    )
    return f"<xml>{inner}</xml>"

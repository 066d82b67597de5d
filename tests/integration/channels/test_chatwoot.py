"""Chatwoot's agent bot: recorded webhook payloads in, calls to a small Chatwoot out."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from channels.chatwoot import ChatwootInput
from channels.chatwoot.api import ChatwootApi
from channels.chatwoot.connector import ChatwootBot
from channels.chatwoot.settings import ChatwootSettings
from channels.platform import Platform
from channels.signatures import sign
from channels.wording import load_wording
from identity.service import IdentityService
from identity.store.transcript import Role, append_entry
from tests.integration.channels.conftest import events_of, until
from tests.integration.channels.fakes import FakeChatwoot
from tests.unit.channels.conftest import PretendedRasa

SECRET = "the webhook secret of the agent bot"


def created(number: int, content: str | None, **changes: Any) -> dict[str, Any]:
    """`message_created` as Chatwoot posts it to an agent bot (shortened)."""
    body: dict[str, Any] = {
        "event": "message_created",
        "id": number,
        "content": content,
        "content_type": "text",
        "content_attributes": {},
        "message_type": "incoming",
        "private": False,
        "created_at": "2026-11-21T12:00:00.000Z",
        "source_id": None,
        "sender": {"id": 55, "name": "张先生", "type": "contact"},
        "account": {"id": FakeChatwoot.ACCOUNT, "name": "贷款方"},
        "inbox": {"id": 3, "name": "网站"},
        "conversation": {
            "id": 42,
            "inbox_id": 3,
            "status": "pending",
            "channel": "Channel::WebWidget",
            "can_reply": True,
            "contact_inbox": {"source_id": "c7a1"},
        },
    }
    conversation = changes.pop("conversation", {})
    return {**body, **changes, "conversation": {**body["conversation"], **conversation}}


@pytest.fixture
def app(identity: IdentityService, chatwoot: FakeChatwoot, mount: Callable[[Any], Sanic]) -> Sanic:
    return mount(ChatwootInput(settings_for(chatwoot), identity))


def settings_for(chatwoot: FakeChatwoot) -> ChatwootSettings:
    return ChatwootSettings.read(
        {
            "base_url": chatwoot.url,
            "account_id": FakeChatwoot.ACCOUNT,
            "bot_token": FakeChatwoot.TOKEN,
            "webhook_secret": SECRET,
        }
    )


async def post(app: Sanic, body: Any, *, secret: str = SECRET, age: int = 0) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp = str(int(time.time()) - age)
    headers = {
        "X-Chatwoot-Timestamp": stamp,
        "X-Chatwoot-Signature": sign(secret, f"{stamp}.".encode() + content),
    }
    _, answer = await app.asgi_client.post(
        "/webhooks/chatwoot/events", content=content, headers=headers
    )
    return answer


async def with_buttons(message: UserMessage) -> None:
    await message.output_channel.send_response(
        message.sender_id,
        {
            "text": f"收到 {message.text}",
            "buttons": [{"title": "看看明细", "payload": "/ask_details"}],
        },
    )


async def test_a_pending_message_is_answered(
    app: Sanic, chatwoot: FakeChatwoot, rasa: PretendedRasa
) -> None:
    assert (await post(app, created(101, "我一共要还多少"))).json == {"status": "answer"}
    await until(lambda: chatwoot.said, "an answer")
    assert chatwoot.said == [(42, {"message_type": "outgoing", "content": "您说：我一共要还多少"})]
    assert rasa.asked[0].input_channel == "chatwoot"


async def test_the_same_message_again_is_answered_once(
    app: Sanic, chatwoot: FakeChatwoot, rasa: PretendedRasa
) -> None:
    await post(app, created(101, "你好"))
    await until(lambda: chatwoot.said, "an answer")
    await post(app, created(101, "你好"))
    await post(app, created(102, "再问一句"))
    await until(lambda: len(chatwoot.said) == 2, "the next answer")
    assert rasa.texts == ["你好", "再问一句"]


@pytest.mark.parametrize(
    "body",
    [
        created(101, "你好", message_type="outgoing"),
        created(101, "客服备注", private=True),
        created(101, "你好", conversation={"status": "open"}),
        created(101, "你好", conversation={"status": "resolved"}),
        created(101, "你好", account={"id": 8}),
        {"event": "webwidget_triggered", "account": {"id": 7}},
    ],
    ids=["own", "private", "with a person", "resolved", "other account", "other event"],
)
async def test_what_is_not_the_bots_is_left_alone(
    app: Sanic, rasa: PretendedRasa, body: dict[str, Any]
) -> None:
    assert (await post(app, body)).json == {"status": "ignore"}
    assert rasa.asked == []


async def test_buttons_are_choices_and_a_numbered_list(
    app: Sanic, chatwoot: FakeChatwoot, rasa: PretendedRasa
) -> None:
    rasa.behaviour = with_buttons
    await post(app, created(101, "账单"))
    await until(lambda: chatwoot.said, "an answer")
    _, said = chatwoot.said[0]
    assert "1. 看看明细" in said["content"]
    (item,) = said["content_attributes"]["items"]
    clicked = created(
        1001,
        said["content"],
        event="message_updated",
        message_type="outgoing",
        content_type="input_select",
        content_attributes={"submitted_values": [item]},
    )
    await post(app, clicked)
    await until(lambda: len(chatwoot.said) == 2, "the answer to the click")
    await post(app, created(103, "1"))  # an inbox without choices: the number does the same
    await until(lambda: len(chatwoot.said) == 3, "the answer to the number")
    assert rasa.texts == ["账单", "/ask_details", "/ask_details"]


async def test_a_handoff_leaves_a_note_opens_the_conversation_and_comes_back(
    app: Sanic, chatwoot: FakeChatwoot, rasa: PretendedRasa, identity: IdentityService
) -> None:
    async def ask_for_person(message: UserMessage) -> None:
        identity.handoffs.request_handoff(
            message.sender_id,
            "asked_for_person",
            {"欠款": "1,234.50 元"},
            datetime.now(timezone.utc),
        )
        await message.output_channel.send_response(message.sender_id, {"text": "已经为您转人工"})

    rasa.behaviour = ask_for_person
    await post(app, created(101, "转人工"))
    await until(lambda: chatwoot.status.get(42) == "open", "the handing over")
    (_, reply), (_, note) = chatwoot.said
    assert reply["content"] == "已经为您转人工"
    assert note["private"] is True
    assert "1,234.50 元" in note["content"]
    # The webhook keeps firing while the person writes; the bot keeps silent.
    await post(app, created(102, "我想延期", conversation={"status": "open"}))
    status = {"event": "conversation_status_changed", "id": 42, "status": "pending"}
    assert (await post(app, {**status, "account": {"id": 7}})).json == {"status": "resume"}
    sender = rasa.asked[0].sender_id
    await until(lambda: identity.handoffs.current(sender) is None, "the return")
    await post(app, created(103, "谢谢"))
    await until(lambda: len(rasa.asked) == 2, "the bot answers again")


async def test_a_person_who_takes_the_conversation_silences_the_bot(
    app: Sanic, identity: IdentityService, rasa: PretendedRasa, chatwoot: FakeChatwoot
) -> None:
    await post(app, created(101, "你好"))
    await until(lambda: chatwoot.said, "an answer")
    opened = {"event": "conversation_status_changed", "id": 42, "status": "open"}
    await post(app, {**opened, "account": {"id": 7}})
    sender = rasa.asked[0].sender_id
    await until(lambda: identity.handoffs.current(sender) is not None, "the taking")


async def test_images_and_voice_are_answered_kindly(
    app: Sanic, chatwoot: FakeChatwoot, rasa: PretendedRasa
) -> None:
    await post(app, created(101, None, attachments=[{"id": 1, "file_type": "image"}]))
    await until(lambda: chatwoot.said, "an answer")
    await post(app, created(102, "", attachments=[{"id": 2, "file_type": "audio"}]))
    await until(lambda: len(chatwoot.said) == 2, "an answer")
    assert "图片" in chatwoot.said[0][1]["content"]
    assert "语音" in chatwoot.said[1][1]["content"]
    assert rasa.asked == []


async def test_a_late_message_of_our_own_is_delivered_once(
    identity: IdentityService, chatwoot: FakeChatwoot, rasa: PretendedRasa
) -> None:
    now = datetime.now(timezone.utc)
    platform = Platform("chatwoot", identity, load_wording(), rasa, turn_seconds=5)
    bot = ChatwootBot(platform, ChatwootApi(settings_for(chatwoot)))
    session = await platform.session("42")
    with identity.database.write() as connection:
        append_entry(connection, session.sender_id, Role.BOT, {"text": "凭证已经开好了"}, now)
    chatwoot.broken_answers = 3  # all three tries fail; it stays to be delivered
    await platform.deliver(bot.send)
    assert chatwoot.said == []
    await platform.deliver(bot.send)
    await platform.deliver(bot.send)
    assert [(number, body["content"]) for number, body in chatwoot.said] == [(42, "凭证已经开好了")]


async def test_a_moment_of_trouble_at_chatwoot_loses_nothing(
    app: Sanic, chatwoot: FakeChatwoot
) -> None:
    chatwoot.broken_answers = 1
    await post(app, created(101, "你好"))
    await until(lambda: chatwoot.said, "the second try")


@pytest.mark.parametrize(
    ("secret", "age", "event"),
    [("somebody else's secret", 0, "chatwoot_wrong_signature"), (SECRET, 301, "chatwoot_stale")],
)
async def test_a_wrong_or_old_signature_is_refused_before_the_body_is_read(
    app: Sanic, identity: IdentityService, rasa: PretendedRasa, secret: str, age: int, event: str
) -> None:
    answer = await post(app, b"{not json", secret=secret, age=age)
    assert answer.status == 401
    assert events_of(identity) == [event]
    assert rasa.asked == []


async def test_a_good_signature_does_not_make_garbage_harmful(app: Sanic) -> None:
    for body in (b"{not json", b"[]", {"event": "message_created"}, created(True, "x")):  # type: ignore[arg-type]
        assert (await post(app, body)).status in (200, 400)

"""What an attacker may try: refused, logged, and told nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import jwt
import pytest
from rasa.core.channels.channel import UserMessage

from identity.keys import Key, KeyRing
from identity.tokens import make_session_token
from tests.unit.channels.conftest import Channel

NOBODY_KNOWS = KeyRing((Key.of("an attacker's own key, long enough to be one"),))


async def offer_plan(message: UserMessage) -> None:
    await message.output_channel.send_response(
        message.sender_id,
        {
            "text": "方案",
            "buttons": [{"title": "选这个", "payload": '/choose{"offer": "o-zhang"}'}],
        },
    )


async def test_somebody_elses_sender_id_without_its_signature(channel: Channel) -> None:
    victim = channel.visitor()
    opened = await victim.open(host_token=channel.host_token("zhang"))
    await victim.say("我一共要还多少")
    sender = jwt.decode(opened.json["token"], options={"verify_signature": False})["sub"]
    now = datetime.now(timezone.utc)
    attacker = channel.visitor()
    attacker.token = make_session_token(
        sender, 2, NOBODY_KNOWS, expires_at=now + timedelta(hours=1), now=now
    )
    answer = await attacker.call("GET", "/messages")
    assert (answer.status, answer.json["error"]["code"]) == (401, "session_unknown")
    assert channel.security_events() == ["session_unknown"]


async def test_another_conversations_button(channel: Channel) -> None:
    channel.rasa.behaviour = offer_plan
    victim, attacker = channel.visitor(), channel.visitor()
    await victim.open(host_token=channel.host_token("zhang"))
    await attacker.open(host_token=channel.host_token("li"))
    shown = await victim.say("能不能分期")
    value = shown.json["messages"][0]["buttons"][0]["value"]
    channel.rasa.asked.clear()
    foreign = await attacker.press(value)
    invented = await attacker.press("b-" + "0" * 32)
    assert foreign.status == 422
    # Nothing in the answer tells whether the button exists for somebody else.
    assert foreign.json == invented.json
    assert channel.rasa.asked == []
    assert channel.security_events() == ["button_refused", "button_refused"]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ({"ring": NOBODY_KNOWS}, "token_forged"),
        ({"now": datetime.now(timezone.utc) - timedelta(hours=1)}, "token_expired"),
        ({"audience": "another"}, "wrong_audience"),
        ({"issuer": "another"}, "wrong_audience"),
        ({"life": timedelta(days=365)}, "token_expired"),
    ],
)
async def test_bad_host_tokens(channel: Channel, spoil: dict[str, object], code: str) -> None:
    answer = await channel.visitor().open(host_token=channel.host_token("zhang", **spoil))
    assert (answer.status, answer.json["error"]["code"]) == (401, code)
    assert "zhang" not in answer.text
    assert channel.security_events() == [code]


async def test_a_host_token_used_twice(channel: Channel) -> None:
    token = channel.host_token("zhang")
    assert (await channel.visitor().open(host_token=token)).status == 201
    again = await channel.visitor().open(host_token=token)
    assert (again.status, again.json["error"]["code"]) == (401, "token_replayed")
    assert channel.security_events() == ["token_replayed"]


async def test_a_session_token_is_no_host_token_and_the_other_way_round(channel: Channel) -> None:
    visitor = channel.visitor()
    opened = await visitor.open()
    assert (await channel.visitor().open(host_token=opened.json["token"])).status == 401
    visitor.token = channel.host_token("zhang")
    assert (await visitor.call("GET", "/session")).status == 401


async def test_a_message_cannot_name_its_sender_or_borrower(channel: Channel) -> None:
    victim, attacker = channel.visitor(), channel.visitor()
    opened = await victim.open(host_token=channel.host_token("zhang"))
    sender = jwt.decode(opened.json["token"], options={"verify_signature": False})["sub"]
    await attacker.open()
    body = {
        "id": "m1",
        "text": "我一共要还多少",
        "sender": sender,
        "sender_id": sender,
        "metadata": {"borrower_id": "zhang"},
    }
    await attacker.call("POST", "/messages", json=body)
    (asked,) = channel.rasa.asked
    assert asked.sender_id != sender
    assert not asked.metadata


async def test_service_calls_need_their_own_token_once(channel: Channel) -> None:
    visitor = channel.visitor()
    await visitor.open()
    push = {"id": "p1", "kind": "notice", "borrower_id": "zhang", "text": "您好"}
    assert (await visitor.call("POST", "/push", json=push)).status == 401  # a session token
    for spoiled in (channel.service_token("desk"), channel.host_token("zhang"), "x"):
        visitor.token = spoiled
        assert (await visitor.call("POST", "/push", json=push)).status == 401
    visitor.token = channel.service_token("push")
    assert (await visitor.call("POST", "/push", json=push)).status == 202
    assert (await visitor.call("POST", "/push", json=push)).status == 401  # used


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (b"", "id"),
        (b"{", None),
        (b"[]", None),
        (b'"text"', None),
        (b"\xff\xfe", None),
        (b"[" * 100_000, None),
        (b'{"id": "m1"}', "text"),
        (b'{"id": 5, "text": "x"}', "id"),
        (b'{"id": "../etc", "text": "x"}', "id"),
        (b'{"id": "m1", "text": 5}', "text"),
        (b'{"id": "m1", "text": "x", "button": "b"}', "button"),
    ],
)
async def test_broken_bodies_get_a_sentence(
    channel: Channel, content: bytes, field: str | None
) -> None:
    visitor = channel.visitor()
    await visitor.open()
    answer = await visitor.call("POST", "/messages", content=content)
    assert answer.status in (400, 413)
    assert answer.json["error"]["field"] == field
    assert answer.json["error"]["message"]


async def test_half_a_surrogate_pair_is_not_a_failure(channel: Channel) -> None:
    visitor = channel.visitor()
    await visitor.open()
    answer = await visitor.call("POST", "/messages", content=b'{"id": "m1", "text": "\\ud83d ok"}')
    assert answer.status == 200
    assert channel.rasa.texts == ["ok"]


async def test_a_wrong_method_is_refused_like_everything_else(channel: Channel) -> None:
    answer = await channel.visitor().call("PUT", "/messages")
    assert (answer.status, answer.json["error"]["code"]) == (405, "method_not_allowed")


async def test_codes_to_one_phone_after_the_other(make_channel: Callable[..., Channel]) -> None:
    channel = make_channel(trusted_proxies=1, code_burst=2)
    statuses = []
    for number in range(3):  # a new session each time, as somebody would who does this
        visitor = channel.visitor()
        await visitor.open()
        answer = await visitor.call(
            "POST",
            "/verify/start",
            json={"phone": f"1390000000{number}"},
            headers={"X-Forwarded-For": "203.0.113.9"},
        )
        statuses.append(answer.status)
    assert statuses == [200, 200, 429]


async def test_a_megabyte_is_too_much(channel: Channel) -> None:
    visitor = channel.visitor()
    await visitor.open()
    answer = await visitor.call("POST", "/messages", json={"id": "m1", "text": "x" * 2**20})
    assert (answer.status, answer.json["error"]["code"]) == (413, "body_too_large")


async def test_one_address_cannot_call_without_end(make_channel: Callable[..., Channel]) -> None:
    channel = make_channel(trusted_proxies=1, address_burst=3, address_per_minute=6)

    async def call(forwarded: str) -> int:
        headers = {"X-Forwarded-For": forwarded, "Authorization": "Bearer nonsense"}
        answer = await channel.visitor().call("GET", "/messages", headers=headers)
        return int(answer.status)

    # The outermost proxy appends the last address; what stands before is the caller's invention.
    statuses = [await call(f"198.51.100.{number}, 203.0.113.9") for number in range(5)]
    assert statuses == [401, 401, 401, 429, 429]
    assert await call("203.0.113.10") == 401
    # What is refused by the limit does not fill the security log.
    assert channel.security_events() == ["session_unknown"] * 4

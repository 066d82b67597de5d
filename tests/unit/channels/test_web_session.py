"""Sessions and signing in over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import jwt
from rasa.core.channels.channel import UserMessage

from identity.service import IdentityService
from tests.unit.channels.conftest import Channel


async def test_a_visitor_is_anonymous_and_told_it_is_a_machine(channel: Channel) -> None:
    answer = await channel.visitor().open()
    assert answer.status == 201
    assert answer.json["borrower"] is None
    assert answer.json["demo"] is True
    assert "人工智能" in answer.json["ai_label"]
    claims = jwt.decode(answer.json["token"], options={"verify_signature": False})
    assert set(claims) == {"sub", "gen", "aud", "iat", "exp"}


async def test_a_host_token_signs_in_and_the_borrowers_id_stays_on_the_server(
    channel: Channel,
) -> None:
    visitor = channel.visitor()
    answer = await visitor.open(host_token=channel.host_token("zhang"))
    assert answer.status == 201
    assert answer.json["borrower"] == {"display_name": "张先生"}
    assert "zhang" not in answer.text
    shown = await visitor.call("GET", "/session")
    assert shown.json["borrower"] == {"display_name": "张先生"}
    (sender,) = [one.sender_id for one in channel.rasa.asked] or [None]
    assert sender is None  # signing in asks Rasa nothing unless the operator wants it


async def test_a_visitor_who_signs_in_keeps_the_conversation(channel: Channel) -> None:
    visitor = channel.visitor()
    await visitor.open()
    await visitor.say("逾期一两天有影响吗")
    answer = await visitor.call("POST", "/demo/sign-in", json={"borrower": "zhang"})
    visitor.token = answer.json["token"]
    await visitor.say("我一共要还多少")
    assert len({message.sender_id for message in channel.rasa.asked}) == 1
    assert len((await visitor.call("GET", "/messages")).json["messages"]) == 4


async def test_changing_the_borrower_starts_a_new_conversation(channel: Channel) -> None:
    visitor = channel.visitor()
    await visitor.open(host_token=channel.host_token("zhang"))
    await visitor.say("我一共要还多少")
    answer = await visitor.call("POST", "/demo/sign-in", json={"borrower": "li"})
    old, visitor.token = visitor.token, answer.json["token"]
    assert (await visitor.call("GET", "/messages")).json["messages"] == []
    await visitor.say("我一共要还多少")
    first, second = (message.sender_id for message in channel.rasa.asked)
    assert first != second
    visitor.token = old
    assert (await visitor.call("GET", "/messages")).status == 401


async def test_the_dialogue_may_be_told_of_a_sign_in(make_channel: Callable[..., Channel]) -> None:
    channel = make_channel(after_sign_in="/sign_in")

    async def greet(message: UserMessage) -> None:
        assert channel.identity is not None
        await message.output_channel.send_response(message.sender_id, {"text": "您好，张先生"})

    channel.rasa.behaviour = greet
    visitor = channel.visitor()
    answer = await visitor.open(host_token=channel.host_token("zhang"))
    assert channel.rasa.texts == ["/sign_in"]
    assert [one["text"] for one in answer.json["messages"]] == ["您好，张先生"]


async def test_the_question_that_led_to_the_sign_in_is_answered_by_it(channel: Channel) -> None:
    async def needs_sign_in(message: UserMessage) -> None:
        now = datetime.now(timezone.utc)
        if channel.identity.current(message.sender_id, now).signed_in:
            answer = {"text": f"{message.text}：290,218.23 元"}
        else:
            answer = {"text": "请先登录", "custom": {"card": {"type": "sign_in"}}}
        await message.output_channel.send_response(message.sender_id, answer)

    channel.rasa.behaviour = needs_sign_in
    visitor = channel.visitor()
    await visitor.open()
    await visitor.say("我一共要还多少")
    signed_in = await visitor.call("POST", "/demo/sign-in", json={"borrower": "zhang"})
    visitor.token = signed_in.json["token"]
    assert [one["text"] for one in signed_in.json["messages"]] == ["我一共要还多少：290,218.23 元"]
    # Signing in again asks nothing: the last answer was no request to sign in.
    again = await visitor.call("POST", "/demo/sign-in", json={"borrower": "zhang"})
    assert again.json["messages"] == []


async def test_signing_in_does_not_wait_for_a_slow_assistant(
    make_channel: Callable[..., Channel],
) -> None:
    channel = make_channel(turn_seconds=0.05, after_sign_in="/sign_in")
    go_on = asyncio.Event()

    async def slow(message: UserMessage) -> None:
        await go_on.wait()
        await message.output_channel.send_response(message.sender_id, {"text": "您好，张先生"})

    channel.rasa.behaviour = slow
    visitor = channel.visitor()
    answer = await visitor.open(host_token=channel.host_token("zhang"))
    assert (answer.status, answer.json["messages"]) == (201, [])
    go_on.set()
    history: list[Any] = []
    while not history:
        history = (await visitor.call("GET", "/messages")).json["messages"]
    assert [(one["text"], one["in_reply_to"]) for one in history] == [("您好，张先生", None)]


async def test_signing_out_ends_everything(channel: Channel) -> None:
    visitor = channel.visitor()
    await visitor.open(host_token=channel.host_token("zhang"))
    await visitor.say("我一共要还多少")
    assert (await visitor.call("DELETE", "/session")).status == 204
    for method, path in (("GET", "/session"), ("GET", "/messages"), ("GET", "/events")):
        answer = await visitor.call(method, path)
        assert (answer.status, answer.json["error"]["code"]) == (401, "session_unknown")


async def test_renewing_gives_a_later_end(channel: Channel) -> None:
    visitor = channel.visitor()
    opened = await visitor.open()
    renewed = await visitor.call("POST", "/session/renew")
    assert renewed.json["expires_at"] >= opened.json["expires_at"]
    assert (await visitor.call("GET", "/session")).status == 200


async def test_expiry_in_the_middle_hides_the_history_until_the_next_sign_in(
    make_channel: Callable[..., Channel], identity: IdentityService
) -> None:
    identity.settings = replace(identity.settings, sign_in_life=timedelta(0))
    channel = make_channel()
    visitor = channel.visitor()
    await visitor.open(host_token=channel.host_token("zhang"))
    answer = await visitor.say("我一共要还多少")
    # The conversation lives on; the dialogue sees an expired identity and asks to sign in again.
    assert answer.status == 200
    assert (await visitor.call("GET", "/session")).json["borrower"] is None
    assert (await visitor.call("GET", "/messages")).json["messages"] == []
    identity.settings = replace(identity.settings, sign_in_life=timedelta(hours=2))
    again = await visitor.call("POST", "/session", json={"host_token": channel.host_token("zhang")})
    visitor.token = again.json["token"]
    assert len((await visitor.call("GET", "/messages")).json["messages"]) == 2


async def test_a_one_time_code_signs_in(channel: Channel) -> None:
    visitor = channel.visitor()
    await visitor.open()
    started = await visitor.call("POST", "/verify/start", json={"phone": "13800000001"})
    body = {"challenge": started.json["challenge"], "code": started.json["demo_code"]}
    answer = await visitor.call("POST", "/verify/finish", json=body)
    assert answer.json["borrower"] == {"display_name": "张先生"}
    assert answer.json["messages"] == []


async def test_a_wrong_code_says_how_many_tries_are_left_and_then_locks(channel: Channel) -> None:
    visitor = channel.visitor()
    await visitor.open()
    started = await visitor.call("POST", "/verify/start", json={"phone": "13800000001"})
    wrong = "111111" if started.json["demo_code"] != "111111" else "222222"
    body = {"challenge": started.json["challenge"], "code": wrong}
    first = await visitor.call("POST", "/verify/finish", json=body)
    assert first.status == 422
    assert first.json["error"]["details"] == {"tries_left": 4}
    assert "4 次" in first.json["error"]["message"]
    for _ in range(3):
        await visitor.call("POST", "/verify/finish", json=body)
    locked = await visitor.call("POST", "/verify/finish", json=body)
    assert (locked.status, locked.json["error"]["code"]) == (429, "locked")
    assert int(locked.headers["retry-after"]) <= 15 * 60
    assert channel.security_events().count("verify_code_wrong") == 4
    assert "verify_locked" in channel.security_events()


async def test_without_the_demo_there_is_no_free_choice_and_no_shown_code(
    make_channel: Callable[..., Channel], identity: IdentityService
) -> None:
    identity.settings = replace(identity.settings, demo=False)
    channel = make_channel()
    visitor = channel.visitor()
    opened = await visitor.open()
    assert opened.json["demo"] is False
    assert (await visitor.call("GET", "/demo/borrowers")).status == 404
    chosen = await visitor.call("POST", "/demo/sign-in", json={"borrower": "zhang"})
    assert chosen.status == 404
    # Nobody is named to send codes, so nobody is told that one was sent.
    started = await visitor.call("POST", "/verify/start", json={"phone": "13800000001"})
    assert (started.status, started.json["error"]["code"]) == (503, "code_not_sent")

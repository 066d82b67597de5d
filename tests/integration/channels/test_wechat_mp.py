"""公众号 in AES mode: five seconds, retries, number menus, and nothing unsigned."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from channels.platform import Platform
from channels.wechat_mp import WechatMpInput
from channels.wechat_mp.late import LateMessages
from channels.wechat_mp.settings import WechatMpSettings
from channels.wording import load_wording
from identity.service import IdentityService
from identity.store.delivery import undelivered
from identity.store.transcript import Role, append_entry
from tests.integration.channels.conftest import events_of, until
from tests.integration.channels.fakes import FakeMp
from tests.integration.channels.wechat_payloads import (
    AES_KEY,
    TOKEN,
    mp_event,
    mp_kind,
    mp_text,
    opened,
    post,
    signature,
)
from tests.unit.channels.conftest import PretendedRasa

PATH = "/webhooks/wechat_mp/callback"
APP_ID = FakeMp.APP_ID


def settings(**changes: Any) -> WechatMpSettings:
    values = {"app_id": APP_ID, "token": TOKEN, "aes_key": AES_KEY, **changes}
    return WechatMpSettings.read(values)


@pytest.fixture
def app(identity: IdentityService, mount: Callable[[Any], Sanic]) -> Sanic:
    return mount(WechatMpInput(settings(), identity))


async def test_wechat_checks_the_address(app: Sanic) -> None:
    stamp, nonce = str(int(time.time())), "n1"
    query = {"timestamp": stamp, "nonce": nonce, "echostr": "5843"}
    good = {**query, "signature": signature(TOKEN, stamp, nonce)}
    _, answer = await app.asgi_client.get(PATH, params=good)
    assert (answer.status, answer.text) == (200, "5843")
    _, refused = await app.asgi_client.get(PATH, params={**query, "signature": "0" * 40})
    assert refused.status == 401


async def test_a_message_gets_a_sealed_reply(app: Sanic, rasa: PretendedRasa) -> None:
    reply = opened(await post(app, PATH, mp_text(1, "我一共要还多少"), APP_ID), APP_ID)
    assert reply["Content"] == "您说：我一共要还多少"
    assert reply["ToUserName"] == "o-follower-1"
    assert reply["FromUserName"] == "gh_account"
    assert rasa.asked[0].sender_id.startswith("wechat_mp-")
    assert "o-follower-1" not in rasa.asked[0].sender_id


async def test_a_retry_with_the_same_id_is_answered_alike_and_worked_on_once(
    app: Sanic, rasa: PretendedRasa
) -> None:
    first, again = await asyncio.gather(
        post(app, PATH, mp_text(1, "你好"), APP_ID), post(app, PATH, mp_text(1, "你好"), APP_ID)
    )
    assert opened(first, APP_ID)["Content"] == opened(again, APP_ID)["Content"]
    assert rasa.texts == ["你好"]


async def test_buttons_become_numbers_and_numbers_are_buttons(
    app: Sanic, rasa: PretendedRasa
) -> None:
    async def offer(message: UserMessage) -> None:
        buttons = [
            {"title": "看看明细", "payload": "/ask_details"},
            {"title": "能不能分期", "payload": "/request_instalment"},
        ]
        await message.output_channel.send_response(
            message.sender_id, {"text": "一共 1,234.50 元", "buttons": buttons}
        )

    rasa.behaviour = offer
    reply = opened(await post(app, PATH, mp_text(1, "多少"), APP_ID), APP_ID)
    assert "1. 看看明细\n2. 能不能分期" in reply["Content"]
    await post(app, PATH, mp_text(2, "２"), APP_ID)  # full-width, as phones type it
    await post(app, PATH, mp_text(3, "1、"), APP_ID)
    await post(app, PATH, mp_text(4, "3"), APP_ID)  # no such choice: a text like any other
    assert rasa.texts == ["多少", "/request_instalment", "/ask_details", "3"]


async def test_a_slow_answer_is_fetched_by_the_next_message(
    identity: IdentityService, mount: Callable[[Any], Sanic], rasa: PretendedRasa
) -> None:
    app = mount(WechatMpInput(settings(turn_seconds=0.05), identity))
    go_on = asyncio.Event()

    async def slow(message: UserMessage) -> None:
        await go_on.wait()
        await message.output_channel.send_response(message.sender_id, {"text": "算好了"})

    rasa.behaviour = slow
    notice = opened(await post(app, PATH, mp_text(1, "要算很久"), APP_ID), APP_ID)
    assert "发送“1”" in notice["Content"]
    again = opened(await post(app, PATH, mp_text(1, "要算很久"), APP_ID), APP_ID)
    assert again["Content"] == notice["Content"]
    go_on.set()
    await until(lambda: undelivered_of(identity, rasa.asked[0].sender_id), "the late answer")
    fetched = opened(await post(app, PATH, mp_text(2, "1"), APP_ID), APP_ID)
    assert fetched["Content"] == "算好了"
    assert rasa.texts == ["要算很久"]


def undelivered_of(identity: IdentityService, sender_id: str) -> object:
    with identity.database.read() as connection:
        return undelivered(connection, sender_id)


async def test_a_verified_account_sends_the_slow_answer_by_itself(
    identity: IdentityService, mp: FakeMp, rasa: PretendedRasa
) -> None:
    configured = settings(app_secret=FakeMp.SECRET, api_url=mp.url)
    platform = Platform("wechat_mp", identity, load_wording(), rasa, turn_seconds=5)
    late = LateMessages(configured, load_wording())
    session = await platform.session("o-follower-1")
    now = datetime.now(timezone.utc)
    long_text = "第一段的内容。" * 200  # 1,400 characters of 3 bytes: 4,200 bytes, three pieces
    with identity.database.write() as connection:
        append_entry(connection, session.sender_id, Role.BOT, {"text": long_text}, now)
    await platform.deliver(late.send)
    assert len(mp.sent) == 3
    assert {follower for follower, _ in mp.sent} == {"o-follower-1"}
    assert "".join(text for _, text in mp.sent) == long_text
    mp.end_token()
    with identity.database.write() as connection:
        append_entry(connection, session.sender_id, Role.BOT, {"text": "又一条"}, now)
    await platform.deliver(late.send)
    assert mp.sent[-1] == ("o-follower-1", "又一条")
    assert mp.tokens == 2


async def test_a_long_answer_is_cut_and_the_rest_waits(app: Sanic, rasa: PretendedRasa) -> None:
    async def talkative(message: UserMessage) -> None:
        await message.output_channel.send_response(message.sender_id, {"text": "很长的话。" * 200})

    rasa.behaviour = talkative
    first = opened(await post(app, PATH, mp_text(1, "说说"), APP_ID), APP_ID)["Content"]
    rest = opened(await post(app, PATH, mp_text(2, "1"), APP_ID), APP_ID)["Content"]
    assert len(first.encode()) <= 2048
    assert first.count("很长的话。") + rest.count("很长的话。") == 200
    assert len(rasa.asked) == 1


@pytest.mark.parametrize(
    ("kind", "extra", "word"),
    [
        ("image", "<PicUrl><![CDATA[http://x]]></PicUrl><MediaId>1</MediaId>", "图片"),
        ("voice", "<MediaId>1</MediaId><Format>amr</Format>", "语音"),
        ("video", "<MediaId>1</MediaId>", "文件"),
        ("location", "<Location_X>1</Location_X>", "文字"),
    ],
)
async def test_other_kinds_are_answered_kindly(
    app: Sanic, rasa: PretendedRasa, kind: str, extra: str, word: str
) -> None:
    reply = opened(await post(app, PATH, mp_kind(1, kind, extra), APP_ID), APP_ID)
    assert word in reply["Content"]
    assert rasa.asked == []


async def test_events(app: Sanic, rasa: PretendedRasa) -> None:
    welcome = opened(await post(app, PATH, mp_event("subscribe"), APP_ID), APP_ID)
    assert "逾期助手" in welcome["Content"]
    assert (await post(app, PATH, mp_event("unsubscribe"), APP_ID)).text == "success"
    assert rasa.asked == []


async def test_an_empty_text_and_markup_do_no_harm(app: Sanic, rasa: PretendedRasa) -> None:
    empty = opened(await post(app, PATH, mp_text(1, ""), APP_ID), APP_ID)
    assert "没有收到文字" in empty["Content"]
    markup = opened(await post(app, PATH, mp_text(2, "<b>&amp;</b>"), APP_ID), APP_ID)
    assert markup["Content"] == "您说：<b>&amp;</b>"


async def test_wechats_own_people_get_the_messages_while_they_have_the_conversation(
    identity: IdentityService, mount: Callable[[Any], Sanic], rasa: PretendedRasa
) -> None:
    app = mount(WechatMpInput(settings(people="wechat"), identity))
    await post(app, PATH, mp_text(1, "转人工"), APP_ID)
    identity.handoffs.request_handoff(
        rasa.asked[0].sender_id, "asked_for_person", {}, datetime.now(timezone.utc)
    )
    reply = opened(await post(app, PATH, mp_text(2, "在吗"), APP_ID), APP_ID)
    assert reply["MsgType"] == "transfer_customer_service"
    assert len(rasa.asked) == 1


@pytest.mark.parametrize(
    ("changes", "event"),
    [
        ({"token": "another token"}, "wechat_mp_wrong_signature"),
        ({"age": 301}, "wechat_mp_stale"),
        ({"body": b"<xml><Content>plain mode</Content></xml>"}, "wechat_mp_not_sealed"),
        ({"body": b"<xml><Encrypt><![CDATA[AAAA]]></Encrypt></xml>"}, "wechat_mp_wrong_signature"),
        ({"body": b""}, "wechat_mp_not_sealed"),
        ({"body": b"\xff" * 100_000}, "wechat_mp_not_sealed"),
    ],
)
async def test_what_is_not_signed_and_sealed_is_refused(
    app: Sanic, identity: IdentityService, rasa: PretendedRasa, changes: Any, event: str
) -> None:
    answer = await post(app, PATH, mp_text(1, "你好"), APP_ID, **changes)
    assert answer.status == 401
    assert events_of(identity) == [event]
    assert rasa.asked == []


async def test_a_message_sealed_for_another_account_is_refused(
    app: Sanic, identity: IdentityService
) -> None:
    assert (await post(app, PATH, mp_text(1, "你好"), "wxSOMEBODYELSE0000")).status == 401
    assert events_of(identity) == ["wechat_mp_wrong_receiver"]


async def test_entities_in_a_signed_message_are_refused(app: Sanic) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "b">]><xml><Content>&a;</Content></xml>'
    assert (await post(app, PATH, bomb, APP_ID)).status == 401

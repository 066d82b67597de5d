"""Signing in on a service channel: link, page, code back; the waiting question is answered."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from channels.clock import wall_clock
from channels.signed_webhook import SignedWebhookInput
from channels.signed_webhook.settings import SignedWebhookSettings
from channels.web import WebInput
from channels.web.settings import WebSettings
from channels.wechat_mp import WechatMpInput
from channels.wechat_mp.settings import WechatMpSettings
from identity.service import IdentityService
from identity.store.tables import transcript
from tests.integration.channels.conftest import events_of
from tests.integration.channels.fakes import FakeMp
from tests.integration.channels.test_signed_webhook import SECRET, message
from tests.integration.channels.test_signed_webhook import post as post_signed
from tests.integration.channels.wechat_payloads import AES_KEY, TOKEN, mp_text, opened
from tests.integration.channels.wechat_payloads import post as post_mp
from tests.unit.channels.conftest import Channel, PretendedRasa

PAGE = "https://assistant.example/webhooks/web"
LINK = re.compile(re.escape(PAGE) + r"/#sign-in=([\w-]{32})")
QUESTION = "我一共要还多少"


@pytest.fixture
def rasa(identity: IdentityService) -> PretendedRasa:
    """An assistant that answers about money only to somebody who is signed in."""

    async def answer(told: UserMessage) -> None:
        who = identity.current(str(told.sender_id), wall_clock())
        known = {"text": f"{who.display_name}，您问的是：{told.text}"}
        stranger = {"text": "请先登录。", "custom": {"card": {"type": "sign_in"}}}
        said = known if who.signed_in else stranger
        await told.output_channel.send_response(str(told.sender_id), said)

    return PretendedRasa(answer)


def app_of(rasa: PretendedRasa, *connectors: Any) -> Sanic:
    app = Sanic(f"links-{uuid.uuid4().hex}")
    for one in connectors:
        app.blueprint(one.blueprint(rasa), url_prefix=f"/webhooks/{one.name()}")
    return app


@pytest.fixture
def make(identity: IdentityService, rasa: PretendedRasa) -> Callable[..., Channel]:
    """The chat page, a signed webhook and a 公众号 on one server."""

    def put(page: str | None = PAGE) -> Channel:
        mp = {"app_id": FakeMp.APP_ID, "token": TOKEN, "aes_key": AES_KEY, "page_url": page}
        signed = {"secret": SECRET, "page_url": page}
        app = app_of(
            rasa,
            WebInput(WebSettings.read({}), identity),
            SignedWebhookInput(SignedWebhookSettings.read(signed), identity),
            WechatMpInput(WechatMpSettings.read(mp), identity),
        )
        return Channel(app, rasa, identity)

    return put


async def code_for(channel: Channel, link: str, borrower: str = "zhang") -> str:
    """What the borrower does on the page."""
    page = channel.visitor()
    await page.open()
    looked = await page.call("POST", "/link/look", json={"link": link})
    assert looked.status == 200
    refused = await page.call("POST", "/link/confirm", json={"link": link})
    assert (refused.status, refused.json["error"]["code"]) == (403, "sign_in_needed")
    page.token = (await page.call("POST", "/demo/sign-in", json={"borrower": borrower})).json[
        "token"
    ]
    shown = await page.call("POST", "/link/confirm", json={"link": link})
    assert shown.status == 200
    return str(shown.json["code"])


def link_in(text: str) -> str:
    found = LINK.search(text)
    assert found, text
    return found.group(1)


async def test_over_a_signed_webhook(make: Callable[..., Channel]) -> None:
    channel = make()
    asked = await post_signed(channel.app, message(1, QUESTION))
    link = link_in(asked.json["plain_text"])
    # The same message again gets the same link, not a second one.
    assert (await post_signed(channel.app, message(1, QUESTION))).json == asked.json
    code = await code_for(channel, link)
    wrong = await post_signed(channel.app, message(2, f"{(int(code) + 1) % 10**6:06d}"))
    assert "不对" in wrong.json["plain_text"]
    right = await post_signed(channel.app, message(3, f"{code[:3]} {code[3:]}"))
    assert [one["text"] for one in right.json["messages"]] == [
        "张先生，您好，已经登录好了。",
        f"张先生，您问的是：{QUESTION}",
    ]
    assert (await post_signed(channel.app, message(3, code))).json == right.json
    assert code not in channel.rasa.texts
    with channel.identity.database.read() as connection:
        kept = [str(row.body) for row in connection.execute(transcript.select())]
    assert not [one for one in kept if code in one]
    assert channel.security_events() == ["sign_in_needed", "link_code_wrong"]


async def test_over_a_wechat_account(make: Callable[..., Channel]) -> None:
    channel = make()

    async def say(number: int, text: str) -> str:
        path = "/webhooks/wechat_mp/callback"
        reply = await post_mp(channel.app, path, mp_text(number, text), FakeMp.APP_ID)
        return str(opened(reply, FakeMp.APP_ID)["Content"])

    code = await code_for(channel, link_in(await say(1, QUESTION)))
    assert await say(2, code) == f"张先生，您好，已经登录好了。\n\n张先生，您问的是：{QUESTION}"
    assert await say(3, "谢谢") == "张先生，您问的是：谢谢"


async def test_another_conversation_cannot_use_the_code(make: Callable[..., Channel]) -> None:
    channel = make()
    asked = await post_signed(channel.app, message(1, QUESTION))
    code = await code_for(channel, link_in(asked.json["plain_text"]))
    thief = {"conversation_id": "c-thief"}
    first = await post_signed(channel.app, message(1, QUESTION, **thief))
    await code_for(channel, link_in(first.json["plain_text"]), borrower="li")
    answer = await post_signed(channel.app, message(2, code, **thief))
    assert "不对" in answer.json["plain_text"]
    again = await post_signed(channel.app, message(3, QUESTION, **thief))
    assert "张先生" not in again.json["plain_text"]


async def test_six_digits_are_only_a_code_where_one_is_awaited(
    make: Callable[..., Channel],
) -> None:
    channel = make()
    await post_signed(channel.app, message(1, "100000"))
    assert channel.rasa.texts == ["100000"]


async def test_a_link_that_is_over_or_made_up(make: Callable[..., Channel]) -> None:
    channel = make()
    page = channel.visitor()
    await page.open()
    for path in ("/link/look", "/link/confirm"):
        for link in ("made-up", "x" * 64):
            answer = await page.call("POST", path, json={"link": link})
            assert answer.status in (403, 422)
    page.token = None
    assert (await page.call("POST", "/link/look", json={"link": "made-up"})).status == 401
    assert set(events_of(channel.identity)) == {"link_unknown", "sign_in_needed"}


async def test_without_a_page_people_are_sent_to_the_app(make: Callable[..., Channel]) -> None:
    answer = await post_signed(make(page=None).app, message(1, QUESTION))
    assert "App" in answer.json["plain_text"]
    assert "#sign-in" not in answer.json["plain_text"]

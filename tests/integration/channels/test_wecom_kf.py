"""微信客服: the notice, the pulled log, the states, and what staff takes over."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from sanic import Sanic
from wechatpy.crypto import PrpCrypto, WeChatCrypto

from channels.platform import Platform
from channels.wecom_kf import WecomKfInput
from channels.wecom_kf.api import WecomKfApi
from channels.wecom_kf.customers import Customers
from channels.wecom_kf.settings import WecomKfSettings
from channels.wording import load_wording
from identity.service import IdentityService
from identity.store.delivery import read_mark
from identity.store.transcript import Role, append_entry
from tests.integration.channels.conftest import events_of, until
from tests.integration.channels.fakes import FakeWecom
from tests.integration.channels.wechat_payloads import AES_KEY, TOKEN, kf_notice, post, signature
from tests.unit.channels.conftest import PretendedRasa

PATH = "/webhooks/wecom_kf/callback"
CORP = FakeWecom.CORP_ID


def settings(wecom: FakeWecom) -> WecomKfSettings:
    return WecomKfSettings.read(
        {
            "corp_id": CORP,
            "secret": FakeWecom.SECRET,
            "token": TOKEN,
            "aes_key": AES_KEY,
            "api_url": wecom.url,
        }
    )


@pytest.fixture
def app(identity: IdentityService, wecom: FakeWecom, mount: Callable[[Any], Sanic]) -> Sanic:
    return mount(WecomKfInput(settings(wecom), identity))


async def notify(app: Sanic) -> Any:
    return await post(app, PATH, kf_notice(), CORP)


def cursor_of(identity: IdentityService) -> str | None:
    """How far the log is worked off; it moves after the answers."""
    with identity.database.read() as connection:
        return read_mark(connection, "wecom_kf", "wk1")


def texts(wecom: FakeWecom) -> list[str]:
    return [
        body["text"]["content"] if body["msgtype"] == "text" else body["msgmenu"]["head_content"]
        for _, body in wecom.sent
    ]


async def test_wecom_checks_the_address(app: Sanic) -> None:
    stamp, nonce = str(int(time.time())), secrets.token_hex(4)
    sealed = PrpCrypto(WeChatCrypto(TOKEN, AES_KEY, CORP).key).encrypt("7821", CORP).decode()
    query = {"timestamp": stamp, "nonce": nonce, "echostr": sealed}
    good = {**query, "msg_signature": signature(TOKEN, stamp, nonce, sealed)}
    _, answer = await app.asgi_client.get(PATH, params=good)
    assert (answer.status, answer.text) == (200, "7821")
    _, refused = await app.asgi_client.get(PATH, params={**query, "msg_signature": "0" * 40})
    assert refused.status == 401


async def test_the_log_is_pulled_page_by_page_and_everyone_is_answered(
    app: Sanic, wecom: FakeWecom, rasa: PretendedRasa
) -> None:
    for number, user in enumerate(["wm-a", "wm-b", "wm-a"], start=1):
        wecom.customer_writes(user, number, msgtype="text", text={"content": f"问题{number}"})
    assert (await notify(app)).text == "success"
    await until(lambda: len(wecom.sent) == 3, "three answers")
    assert sorted(texts(wecom)) == ["您说：问题1", "您说：问题2", "您说：问题3"]
    assert [pull.get("cursor") for pull in wecom.pulls] == [None, "2"]
    assert wecom.pulls[0]["token"] == "ENCtoken"
    assert len({message.sender_id for message in rasa.asked}) == 2


async def test_the_next_notice_goes_on_where_the_last_one_ended(
    app: Sanic, wecom: FakeWecom, rasa: PretendedRasa
) -> None:
    wecom.customer_writes("wm-a", 1, msgtype="text", text={"content": "一"})
    await notify(app)
    await until(lambda: len(wecom.sent) == 1, "an answer")
    wecom.customer_writes("wm-a", 2, msgtype="text", text={"content": "二"})
    await notify(app)
    await notify(app)
    await until(lambda: len(wecom.sent) == 2, "the next answer")
    assert rasa.texts == ["一", "二"]


async def test_buttons_are_a_menu_and_a_click_comes_back(
    app: Sanic, wecom: FakeWecom, rasa: PretendedRasa
) -> None:
    async def offer(message: UserMessage) -> None:
        await message.output_channel.send_response(
            message.sender_id,
            {"text": "一共 1,234.50 元", "buttons": [{"title": "看看明细", "payload": "/details"}]},
        )

    rasa.behaviour = offer
    wecom.customer_writes("wm-a", 1, msgtype="text", text={"content": "多少"})
    await notify(app)
    await until(lambda: len(wecom.sent) == 1, "a menu")
    menu = wecom.sent[0][1]["msgmenu"]
    assert menu["head_content"] == "一共 1,234.50 元"
    (item,) = menu["list"]
    assert item["click"]["content"] == "1. 看看明细"
    clicked = {"content": "1. 看看明细", "menu_id": item["click"]["id"]}
    wecom.customer_writes("wm-a", 2, msgtype="text", text=clicked)
    wecom.customer_writes("wm-a", 3, msgtype="text", text={"content": "1"})
    await notify(app)
    await until(lambda: len(wecom.sent) == 3, "both ways of choosing")
    assert rasa.texts == ["多少", "/details", "/details"]


async def test_somebody_elses_menu_choice_does_nothing(
    app: Sanic, wecom: FakeWecom, rasa: PretendedRasa, identity: IdentityService
) -> None:
    wecom.customer_writes(
        "wm-b", 1, msgtype="text", text={"content": "x", "menu_id": "b-" + "0" * 32}
    )
    await notify(app)
    await until(lambda: events_of(identity) == ["button_refused"], "the refusal")
    assert rasa.asked == []


async def test_a_handoff_goes_into_the_queue_and_people_are_not_disturbed(
    app: Sanic, wecom: FakeWecom, rasa: PretendedRasa, identity: IdentityService
) -> None:
    async def ask_for_person(message: UserMessage) -> None:
        identity.handoffs.request_handoff(
            message.sender_id, "asked_for_person", {}, datetime.now(timezone.utc)
        )
        await message.output_channel.send_response(message.sender_id, {"text": "已经为您转人工"})

    rasa.behaviour = ask_for_person
    wecom.customer_writes("wm-a", 1, msgtype="text", text={"content": "转人工"})
    await notify(app)
    await until(lambda: wecom.state["wm-a"] == 2, "the queue")
    assert texts(wecom) == ["已经为您转人工"]  # said before the move: afterwards it is forbidden
    wecom.state["wm-a"] = 3
    wecom.customer_writes("wm-a", 2, msgtype="text", text={"content": "我想延期"})
    await notify(app)
    await until(lambda: cursor_of(identity) == "2", "the second reading")
    assert len(rasa.asked) == 1
    # The person ends the conversation; the customer's next message is the assistant's again.
    wecom.state["wm-a"] = 4
    wecom.customer_writes("wm-a", 3, msgtype="text", text={"content": "再问一下"})
    await notify(app)
    await until(lambda: len(rasa.asked) == 2, "the assistant again")
    assert rasa.texts[-1] == "再问一下"


async def test_what_is_not_a_customers_fresh_message_is_passed_over(
    app: Sanic, wecom: FakeWecom, rasa: PretendedRasa
) -> None:
    wecom.customer_writes("wm-a", 1, msgtype="text", text={"content": "来自昨天"})
    wecom.log[0]["send_time"] -= 86_400
    wecom.log.append({"msgid": "e1", "origin": 4, "msgtype": "event", "event": {}})
    wecom.log.append({**wecom.log[0], "msgid": "s1", "origin": 5, "send_time": int(time.time())})
    wecom.log.append({"nonsense": True})
    wecom.customer_writes("wm-a", 2, msgtype="text", text={"content": "来自今天"})
    await notify(app)
    await until(lambda: rasa.asked, "the answer")
    assert rasa.texts == ["来自今天"]


async def test_images_and_voice_are_answered_kindly(
    app: Sanic, wecom: FakeWecom, rasa: PretendedRasa
) -> None:
    wecom.customer_writes("wm-a", 1, msgtype="image", image={"media_id": "x"})
    wecom.customer_writes("wm-a", 2, msgtype="voice", voice={"media_id": "x"})
    await notify(app)
    await until(lambda: len(wecom.sent) == 2, "both answers")
    assert "图片" in texts(wecom)[0]
    assert "语音" in texts(wecom)[1]
    assert rasa.asked == []


async def test_a_long_answer_is_cut_into_pieces_that_fit(
    app: Sanic, wecom: FakeWecom, rasa: PretendedRasa
) -> None:
    async def talkative(message: UserMessage) -> None:
        await message.output_channel.send_response(message.sender_id, {"text": "很长的话。" * 200})

    rasa.behaviour = talkative
    wecom.customer_writes("wm-a", 1, msgtype="text", text={"content": "说说"})
    await notify(app)
    # 200 × 5 characters × 3 bytes = 3,000 bytes: two messages of at most 2,048.
    await until(lambda: len(wecom.sent) == 2, "both pieces")
    assert "".join(texts(wecom)) == "很长的话。" * 200


async def test_a_token_that_ended_early_is_renewed(app: Sanic, wecom: FakeWecom) -> None:
    wecom.customer_writes("wm-a", 1, msgtype="text", text={"content": "一"})
    await notify(app)
    await until(lambda: len(wecom.sent) == 1, "an answer")
    wecom.end_token()
    wecom.customer_writes("wm-a", 2, msgtype="text", text={"content": "二"})
    await notify(app)
    await until(lambda: len(wecom.sent) == 2, "an answer with a new token")
    assert wecom.tokens == 2


async def test_what_comes_unasked_is_sent(
    identity: IdentityService, wecom: FakeWecom, rasa: PretendedRasa
) -> None:
    platform = Platform("wecom_kf", identity, load_wording(), rasa, turn_seconds=5)
    customers = Customers(settings(wecom), platform, WecomKfApi(settings(wecom)))
    wecom.allowance["wm-a"] = 5
    session = await platform.session("wk1/wm-a")
    with identity.database.write() as connection:
        now = datetime.now(timezone.utc)
        append_entry(connection, session.sender_id, Role.BOT, {"text": "凭证已经开好了"}, now)
    await platform.deliver(customers.send)
    await platform.deliver(customers.send)
    assert texts(wecom) == ["凭证已经开好了"]


@pytest.mark.parametrize(
    ("changes", "event"),
    [
        ({"token": "another token"}, "wecom_kf_wrong_signature"),
        ({"age": 301}, "wecom_kf_stale"),
        ({"body": b"<xml></xml>"}, "wecom_kf_not_sealed"),
    ],
)
async def test_what_is_not_signed_and_sealed_is_refused(
    app: Sanic, identity: IdentityService, wecom: FakeWecom, changes: Any, event: str
) -> None:
    answer = await post(app, PATH, kf_notice(), CORP, **changes)
    assert answer.status == 401
    assert events_of(identity) == [event]
    assert wecom.pulls == []

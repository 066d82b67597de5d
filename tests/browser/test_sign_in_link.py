"""A conversation of another channel signs in on the page: the link, the code, the code back."""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from channels.clock import wall_clock
from channels.signatures import sign
from channels.signed_webhook import SignedWebhookInput
from channels.signed_webhook.settings import SignedWebhookSettings
from channels.web import WebInput
from channels.web.settings import WebSettings
from identity.service import IdentityService
from identity.settings import IdentitySettings
from identity.store import migrate
from tests.browser.test_access import PHONE, serious_findings
from tests.integration.channels.serving import served
from tests.unit.channels.conftest import BORROWERS, PretendedRasa

Shot = Callable[[Page, str], Path]
SECRET = "a shared secret of at least thirty-two bytes"
PAGE = "https://assistant.example/webhooks/web"
QUESTION = "我一共要还多少"


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[str]:
    """The real page and a signed webhook, with an assistant that only knows who is there."""
    (tmp_path / "borrowers.yml").write_text(BORROWERS, encoding="utf-8")
    settings = IdentitySettings(
        database_url=f"sqlite:///{tmp_path / 'sessions.db'}",
        secrets_dir=tmp_path / "secrets",
        demo=True,
        demo_borrowers=tmp_path / "borrowers.yml",
    )
    migrate(settings.database_url)
    identity = IdentityService.from_environment(settings)

    async def answer(told: UserMessage) -> None:
        who = identity.current(str(told.sender_id), wall_clock())
        known = {"text": f"{who.display_name}，您问的是：{told.text}"}
        stranger = {"text": "请先登录。", "custom": {"card": {"type": "sign_in"}}}
        said = known if who.signed_in else stranger
        await told.output_channel.send_response(str(told.sender_id), said)

    app = Sanic(f"link-{secrets.token_hex(4)}")
    signed = SignedWebhookSettings.read({"secret": SECRET, "page_url": PAGE})
    for connector in (
        WebInput(WebSettings.read({}), identity),
        SignedWebhookInput(signed, identity),
    ):
        blueprint = connector.blueprint(PretendedRasa(answer))
        app.blueprint(blueprint, url_prefix=f"/webhooks/{connector.name()}")
    with served(app) as address:
        yield address


def tell(assistant: str, text: str) -> Any:
    """A message of the other channel's user."""
    body = {"conversation_id": "c1", "id": secrets.token_hex(4), "type": "text", "text": text}
    content = json.dumps(body)
    stamp, nonce = str(int(time.time())), secrets.token_hex(8)
    headers = {
        "X-Yuqi-Timestamp": stamp,
        "X-Yuqi-Nonce": nonce,
        "X-Yuqi-Signature": sign(SECRET, f"{stamp}.{nonce}.{content}".encode()),
    }
    url = f"{assistant}/webhooks/signed/messages"
    return httpx.post(url, content=content.encode(), headers=headers).json()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_from_the_question_to_its_answer(
    assistant: str, open_context: Callable[..., BrowserContext], shot: Shot, scheme: str
) -> None:
    asked = tell(assistant, QUESTION)["plain_text"]
    link = re.search(r"#sign-in=[\w-]+", asked)
    assert link
    page = open_context(**PHONE, color_scheme=scheme).new_page()
    page.goto(f"{assistant}/webhooks/web/{link.group()}")
    expect(page.get_by_role("heading", name="为“客服系统”里的对话登录")).to_be_visible()
    expect(page.get_by_role("button", name="张先生")).to_be_visible()
    assert serious_findings(page) == [], "link"
    shot(page, f"45-link-{scheme}")

    page.get_by_label("手机号").fill("13800000001")
    page.get_by_role("button", name="获取验证码").click()
    shown = page.get_by_text("您的验证码是").inner_text()
    page.get_by_label("验证码").fill(shown.split()[-1])
    page.get_by_role("button", name="确认登录").click()
    page.get_by_role("button", name="我是张先生，显示 6 位数字").click()
    expect(page.get_by_role("heading", name="把这 6 位数字发回“客服系统”")).to_be_focused()
    assert serious_findings(page) == [], "code"
    shot(page, f"46-link-code-{scheme}")
    code = page.locator(".link-code span").first.inner_text()

    answer = tell(assistant, code)
    assert [one["text"] for one in answer["messages"]] == [
        "张先生，您好，已经登录好了。",
        f"张先生，您问的是：{QUESTION}",
    ]
    page.reload()
    expect(page.get_by_role("heading", name="这个登录链接用不了了")).to_be_visible()
    assert serious_findings(page) == [], "link that is over"
    page.get_by_role("button", name="就在这里对话").click()
    expect(page.get_by_label("输入您的问题")).to_be_visible()

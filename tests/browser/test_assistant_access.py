"""axe over every card and state of the page, as the running assistant shows them.

Light and dark, computer and phone. The pictures (60-…) are for people to look at.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from identity.model import BorrowerClaim, SignInMethod
from identity.service import IdentityService
from identity.settings import IdentitySettings
from identity.tokens import make_service_token
from tests.browser.chat_page import ChatPage
from tests.browser.test_access import PHONE, overflow, serious_findings
from tests.browser.test_network import MESSAGES
from tests.running import RunningAssistant

Shot = Callable[[Page, str], Path]
COMPUTER: dict[str, Any] = {"viewport": {"width": 1100, "height": 900}}
FAULT = '{"error": {"code": "internal", "message": "", "field": null}}'


class Walk:
    """A page that is looked at after every step; what axe finds is told at the end."""

    def __init__(self, page: Page, shot: Shot, name: str) -> None:
        self.page = page
        self.chat = ChatPage(page)
        self.findings: list[str] = []
        self._shot = shot
        self._name = name

    def look(self, state: str) -> None:
        found = serious_findings(self.page)
        if overflow(self.page) > 0:
            found.append("wider than the screen")
        self.findings += [f"{state}: {one}" for one in found]
        self._shot(self.page, f"60-{self._name}-{state}")

    def ask(self, words: str, card: str) -> None:
        self.chat.ask(words)
        expect(self.chat.card(card)).to_be_visible()
        self.chat.card(card).scroll_into_view_if_needed()
        self.look(card)


@pytest.fixture(params=["computer", "phone"])
def device(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def walk(
    assistant: RunningAssistant,
    open_context: Callable[..., BrowserContext],
    shot: Shot,
    device: str,
    scheme: str,
) -> Walk:
    options = COMPUTER if device == "computer" else PHONE
    page = open_context(**options, color_scheme=scheme).new_page()
    page.goto(assistant.base + "/")
    made = Walk(page, shot, f"{device}-{scheme}")
    expect(made.chat.input).to_be_visible()
    return made


@pytest.fixture
def service(assistant: RunningAssistant) -> IdentityService:
    """The running assistant's identity service, seen from outside."""
    return IdentityService.from_environment(
        IdentitySettings.from_environment(assistant.settings.environment())
    )


def push(assistant: RunningAssistant, service: IdentityService, sender_id: str, text: str) -> None:
    """What another of the lender's services would send; a notice waits for no hour."""
    token = make_service_token(
        "notices",
        "push",
        service._service_ring,
        life=timedelta(minutes=1),
        now=datetime.now(timezone.utc),
    )
    body = {"id": uuid.uuid4().hex, "kind": "notice", "sender_id": sender_id, "text": text}
    answer = httpx.post(
        f"{assistant.base}/push", json=body, headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 202, answer.text


def sender_of(page: Page) -> str:
    sender: str = page.evaluate(
        """() => JSON.parse(atob(JSON.parse(sessionStorage.getItem('yuqi-chat.session'))
                 .token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'))).sub"""
    )
    return sender


def test_before_and_while_signing_in(walk: Walk) -> None:
    page, chat = walk.page, walk.chat
    walk.look("welcome")
    chat.ask("逾期一两天有影响吗")
    chat.show_sources()
    walk.look("sources")
    walk.ask("我现在一共要还多少", "sign_in")
    page.get_by_role("banner").get_by_role("button", name="登录").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="王女士")).to_be_visible()
    walk.look("sign-in")
    dialog.get_by_label("手机号").fill("1380000")
    dialog.get_by_role("button", name="获取验证码").click()
    expect(dialog.get_by_text("请填写 11 位手机号")).to_be_visible()
    walk.look("phone-invalid")
    # A number of nobody's: a fresh one each time, so that no run locks the next one's out.
    dialog.get_by_label("手机号").fill(f"199{uuid.uuid4().int % 10**8:08d}")
    dialog.get_by_role("button", name="获取验证码").click()
    dialog.get_by_label("验证码").fill("000000")
    dialog.get_by_role("button", name="确认登录").click()
    expect(dialog.get_by_text(re.compile("还可以再试 4 次"))).to_be_visible()
    walk.look("code-wrong")
    assert walk.findings == []


def test_cards_of_a_borrower(
    walk: Walk, assistant: RunningAssistant, service: IdentityService
) -> None:
    page, chat = walk.page, walk.chat
    chat.sign_in_as("张先生")
    walk.ask("我现在一共要还多少", "quote")
    chat.card("quote").get_by_role("button", name="展开全部明细").click()
    walk.look("quote-itemised")
    walk.ask("怎么消除逾期记录", "timeline")
    chat.ask("我失业了，能不能分期")
    if chat.card("plan_options").count() == 0:
        chat.ask("说不准，您来算")
        chat.ask("说不准")
    offers = chat.card("plan_options")
    offers.scroll_into_view_if_needed()
    walk.look("plan-options")
    offers.get_by_role("button", name=re.compile("^每期还款表")).first.click()
    walk.look("plan-details")
    offers.get_by_role("button", name=re.compile("^选「")).first.click()
    expect(chat.card("disclosure")).to_be_visible()
    chat.card("disclosure").scroll_into_view_if_needed()
    walk.look("disclosure")
    page.get_by_role("button", name="没帮助").last.click()
    expect(page.get_by_label(re.compile("哪里不对"))).to_be_visible()
    walk.look("feedback")
    page.get_by_label(re.compile("哪里不对")).fill("看不懂年化")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("谢谢，已记下").first).to_be_visible()
    walk.look("feedback-given")
    push(assistant, service, sender_of(page), "提醒您：您要的凭证已经开好了，可以在这里查看。")
    expect(chat.log.get_by_text("您要的凭证已经开好了")).to_be_visible()
    walk.look("notice")
    assert walk.findings == []


def test_a_plan_from_the_offer_to_its_progress(
    walk: Walk, assistant: RunningAssistant, service: IdentityService
) -> None:
    page, chat = walk.page, walk.chat
    claim = BorrowerClaim(assistant.new_borrower("wang"), "王女士", SignInMethod.DEMO_CHOICE)
    now = datetime.now(timezone.utc)
    session = service.sign_in(service.open_session("web", now), claim, now)
    saved = {"token": service.session_token(session, now), "expiresAt": "", "hostUser": ""}
    page.evaluate("saved => sessionStorage.setItem('yuqi-chat.session', saved)", json.dumps(saved))
    page.reload()
    expect(page.locator(".who")).to_contain_text("王女士")
    chat.ask("我失业了，能不能分期")
    chat.ask("说不准，您来算")
    chat.ask("说不准")
    chat.card("plan_options").get_by_role("button", name=re.compile("^选「")).first.click()
    agree = page.locator(".replies .chip--primary").last
    expect(agree).to_contain_text("同意")
    agree.click()
    expect(chat.card("timeline").get_by_role("heading", name="还款方案进度")).to_be_visible()
    chat.card("timeline").scroll_into_view_if_needed()
    walk.look("plan-agreed")
    walk.ask("我的方案还剩几期", "timeline")
    assert walk.findings == []


def test_a_person_takes_over(walk: Walk, service: IdentityService) -> None:
    walk.ask("转人工", "handoff")
    banner = walk.page.locator(".banner--handoff")
    expect(banner).to_have_attribute("data-state", "waiting")
    case = service.handoffs.current(sender_of(walk.page))
    assert case is not None
    service.handoffs.take(case.case_number, "officer_lin", datetime.now(timezone.utc))
    expect(banner).to_have_attribute("data-state", "active")
    walk.look("handoff-active")
    assert walk.findings == []


def test_somebody_in_danger(walk: Walk) -> None:
    walk.ask("我撑不下去了，不想活了", "help_lines")
    assert walk.findings == []


def test_faults_and_ends(walk: Walk, service: IdentityService) -> None:
    page, chat = walk.page, walk.chat
    chat.ask("什么是全额回收")
    page.context.set_offline(True)
    expect(page.get_by_text("网络已断开。您可以继续输入")).to_be_visible()
    chat.say("能不能分期")
    expect(page.get_by_text("连上后会自动重发，不会重复")).to_be_visible()
    walk.look("offline")
    page.context.set_offline(False)
    expect(page.get_by_text("连上后会自动重发")).to_have_count(0)
    page.route(MESSAGES, lambda route: route.fulfill(status=422, body=FAULT))
    chat.say("逾期有什么影响")
    expect(page.get_by_text("这条没有发出去")).to_be_visible()
    walk.look("not-sent")
    page.unroute(MESSAGES)
    chat.press("更多")
    walk.look("menu")
    page.keyboard.press("Escape")
    service.sign_out(sender_of(page), datetime.now(timezone.utc))  # as when it ends by time
    chat.say("还在吗")
    expect(page.get_by_role("heading", name="为了保护您的信息")).to_be_visible()
    walk.look("expired")
    chat.press("继续对话")
    expect(chat.input).to_be_visible()
    chat.sign_in_as("王女士")
    chat.press("更多")
    chat.press("退出登录")
    expect(page.get_by_role("heading", name="您已安全退出")).to_be_visible()
    walk.look("signed-out")
    page.route(re.compile("/webhooks/web/session"), lambda route: route.abort())
    chat.press("开始新的对话")
    expect(page.get_by_role("heading", name="暂时连不上服务")).to_be_visible()
    walk.look("unreachable")
    assert walk.findings == []

"""The widget on somebody else's page: a lender's site with a strict policy and loud styles."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, Page, expect

from tests.browser.chat_page import ChatPage
from tests.browser.servers import MOCK_HOST_KEY, Mock, Served, demo_site

Shot = Callable[[Page, str], Path]
FRAME = "iframe[title='逾期助手对话窗口']"


@pytest.fixture(scope="module")
def lender(chat_url: str) -> Iterator[Served]:
    """The lender's site around the assistant under test."""
    running = os.environ.get("YUQI_CHAT_URL")
    key = f"@{os.environ['YUQI_VAR_DIR']}/secrets/host.key" if running else MOCK_HOST_KEY
    site = demo_site(chat_url.rstrip("/"), key)
    yield site
    site.stop()


@pytest.fixture(scope="module")
def mock_lender(mock_server: Mock) -> Iterator[Served]:
    """The same around the mock, whose messages come when a test wants them."""
    site = demo_site(mock_server.page.rstrip("/"), MOCK_HOST_KEY)
    yield site
    site.stop()


class LenderPage:
    """The lender's page with the launcher on it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.refused: list[str] = []
        page.on("console", self._note)
        page.goto(address)

    def _note(self, message: object) -> None:
        text = getattr(message, "text", "")
        if any(sign in text for sign in ("Content Security Policy", "Content-Security-Policy")):
            self.refused.append(text)
        if "postMessage" in text:  # said to a window that is not there yet, or to another origin
            self.refused.append(text)

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator(FRAME)

    def open_chat(self) -> ChatPage:
        self.page.get_by_role("button", name="打开逾期助手对话").click()
        chat = ChatPage(self.page, self.frame)
        expect(chat.input).to_be_visible()
        return chat

    def sign_in(self, name: str) -> None:
        self.page.get_by_label("演示用户").select_option(label=name)
        self.page.get_by_role("button", name="登录网站").click()
        expect(self.page.get_by_role("heading", name=f"您好，{name}")).to_be_visible()


@pytest.fixture
def visit(open_context: Callable[..., BrowserContext], lender: Served) -> Callable[..., LenderPage]:
    def make(site: Served | None = None, **options: object) -> LenderPage:
        return LenderPage(open_context(**options).new_page(), (site or lender).address)

    return make


def test_one_tag_puts_the_chat_on_a_page_with_a_strict_policy(
    visit: Callable[..., LenderPage], shot: Shot
) -> None:
    site = visit()
    shot(site.page, "40-lender-site")
    chat = site.open_chat()
    expect(chat.input).to_be_focused()
    chat.ask("逾期一两天有影响吗")
    shot(site.page, "41-lender-site-chat")
    assert site.refused == []
    # The page's own rules paint every button red and in capitals; the launcher is not one of them.
    site.page.mouse.move(5, 5)
    style = site.page.locator("yuqi-chat button").evaluate(
        "b => [getComputedStyle(b).backgroundColor, getComputedStyle(b).textTransform]"
    )
    assert style == ["rgb(20, 96, 107)", "none"]


def test_a_user_of_the_site_is_known_without_signing_in_again(
    visit: Callable[..., LenderPage], shot: Shot
) -> None:
    site = visit()
    site.sign_in("张先生")
    chat = site.open_chat()
    expect(site.frame.locator(".who")).to_contain_text("张先生")
    chat.ask("我现在一共要还多少")
    expect(chat.card("quote")).to_be_visible()
    shot(site.page, "42-lender-site-signed-in")

    site.page.reload()
    chat = site.open_chat()
    expect(chat.card("quote")).to_be_visible()


def test_the_next_user_of_the_same_computer_sees_nothing_of_the_one_before(
    visit: Callable[..., LenderPage],
) -> None:
    site = visit()
    site.sign_in("张先生")
    site.open_chat().ask("我现在一共要还多少")
    site.page.keyboard.press("Escape")
    site.page.get_by_role("button", name="退出网站").click()
    site.sign_in("李先生")
    chat = site.open_chat()
    expect(site.frame.locator(".who")).to_contain_text("李先生")
    assert site.frame.locator("[data-card=quote]").count() == 0
    assert chat.said_by_borrower.count() == 0


def test_a_message_that_comes_while_the_window_is_closed_is_counted_on_the_launcher(
    visit: Callable[..., LenderPage], mock: Mock, mock_lender: Served, shot: Shot
) -> None:
    site = visit(mock_lender)
    chat = site.open_chat()
    chat.ask("转人工")
    site.page.keyboard.press("Escape")
    launcher = site.page.get_by_role("button", name="打开逾期助手对话")
    expect(launcher).to_be_focused()
    mock.control("push", **{"from": "person", "text": "您好，我来帮您看看。"})
    expect(site.page.get_by_role("button", name="1 条新消息")).to_be_visible()
    shot(site.page, "43-unread-on-the-launcher")
    site.page.get_by_role("button", name="1 条新消息").click()
    expect(chat.place.get_by_text("我来帮您看看")).to_be_visible()
    expect(site.page.locator("yuqi-chat .badge")).to_be_hidden()


def test_on_a_phone_the_window_fills_the_screen(
    visit: Callable[..., LenderPage], shot: Shot
) -> None:
    site = visit(viewport={"width": 360, "height": 720}, is_mobile=True, has_touch=True)
    chat = site.open_chat()
    box = site.page.locator(FRAME).bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 720}
    shot(site.page, "44-lender-site-phone")
    chat.press("关闭对话窗口")
    expect(site.page.locator(FRAME)).to_be_hidden()


def test_the_host_can_open_it_and_hand_over_a_user_by_itself(
    visit: Callable[..., LenderPage],
) -> None:
    site = visit()
    site.page.wait_for_function("window.YuqiChat !== undefined")
    site.page.evaluate("window.YuqiChat.open()")
    expect(ChatPage(site.page, site.frame).input).to_be_visible()
    # Signed in elsewhere on the same site, without a new page: the host says so.
    cookie = site.page.request.post(
        f"{site.page.url}sign-in", form={"user": "wang"}, max_redirects=0
    )
    assert cookie.status == 303
    site.page.evaluate("window.YuqiChat.setUser('somebody')")
    expect(site.frame.locator(".who")).to_contain_text("王女士")

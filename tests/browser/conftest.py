"""A real Chromium, and a chat page to open in it.

The mock of the channel is served unless `YUQI_CHAT_URL` names a running assistant: the flows are
the same. Tests that take the `mock` fixture need its switches and run on the mock alone.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.chat_page import ChatPage
from tests.browser.servers import ROOT, Mock

SHOTS = ROOT / "results" / "screenshots"
PATIENCE_MS = 20_000
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """Debian's Chromium: nothing is downloaded for the tests."""
    found = os.environ.get("YUQI_CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.fail("chromium is missing: run `make system`")
    return found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def mock_server() -> Iterator[Mock]:
    mock = Mock.start()
    yield mock
    mock.served.stop()


@pytest.fixture
def mock(mock_server: Mock) -> Iterator[Mock]:
    """The mock with its switches, whatever assistant the other tests talk to."""
    mock_server.heal()
    yield mock_server
    mock_server.heal()


@pytest.fixture(scope="package")
def chat_url(request: pytest.FixtureRequest) -> str:
    """Where the chat page is: the running assistant, else the mock."""
    running = os.environ.get("YUQI_CHAT_URL")
    if running:
        return running
    mock: Mock = request.getfixturevalue("mock_server")
    return mock.page


OpenChat = Callable[..., ChatPage]


@pytest.fixture
def open_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser profiles that end with the test."""
    expect.set_options(timeout=PATIENCE_MS)
    contexts: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        settings: dict[str, object] = {
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            "viewport": {"width": 1100, "height": 800},
            **options,
        }
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def open_chat(open_context: Callable[..., BrowserContext], chat_url: str) -> OpenChat:
    """Opens the chat page in a profile of its own and waits until one can type."""

    def open_page(url: str | None = None, **options: object) -> ChatPage:
        page = open_context(**options).new_page()
        page.goto(url or chat_url)
        chat = ChatPage(page)
        expect(chat.input).to_be_visible()
        return chat

    return open_page


@pytest.fixture
def shot() -> Callable[[Page, str], Path]:
    """Keeps a picture of the page for people to look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)

    def take(page: Page, name: str) -> Path:
        path = SHOTS / f"{name}.png"
        # Images of a moving page differ from run to run; of a still one they can be compared.
        page.screenshot(path=path, animations="disabled", caret="hide")
        return path

    return take

"""Everybody can use it: by keyboard alone, with a screen reader, on a phone, with big letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chat_page import ChatPage
from tests.browser.servers import WIDGET, Mock

Shot = Callable[[Page, str], Path]
OpenChat = Callable[..., ChatPage]

SCREEN = {"width": 360, "height": 720}
PHONE = {
    "viewport": SCREEN,
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
AXE = WIDGET / "node_modules" / "axe-core" / "axe.min.js"
# What to say to the mock for the cards that a first conversation seldom shows.
CARDS = {
    "账户经过": "timeline",
    "综合成本是多少": "disclosure",
    "转人工": "handoff",
    "我撑不住了": "help_lines",
}
LONG = "我去年做生意周转不开，借呗和花呗都逾期了，现在每天都有人打电话。" * 20


def serious_findings(page: Page) -> list[str]:
    """What axe finds wrong, from moderate upwards: rule and element."""
    # Through the debugger, as the page's own policy lets no foreign script in.
    page.evaluate(AXE.read_text("utf-8"))
    result: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{finding['impact']} {finding['id']}: {node['target']}"
        for finding in result["violations"]
        if finding["impact"] != "minor"
        for node in finding["nodes"]
    ]


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than the window."""
    wider: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wider


def tab_to(page: Page, target: Locator, most: int = 60) -> None:
    """Presses Tab until the target has the focus."""
    for _ in range(most):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {target}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_any_state(open_chat: OpenChat, scheme: str) -> None:
    chat = open_chat(color_scheme=scheme)
    page = chat.page
    assert serious_findings(page) == [], "welcome"
    chat.press("登录")
    expect(page.get_by_role("dialog").get_by_role("button", name="张先生")).to_be_visible()
    assert serious_findings(page) == [], "sign-in dialog"
    page.keyboard.press("Escape")
    chat.ask("逾期一两天有影响吗")
    chat.show_sources()
    assert serious_findings(page) == [], "sources"
    chat.sign_in_as("张先生")
    chat.ask("我现在一共要还多少")
    chat.card("quote").get_by_role("button", name="展开全部明细").click()
    assert serious_findings(page) == [], "quote"
    card = chat.negotiate()
    card.get_by_role("button", name=re.compile("^每期还款表：")).first.click()
    assert serious_findings(page) == [], "plan options"
    chat.press("更多")
    assert serious_findings(page) == [], "menu"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_any_card(
    open_chat: OpenChat, mock: Mock, scheme: str
) -> None:
    chat = open_chat(mock.page, color_scheme=scheme)
    chat.sign_in_as("张先生")
    for words, kind in CARDS.items():
        chat.ask(words)
        expect(chat.card(kind)).to_be_visible()
        assert serious_findings(chat.page) == [], kind
    banner = chat.page.locator(".banner--handoff")
    for state in ("waiting", "active"):
        mock.control("handoff", handoff={"state": state, "position": None})
        expect(banner).to_have_attribute("data-state", state)
        assert serious_findings(chat.page) == [], f"handoff {state}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sheet", ["plan", "conversation"])
def test_axe_finds_nothing_serious_on_the_print_sheet(
    open_chat: OpenChat, scheme: str, sheet: str
) -> None:
    chat = open_chat(color_scheme=scheme)
    page = chat.page
    # A headless browser has no print dialog; the sheet stays until `afterprint`.
    page.evaluate("window.print = () => { window.printed = true }")
    chat.sign_in_as("张先生")
    if sheet == "plan":
        print_plan = chat.negotiate().get_by_role("button", name=re.compile("^打印或存成 PDF"))
        print_plan.first.click()
    else:
        chat.ask("我现在一共要还多少")
        chat.press("更多")
        chat.press("打印或保存整段对话")
    page.wait_for_function("window.printed === true")
    page.emulate_media(media="print", color_scheme=scheme)
    expect(page.locator(".sheet")).to_be_visible()
    assert serious_findings(page) == []


def test_from_welcome_to_a_chosen_plan_by_keyboard_alone(open_chat: OpenChat) -> None:
    chat = open_chat()
    page = chat.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到输入框")).to_be_focused()
    page.keyboard.press("Enter")
    expect(chat.input).to_be_focused()

    page.keyboard.type("我现在一共要还多少")
    page.keyboard.press("Enter")
    expect(chat.card("sign_in")).to_be_visible()
    zhang = chat.card("sign_in").get_by_role("button", name="张先生")
    expect(zhang).to_be_visible()
    page.keyboard.press("Shift+Tab")
    for _ in range(30):
        if zhang.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".who")).to_contain_text("张先生")

    card = chat.negotiate()
    choose = card.get_by_role("button", name=re.compile("^选「")).first
    page.get_by_label("对话记录").focus()
    tab_to(page, choose)
    page.keyboard.press("Space")
    expect(chat.said_by_borrower.last).not_to_contain_text("12月10日")


def test_the_menu_and_the_dialog_close_with_escape_and_give_the_focus_back(
    open_chat: OpenChat,
) -> None:
    chat = open_chat()
    page = chat.page
    more = page.get_by_role("button", name="更多")
    more.focus()
    page.keyboard.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(more).to_have_attribute("aria-expanded", "false")
    expect(more).to_be_focused()

    sign_in = page.get_by_role("banner").get_by_role("button", name="登录")
    sign_in.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="登录后查看您的账单")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(sign_in).to_be_focused()


def test_a_screen_reader_hears_answers_politely_and_knows_who_speaks(open_chat: OpenChat) -> None:
    chat = open_chat()
    answer = chat.ask("逾期一两天有影响吗")
    expect(chat.log).to_have_attribute("aria-live", "polite")
    expect(answer).to_contain_text("逾期助手")
    expect(chat.said_by_borrower.first).to_contain_text("您：")
    assert chat.page.evaluate("document.documentElement.lang") == "zh-CN"


def test_on_a_phone_nothing_is_wider_than_the_screen(open_chat: OpenChat, shot: Shot) -> None:
    chat = open_chat(**PHONE)
    shot(chat.page, "30-phone-welcome")
    assert overflow(chat.page) == 0
    chat.sign_in_as("张先生")
    chat.ask("我现在一共要还多少")
    shot(chat.page, "31-phone-quote")
    chat.negotiate()
    shot(chat.page, "32-phone-plans")
    assert overflow(chat.page) == 0
    # The answers slide under the composer, the composer stays.
    box = chat.input.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= SCREEN["height"]


def test_touch_targets_are_large_enough_for_a_thumb(open_chat: OpenChat) -> None:
    chat = open_chat(**PHONE)
    chat.ask("你是谁呀随便说说")
    sizes: list[list[float]] = chat.page.eval_on_selector_all(
        "button, summary, a:not(.skip)",
        """all => all.filter(each => each.offsetParent !== null)
                  .map(each => [each.offsetWidth, each.offsetHeight])""",
    )
    # WCAG 2.2, 2.5.8: 24 by 24 CSS pixels at least.
    assert all(width >= 24 and height >= 24 for width, height in sizes), sizes


def test_big_letters_and_a_dark_page_are_kept_after_a_reload(
    open_chat: OpenChat, shot: Shot
) -> None:
    chat = open_chat(**PHONE)
    chat.press("更多")
    chat.page.get_by_role("radio", name="特大").check()
    chat.page.get_by_role("radio", name="深色").check()
    chat.page.keyboard.press("Escape")
    chat.sign_in_as("张先生")
    chat.ask("我现在一共要还多少")
    assert overflow(chat.page) == 0
    shot(chat.page, "33-phone-huge-dark")
    chat.page.reload()
    expect(chat.page.locator("html")).to_have_attribute("data-size", "huge")
    expect(chat.page.locator("html")).to_have_attribute("data-theme", "dark")


def test_long_texts_and_long_words_stay_inside(open_chat: OpenChat, shot: Shot) -> None:
    chat = open_chat(**PHONE)
    chat.ask(LONG[:1000])
    chat.ask("花呗" + "8" * 300)
    shot(chat.page, "34-long-text")
    assert overflow(chat.page) == 0


def test_a_text_over_the_limit_is_counted_and_not_sent(open_chat: OpenChat, shot: Shot) -> None:
    chat = open_chat()
    chat.input.fill("逾" * 1_023)
    expect(chat.page.get_by_text("多了 23 个字")).to_be_visible()
    expect(chat.page.get_by_role("button", name="发送")).to_be_disabled()
    chat.input.press("Enter")
    expect(chat.said_by_borrower).to_have_count(0)
    shot(chat.page, "35-too-long")
    chat.input.fill("逾" * 1_000)
    expect(chat.page.get_by_text("1000/1000")).to_be_visible()
    chat.input.press("Enter")
    expect(chat.replies.first).to_be_visible()


def test_words_that_look_like_code_are_only_words(open_chat: OpenChat) -> None:
    chat = open_chat()
    alarm = '<img src=x onerror="document.title=1">'
    chat.ask(alarm)
    expect(chat.said_by_borrower.first).to_contain_text(alarm)
    expect(chat.page).to_have_title("逾期助手")
    chat.ask("/restart")
    expect(chat.said_by_borrower).to_have_count(2)

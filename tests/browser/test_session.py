"""Sessions that end, people who join, messages nobody asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.chat_page import ChatPage
from tests.browser.servers import Mock

Shot = Callable[[Page, str], Path]
OpenChat = Callable[..., ChatPage]


def test_a_session_that_expires_in_the_middle_of_a_form_is_told_in_words(
    open_chat: OpenChat, mock: Mock, shot: Shot
) -> None:
    chat = open_chat(mock.page)
    chat.sign_in_as("张先生")
    chat.ask("能不能分期")
    mock.control("expire")
    # Whether by the event stream or by the next message, the page learns that it is over.
    if chat.input.is_visible():
        chat.input.fill("每月三万")
    expect(chat.page.get_by_role("heading", name="为了保护您的信息")).to_be_visible()
    expect(chat.page.locator(".who")).to_have_count(0)
    shot(chat.page, "24-expired")

    chat.press("继续对话")
    expect(chat.input).to_have_value("每月三万")
    expect(chat.said_by_borrower).to_have_count(0)
    chat.sign_in_as("张先生")


def test_signing_in_by_phone_counts_the_tries_and_then_locks(
    open_chat: OpenChat, mock: Mock, shot: Shot
) -> None:
    chat = open_chat(mock.page)
    chat.press("登录")
    dialog = chat.page.get_by_role("dialog")
    dialog.get_by_label("手机号").fill("13800138000")
    dialog.get_by_role("button", name="获取验证码").click()
    expect(dialog.get_by_text("您的验证码是")).to_be_visible()
    dialog.get_by_label("验证码").fill("000000")
    dialog.get_by_role("button", name="确认登录").click()
    expect(dialog.get_by_text("还可以试 2 次")).to_be_visible()
    shot(chat.page, "25-phone-code-wrong")
    for _ in range(3):
        dialog.get_by_role("button", name="确认登录").click()
    expect(dialog.get_by_text("尝试次数太多")).to_be_visible()

    dialog.get_by_role("button", name="换一个手机号").click()
    dialog.get_by_label("手机号").fill("138 0013 8001")
    dialog.get_by_role("button", name="获取验证码").click()
    dialog.get_by_label("验证码").fill("246810")
    dialog.get_by_role("button", name="确认登录").click()
    expect(chat.page.locator(".who")).to_contain_text("张先生")
    expect(dialog).to_have_count(0)


def test_a_reminder_and_a_person_reach_the_open_page(
    open_chat: OpenChat, mock: Mock, shot: Shot
) -> None:
    chat = open_chat(mock.page)
    chat.ask("转人工")
    expect(chat.page.locator(".banner--handoff")).to_contain_text("您排在第 2 位")
    mock.control("handoff", handoff={"state": "active", "position": None})
    expect(chat.page.locator(".banner--handoff")).to_contain_text("人工客服已接入")
    mock.control("push", **{"from": "person", "text": "您好，我是客服小陈，您的情况我看到了。"})
    expect(chat.page.get_by_text("我是客服小陈")).to_be_visible()
    expect(chat.log.get_by_text("人工客服", exact=True)).to_be_visible()
    shot(chat.page, "26-a-person")
    mock.control("push", text="明天是还款日，第一期 62,264.64 元。")
    expect(chat.page.get_by_text("明天是还款日")).to_be_visible()


def test_what_was_said_while_the_stream_was_away_is_there_afterwards_once(
    open_chat: OpenChat, mock: Mock
) -> None:
    chat = open_chat(mock.page)
    chat.ask("转人工")
    chat.page.context.set_offline(True)
    mock.control("push", **{"from": "person", "text": "您还在吗？"})
    chat.page.context.set_offline(False)
    expect(chat.page.get_by_text("您还在吗？")).to_have_count(1)
    chat.ask("在的，逾期一两天有影响吗")
    expect(chat.page.get_by_text("您还在吗？")).to_have_count(1)


def test_unread_messages_are_counted_in_the_title(open_chat: OpenChat, mock: Mock) -> None:
    chat = open_chat(mock.page)
    chat.ask("转人工")
    hide = """hidden => {
        Object.defineProperty(document, 'visibilityState',
            { configurable: true, get: () => hidden ? 'hidden' : 'visible' });
        document.dispatchEvent(new Event('visibilitychange'));
    }"""
    chat.page.evaluate(hide, True)
    mock.control("push", text="提醒一")
    mock.control("push", text="提醒二")
    expect(chat.page).to_have_title(re.compile(r"^\(2\)"))
    chat.page.evaluate(hide, False)
    expect(chat.page).to_have_title("逾期助手")

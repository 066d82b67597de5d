"""The network goes away and comes back; the server falters. Nothing is lost, nothing is doubled."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.browser.chat_page import ChatPage
from tests.browser.servers import Mock

Shot = Callable[[Page, str], Path]
OpenChat = Callable[..., ChatPage]
MESSAGES = re.compile(r"/webhooks/web/messages$")
QUESTION = "逾期一两天有影响吗"


def test_a_message_written_without_a_network_goes_out_when_it_is_back(
    open_chat: OpenChat, shot: Shot
) -> None:
    chat = open_chat()
    chat.ask("什么是全额回收")
    replies = chat.replies.count()
    chat.page.context.set_offline(True)
    expect(chat.page.get_by_text("网络已断开。您可以继续输入")).to_be_visible()

    chat.say(QUESTION)
    expect(chat.page.get_by_text("连上后会自动重发，不会重复")).to_be_visible()
    shot(chat.page, "20-network-lost")

    chat.page.context.set_offline(False)
    expect(chat.replies.nth(replies)).to_be_visible()
    expect(chat.page.get_by_text("连上后会自动重发")).to_have_count(0)
    chat.expect_answered_once(QUESTION)
    chat.page.reload()
    chat.expect_answered_once(QUESTION)


def test_an_answer_lost_on_the_way_back_is_not_given_twice(open_chat: OpenChat) -> None:
    chat = open_chat()
    sent: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        sent.append(str((route.request.post_data_json or {})["id"]))
        if len(sent) == 1:
            route.fetch()  # the server hears the question; its answer never arrives
            route.abort("connectionreset")
        else:
            route.continue_()

    chat.page.route(MESSAGES, lose_the_first_answer)
    chat.say(QUESTION)
    chat.expect_answered_once(QUESTION)
    assert len(sent) == 2
    assert sent[0] == sent[1]
    chat.page.reload()
    chat.expect_answered_once(QUESTION)


def test_leaving_the_page_before_a_message_was_sent_does_not_lose_it(open_chat: OpenChat) -> None:
    chat = open_chat()
    chat.page.route(MESSAGES, lambda route: route.abort("connectionrefused"))
    chat.say(QUESTION)
    expect(chat.page.get_by_text("连上后会自动重发")).to_be_visible()
    chat.page.unroute(MESSAGES)
    chat.page.reload()
    chat.expect_answered_once(QUESTION)


def test_a_server_that_cannot_be_reached_at_all_is_said_kindly_with_a_way_out(
    open_context: Callable[..., object], chat_url: str, shot: Shot
) -> None:
    page: Page = open_context().new_page()  # type: ignore[attr-defined]
    session = re.compile(r"/webhooks/web/session")
    page.route(session, lambda route: route.abort("connectionrefused"))
    page.goto(chat_url)
    expect(page.get_by_role("heading", name="暂时连不上服务")).to_be_visible()
    expect(page.get_by_text("官方客服电话")).to_be_visible()
    shot(page, "21-unreachable")

    page.unroute(session)
    page.get_by_role("button", name="再试一次").click()
    expect(ChatPage(page).input).to_be_visible()


def test_a_server_error_is_repeated_and_then_left_to_the_borrower(
    open_chat: OpenChat, shot: Shot
) -> None:
    chat = open_chat()
    fault = '{"error": {"code": "internal", "message": "", "field": null}}'
    chat.page.route(MESSAGES, lambda route: route.fulfill(status=500, body=fault))
    chat.page.clock.install()
    chat.say(QUESTION)
    expect(chat.page.get_by_text("正在自动重试")).to_be_visible()
    for _ in range(4):
        chat.page.clock.fast_forward(10_000)
        chat.page.wait_for_timeout(50)
    expect(chat.page.get_by_text("系统暂时没有回应")).to_be_visible()
    shot(chat.page, "22-server-error")

    chat.page.unroute(MESSAGES)
    chat.press("重新发送")
    chat.expect_answered_once(QUESTION)


def test_a_busy_server_is_waited_for(open_chat: OpenChat, mock: Mock) -> None:
    chat = open_chat(mock.page)
    mock.control("faults", status=429, times=1, retryAfter="1")
    chat.say(QUESTION)
    expect(chat.page.get_by_text("稍等片刻会自动继续")).to_be_visible()
    expect(chat.replies).to_have_count(1)


def test_somebody_who_waits_sees_that_an_answer_is_coming(
    open_chat: OpenChat, mock: Mock, shot: Shot
) -> None:
    chat = open_chat(mock.page)
    mock.control("faults", delay=1500)
    chat.say(QUESTION)
    expect(chat.typing).to_be_visible()
    chat.page.wait_for_timeout(500)
    shot(chat.page, "23-typing")
    expect(chat.replies).to_have_count(1)
    expect(chat.typing).to_have_count(0)

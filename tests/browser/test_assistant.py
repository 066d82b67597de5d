"""The main walk on the running assistant: page, Rasa, actions, engine, database."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chat_page import ChatPage
from tests.running import RunningAssistant

Shot = Callable[[Page, str], Path]


def test_from_the_question_to_a_plan_in_the_database(
    assistant: RunningAssistant,
    open_context: Callable[..., BrowserContext],
    shot: Shot,
) -> None:
    """王女士 lost her job; she asks, chooses and confirms, and the plan is an event."""
    borrower = "wang"
    before = assistant.event_kinds(borrower)["plan_agreed"]
    page = open_context(viewport={"width": 1100, "height": 1000}).new_page()
    page.goto(assistant.base + "/")
    chat = ChatPage(page)
    chat.ask("逾期一两天有影响吗")
    chat.sign_in_as("王女士")

    # 3,268.40 × 0.05% × 2 days = 3.2684, so 3.27; with the bill 3,271.67.
    chat.ask("我现在一共要还多少")
    expect(chat.card("quote").locator(".quote-total")).to_contain_text("3,271.67")
    shot(page, "50-assistant-quote")

    # Half of the penalty (1.64) is waived on completion; three rows, worked out row by row in
    # tests/conversations/happy_path/instalment_wang.yml: 1,115.10, 1,115.10 and 1,115.11.
    chat.ask("我失业了，能不能分期")
    chat.ask("说不准，您来算")
    chat.ask("说不准")
    offers = chat.card("plan_options")
    expect(offers.get_by_role("table").first).to_contain_text("1,115.10")
    shot(page, "51-assistant-offers")
    offers.get_by_role("button", name=re.compile("^选「")).first.click()
    agree = page.locator(".replies .chip--primary").last
    expect(agree).to_contain_text("同意")
    agree.click()
    expect(chat.replies.last).to_contain_text("方案已经生效")
    shot(page, "52-assistant-confirmed")
    assert assistant.event_kinds(borrower)["plan_agreed"] == before + 1

    page.reload()
    expect(chat.replies.last).to_be_visible()
    answer = chat.ask("我的方案还剩几期")
    expect(answer).to_contain_text("还剩 3 笔")
    shot(page, "53-assistant-plan-status")

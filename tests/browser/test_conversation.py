"""The main walk: sign in, ask, itemise, negotiate, confirm, reload."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.chat_page import ChatPage

Shot = Callable[[Page, str], Path]
OpenChat = Callable[..., ChatPage]
AMOUNT = re.compile(r"\d{1,3}(,\d{3})*\.\d{2}")


def test_a_visitor_sees_that_it_is_an_ai_and_gets_a_general_answer(
    open_chat: OpenChat, shot: Shot
) -> None:
    chat = open_chat()
    expect(chat.page.get_by_role("banner").get_by_text("AI 助手")).to_be_visible()
    expect(chat.page.get_by_text(re.compile("AI.*以合同及系统账单为准")).first).to_be_visible()
    shot(chat.page, "01-welcome")

    chat.ask("逾期一两天有影响吗")
    chat.show_sources()
    shot(chat.page, "02-general-answer-with-sources")


def test_a_question_on_ones_own_account_leads_to_signing_in_and_is_then_answered(
    open_chat: OpenChat, shot: Shot
) -> None:
    chat = open_chat()
    chat.ask("我现在一共要还多少")
    expect(chat.card("sign_in")).to_be_visible()
    shot(chat.page, "03-sign-in")

    chat.sign_in_as("张先生")
    if chat.page.locator("[data-card=quote]").count() == 0:
        # The assistant may wait to be asked again.
        expect(chat.typing).to_have_count(0)
    if chat.page.locator("[data-card=quote]").count() == 0:
        chat.ask("我现在一共要还多少")
    quote = chat.card("quote")
    expect(quote.get_by_text("合计应还")).to_be_visible()
    expect(quote.locator(".quote-total")).to_contain_text(AMOUNT)
    shot(chat.page, "04-quote")

    quote.get_by_role("button", name=re.compile("罚息")).first.click()
    expect(quote.get_by_text("怎么算的").first).to_be_visible()
    shot(chat.page, "05-quote-itemised")
    quote.get_by_role("button", name="展开全部明细").click()
    lines = quote.locator(".quote-line").count()
    assert quote.locator(".quote-detail").count() == lines


def test_from_the_first_question_to_a_confirmed_plan_and_back_after_a_reload(
    open_chat: OpenChat, shot: Shot
) -> None:
    chat = open_chat()
    chat.sign_in_as("张先生")
    card = chat.negotiate()
    expect(card.get_by_role("img", name=re.compile("剩余未还金额"))).to_be_visible()
    shot(chat.page, "06-plan-options")

    details = card.get_by_role("button", name=re.compile("^每期还款表：")).first
    details.click()
    expect(card.get_by_role("table", name=re.compile("每期还款表")).first).to_be_visible()
    expect(card.get_by_role("table", name=re.compile("综合成本明示")).first).to_be_visible()
    details.scroll_into_view_if_needed()
    shot(chat.page, "07-plan-details")

    replies = chat.replies.count()
    card.get_by_role("button", name=re.compile("^选「")).first.click()
    expect(chat.replies.nth(replies)).to_be_visible()
    chat.page.locator(".replies .chip--primary").last.click()
    expect(chat.replies.nth(replies + 1)).to_be_visible()
    expect(chat.typing).to_have_count(0)
    shot(chat.page, "08-plan-confirmed")

    said = chat.said_by_borrower.all_inner_texts()
    answered = chat.replies.count()
    chat.page.reload()
    expect(chat.replies).to_have_count(answered)
    assert chat.said_by_borrower.all_inner_texts() == said
    expect(chat.page.locator(".who")).to_contain_text("张先生")

    chat.ask("我的方案还剩几期")
    shot(chat.page, "09-after-reload")


def test_signing_out_leaves_nothing_of_the_conversation(open_chat: OpenChat, shot: Shot) -> None:
    chat = open_chat()
    chat.sign_in_as("张先生")
    chat.ask("我现在一共要还多少")
    chat.press("更多")
    shot(chat.page, "10-menu")
    chat.press("退出登录")
    expect(chat.page.get_by_role("heading", name="您已安全退出")).to_be_visible()
    assert chat.page.locator("[data-card=quote]").count() == 0
    shot(chat.page, "11-signed-out")

    chat.page.reload()
    expect(chat.input).to_be_visible()
    assert chat.said_by_borrower.count() == 0


def test_an_answer_can_be_rated_and_copied(open_chat: OpenChat) -> None:
    chat = open_chat()
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answer = chat.ask("逾期一两天有影响吗")
    answer.get_by_role("button", name="复制").click()
    copied = chat.page.evaluate("navigator.clipboard.readText()")
    assert answer.locator(".Bubble").first.inner_text().strip() in copied

    answer.get_by_role("button", name="没帮助").click()
    answer.get_by_label(re.compile("哪里不对")).fill("想知道征信会不会受影响")
    answer.get_by_role("button", name="提交").click()
    expect(answer.get_by_text("谢谢，已记下")).to_be_visible()


def test_a_plan_can_be_printed_or_saved_as_pdf(open_chat: OpenChat, shot: Shot) -> None:
    chat = open_chat()
    # A headless browser has no print dialog; the sheet stays until `afterprint`.
    chat.page.evaluate("window.print = () => { window.printed = true }")
    chat.sign_in_as("张先生")
    card = chat.negotiate()
    card.get_by_role("button", name=re.compile("^打印或存成 PDF")).first.click()
    chat.page.wait_for_function("window.printed === true")
    chat.page.emulate_media(media="print")
    sheet = chat.page.locator(".sheet")
    expect(sheet.get_by_role("table", name="每期还款表")).to_be_visible()
    expect(chat.input).to_be_hidden()
    shot(chat.page, "12-printed-plan")
    assert chat.page.pdf(format="A4").startswith(b"%PDF")

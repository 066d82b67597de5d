"""The chat page as a person uses it: by what they see and by what they press."""

from __future__ import annotations

import re

from playwright.sync_api import FrameLocator, Locator, Page, expect

LOG = "对话记录"
INPUT = "输入您的问题"
SEND = "发送"

# Words for the short form before a plan; a real assistant may ask in another order.
MONTHLY = "每个月能还30000"
FIRST_DAY = "从12月10日开始还"


class ChatPage:
    """One conversation, on a page of its own or inside a frame."""

    def __init__(self, page: Page, place: Page | FrameLocator | None = None) -> None:
        self.page = page
        self.place: Page | FrameLocator = place or page

    @property
    def input(self) -> Locator:
        return self.place.get_by_label(INPUT)

    @property
    def log(self) -> Locator:
        return self.place.get_by_role("log")

    @property
    def said_by_borrower(self) -> Locator:
        return self.log.locator(".entry--user")

    @property
    def replies(self) -> Locator:
        return self.log.locator(".entry--bot")

    @property
    def typing(self) -> Locator:
        return self.place.get_by_test_id("typing")

    def card(self, kind: str) -> Locator:
        """The newest card of one type."""
        return self.place.locator(f"[data-card={kind}]").last

    def say(self, words: str) -> None:
        """Types and sends with the Enter key."""
        self.input.fill(words)
        self.input.press("Enter")

    def ask(self, words: str) -> Locator:
        """Says it and returns the last reply once the answer is complete."""
        before = self.replies.count()
        self.say(words)
        expect(self.replies.nth(before)).to_be_visible()
        expect(self.typing).to_have_count(0)
        return self.replies.last

    def press(self, title: str) -> None:
        """Presses a quick reply or any other button of that exact name."""
        self.place.get_by_role("button", name=title, exact=True).last.click()

    def expect_answered_once(self, question: str) -> None:
        """The question stands there once, answered, and no answer stands there twice."""
        expect(self.replies.first).to_be_visible()
        expect(self.typing).to_have_count(0)
        expect(self.said_by_borrower.get_by_text(question)).to_have_count(1)
        answers = self.replies.all_inner_texts()
        assert len(answers) == len(set(answers)), answers

    def sign_in_as(self, name: str) -> None:
        """Chooses a demo borrower, in the sign-in card if one is shown, else from the header."""
        chooser = self.place.get_by_role("button", name=name)
        if chooser.count() == 0:
            self.place.get_by_role("button", name="登录", exact=True).first.click()
        chooser.last.click()
        expect(self.place.locator(".who")).to_contain_text(name)

    def show_sources(self) -> Locator:
        """Opens what the last answer rests on; an assistant may show it only when asked to."""
        if self.place.locator("[data-card=sources]").count() == 0:
            self.place.get_by_role("button", name="依据是什么").last.click()
        sources = self.card("sources")
        sources.get_by_text(re.compile("^依据")).click()
        return sources

    def negotiate(self) -> Locator:
        """Goes through the short form and returns the card with the offers."""
        self.ask("能不能分期")
        for answer in (MONTHLY, FIRST_DAY):
            if self.place.locator("[data-card=plan_options]").count():
                break
            self.ask(answer)
        card = self.card("plan_options")
        expect(card.get_by_role("table").first).to_be_visible()
        return card

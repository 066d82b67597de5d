"""Plays one conversation: a visitor, a borrower of its own, and a look into the database."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from account_engine.services.decisions import Decision
from tests.conversations.runner.case import Case, Desk, EventCount, Step
from tests.conversations.runner.check import check
from tests.conversations.runner.client import ChatClient, Reply
from tests.conversations.runner.nights import age, sender_of
from tests.running import RunningAssistant


@dataclass
class Player:
    """Keeps what a conversation needs from one step to the next."""

    assistant: RunningAssistant
    case: Case
    borrower: str | None = None
    seeded: Counter[str] = field(default_factory=Counter)
    chat: ChatClient = field(init=False)

    def play(self) -> None:
        """Plays all steps; a failure names the step."""
        self.assistant.work_on(self.assistant.first_day)
        self._open(self.case.borrower)
        for number, step in enumerate(self.case.steps, start=1):
            try:
                self._step(step)
            except AssertionError as error:
                what = step.user or step.button or step.dict(exclude_defaults=True)
                raise AssertionError(f"step {number} ({what}): {error}") from error
        self._check_events(self.case.database)

    def _open(self, borrower: str | None) -> None:
        self.chat = ChatClient(self.assistant.base)
        if borrower is None:
            self.chat.open()
            return
        if self.borrower is None:
            self.borrower = self.assistant.new_borrower(like=borrower)
            if self.case.agreed is not None:
                before = self.case.agreed
                self.assistant.agree(self.borrower, before.on, before.wishes())
            self.seeded = self.assistant.event_kinds(self.borrower)
        self.chat.open(self.assistant.host_token(self.borrower))

    def _step(self, step: Step) -> None:
        reply = self._do(step)
        if reply is not None:
            check(step, reply, self.chat.before)
        self._check_events(step.database)
        self._check_outreach(step.outreach_held)
        self._check_case(step.case)
        self._check_history(step.history)

    def _do(self, step: Step) -> Reply | None:
        if step.user is not None:
            return self.chat.say(step.replaced_text())
        if step.button is not None:
            return self.chat.press(step.button)
        if step.repeat_last:
            return self.chat.repeat()
        if step.sign_out:
            return self.chat.sign_out()
        if step.new_session:
            self._open(self.case.borrower)
        elif step.sign_in is not None:
            self._sign_in(step.sign_in)
        else:
            self._in_the_world(step)
        return None

    def _in_the_world(self, step: Step) -> None:
        """What others do, and what happens to the servers."""
        if step.person is not None:
            self._at_the_desk(step.person)
        elif step.days_pass is not None:
            self._let_days_pass(step.days_pass)
        elif step.kill is not None:
            self.assistant.kill(step.kill)
        elif step.start is not None:
            self.assistant.restart(step.start)
        elif step.decide is not None:
            assert self.borrower is not None, "`decide` needs a borrower"
            self.assistant.decide(self.borrower, Decision(step.decide))

    def _sign_in(self, like: str) -> None:
        """Signs the running conversation in, as pressing a demo borrower on the page does."""
        if self.borrower is None:
            self.borrower = self.assistant.new_borrower(like=like)
            self.seeded = self.assistant.event_kinds(self.borrower)
        token = self.assistant.host_token(self.borrower)
        self.chat.open(token)  # with the running session's token: the conversation goes on

    def _at_the_desk(self, desk: Desk) -> None:
        person, number = self.assistant.desk, self._case_number()
        if desk.takes:
            person.take(number)
        elif desk.returns:
            person.give_back(number)
        elif desk.says is not None:
            person.reply(number, desk.says)

    def _case_number(self) -> str:
        """The open case of this conversation, as the page knows it."""
        handoff = self.chat.call("GET", "/messages?after=0").body.get("handoff")
        assert handoff, "no case is open"
        return str(handoff["case_number"])

    def _let_days_pass(self, days: int) -> None:
        assert self.chat.token is not None, "nobody has opened the page"
        age(self.assistant.settings.var, sender_of(self.chat.token), days)
        today = date.fromisoformat(self.assistant.settings.business_date or "")
        self.assistant.work_on((today + timedelta(days=days)).isoformat())

    def _check_case(self, expected: list[str]) -> None:
        if not expected:
            return
        told = json.dumps(self.assistant.desk.case_of(self._case_number()), ensure_ascii=False)
        missing = [want for want in expected if want not in told]
        assert not missing, f"the case does not tell {missing}: {told}"

    def _check_history(self, expected: list[str]) -> None:
        if not expected:
            return
        body = self.chat.call("GET", "/messages?after=0").body
        shown = [str(one.get("text")) for one in body.get("messages", [])]
        missing = [want for want in expected if not any(want in text for text in shown)]
        assert not missing, f"the page does not show {missing}: {shown[-4:]}"

    def _check_outreach(self, expected: list[str] | None) -> None:
        if expected is None:
            return
        assert self.borrower is not None, "`outreach_held` needs a borrower"
        held = self.assistant.outreach_holds(self.borrower)
        assert sorted(held) == sorted(expected), f"held: {held}, expected: {expected}"

    def _check_events(self, expected: list[EventCount]) -> None:
        if not expected:
            return
        assert self.borrower is not None, "a `database` expectation needs a borrower"
        now = self.assistant.event_kinds(self.borrower)
        for want in expected:
            added = now[want.event] - self.seeded[want.event]
            assert added == want.count, (
                f"{want.count} new event(s) {want.event!r} expected in the history, {added} found"
            )
